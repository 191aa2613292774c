/* input.h - what the octets that libFuzzer makes up stand for, the same in every target.
 *
 * input = kind limit flags growth refused [name ":" [SP]] body
 *
 * One octet each but for the last two.  In those, %xFF and two octets repeat what stands before them, so that lines
 * of 998 octets are in reach: the last `size` octets, `count` times. */
#ifndef INPUT_H
#define INPUT_H

#include "msgidpolicy.h"
#include "shown.h"
#include "room.h"

typedef struct {
    mip_text name, body; /* each in a block of its size, where a sanitizer sees what is read past its end */
    mip_syntax syntax;   /* by the kind, or by the name where that is 0 */
    mip_view view;       /* the same */
    mip_style style;
    growth growth;   /* of the output */
    mip_text output; /* what came of it, for a report */
} input;

input input_read(const uint8_t *data, size_t size);
void input_free(input *in);

/* The body without the line end that may stand at its very end. */
mip_text input_value(const input *in);

/* Unless this holds, print the sentence that says so and the input, and abort. */
void expect(const input *in, int holds, const char *sentence);

#endif
