/* encoded_words.h - RFC 2047 and how programs read it, without the core. */
#ifndef ENCODED_WORDS_H
#define ENCODED_WORDS_H

#include "msgidpolicy.h"

/* "=?" charset ["*" language] "?" encoding "?" encoded-text "?="   RFC 2047, 2 and RFC 2231, 5 */
typedef struct {
    mip_text whole, charset, encoded_text;
    int is_q;
} encoded_word_found;

/* Read what careless programs take for an encoded-word at `at`: up to the first "?=", whatever comes before. */
int encoded_words_read(const char *at, const char *end, encoded_word_found *found);

/* The octets that it stands for, in a block for text_free(). */
mip_text encoded_words_octets(const encoded_word_found *found);

/* The octet that `escape` and two hexadecimal digits at `at` stand for; -1 where there is none. */
int encoded_words_octet(const char *at, const char *end, char escape);

/* Is there nothing in it at which some program would end it? */
int encoded_words_is_atom(mip_text word);

/* The first encoded-word of UTF-8 or unknown-8bit in [at, end), whatever stands around it; NULL where there is none. */
const char *encoded_words_find(const char *at, const char *end, mip_text *word);

/* The text of an unstructured body (RFC 2047, 6.2), in a block for text_free().  Encoded-words in another charset than
 * UTF-8, unknown-8bit, US-ASCII and iso-8859-1, and what is none to all, stand for themselves. */
mip_text encoded_words_text(mip_text body);

#endif
