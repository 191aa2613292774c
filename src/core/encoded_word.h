/* encoded_word.h - read and write one encoded-word (RFC 2047, 2). */
#ifndef MIP_ENCODED_WORD_H
#define MIP_ENCODED_WORD_H

#include "msgidpolicy.h"
#include "writer.h"

enum { ENCODED_WORD_SIZE = 75 }; /* the most octets of an encoded-word: RFC 2047, 2 */

/* An encoded-word as it was found, its encoded-text not yet decoded. */
typedef struct {
    mip_text charset;
    char encoding; /* 'B' or 'Q' */
    mip_text encoded_text;
    size_t size; /* of the whole, in octets */
} encoded_word;

/* Read the encoded-word that text begins with.  It may be longer than 75 octets and hold octets
 * that are not US-ASCII, but no white space.  Returns 0 when there is none. */
int encoded_word_read(mip_text text, encoded_word *word);

/* Append the octets that the encoded-text stands for to the scratch area of w.  Returns 0, and
 * appends any number of them, when it is no B or Q. */
int encoded_word_decode(const encoded_word *word, writer *w);

/* The value of a digit of base64 (RFC 4648, 4); -1 for any other octet. */
int encoded_word_base64_value(char octet);

/* How much of a text goes into one encoded-word. */
typedef struct {
    size_t octets; /* of the text; 0 when not even its first character fits */
    size_t size;   /* of the encoded-word */
    char encoding;
} encoded_word_part;

/* All of text as one encoded-word, be that too long for one or not.  'B' when it is at least 5 octets shorter
 * than Q, else 'Q': CPython's rule. */
encoded_word_part encoded_word_whole(mip_text text, mip_text charset);

/* The longest part of text, whole characters in UTF-8 or octets of unknown-8bit, that fits into
 * `room` columns.  A B part is a multiple of 3 octets, so that it needs no padding, unless it is
 * all of the text and `last` of its run; where there is no such part it goes by Q. */
encoded_word_part encoded_word_fit(mip_text text, mip_text charset, char encoding, int last, size_t room);

/* The part that holds text's first character alone. */
encoded_word_part encoded_word_first(mip_text text, mip_text charset);

/* Write the part that encoded_word_fit() or encoded_word_first() found to `word`, which has room for its
 * size; return that. */
size_t encoded_word_write(encoded_word_part part, const char *text, mip_text charset, char *word);

#endif
