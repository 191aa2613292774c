/* encoded_text.h - the encoded-text of an encoded-word, in Q and in B (RFC 2047, 4). */
#ifndef MIP_ENCODED_TEXT_H
#define MIP_ENCODED_TEXT_H

#include "msgidpolicy.h"

/* What Q writes for an octet, in the form that is safe in a phrase as well: RFC 2047, 5 (3). */
typedef struct {
    char octets[3];
    unsigned char size;
} encoded_text_q;

extern const encoded_text_q encoded_text_q_of[256];

static inline size_t encoded_text_q_size_of(char octet)
{
    return encoded_text_q_of[(unsigned char)octet].size;
}

/* How many octets a text has in Q; or only a number of at least `enough`, if the octets of a long text that are not
 * US-ASCII show that it has as many. */
size_t encoded_text_q_size(mip_text text, size_t enough);

/* How many octets B writes for so many. */
static inline size_t encoded_text_b_size(size_t octets)
{
    return (octets + 2) / 3 * 4;
}

/* Write a text, and return the end of what was written, behind which there has to be room for "?=". */
char *encoded_text_write_q(mip_text text, char *at);
char *encoded_text_write_b(mip_text text, char *at);

#endif
