/* encoded_word.h - one encoded-word, as it is read (RFC 2047, 2). */
#ifndef MIP_ENCODED_WORD_H
#define MIP_ENCODED_WORD_H

#include "msgidpolicy.h"

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

/* Is all of text one encoded-word? */
int encoded_word_is(mip_text text);

/* Decode the encoded-text to `octets`, which has room for as many octets as the encoded-text has, and return how many
 * there are.  What is not legal in Q or B is read as lenient programs do: in Q it is taken as it is, in B it is
 * skipped; `*is_well_formed` is then 0, else 1. */
size_t encoded_word_decode(const encoded_word *word, char *octets, int *is_well_formed);

/* The value of a digit of base64 (RFC 4648, 4); -1 for any other octet. */
int encoded_word_base64_value(char octet);

#endif
