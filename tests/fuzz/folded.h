/* folded.h - a field as mip_fold() wrote it, and the rules that hold for its lines whatever went in. */
#ifndef FOLDED_H
#define FOLDED_H

#include "input.h"
#include "room.h"

enum { LINE_OCTETS = 998 /* RFC 5322, 2.1.1 */ };

typedef struct {
    mip_result result;
    room room;
    mip_text wire; /* with its last line end; empty after a failure */
    mip_text body; /* unfolded, in a block of its own */
} folded;

/* Fold a body in the input's syntax. */
folded folded_of(const input *in, mip_text body, const mip_style *style, growth kind);
void folded_free(folded *field);

/* What a failure may be. */
void folded_expect_failure(const input *in, const folded *field);

/* The lines, their octets and their encoded-words are as the RFCs have them. */
void folded_expect_lines(const input *in, const folded *field);

#endif
