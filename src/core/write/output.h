/* output.h - room at the end of what the caller owns. */
#ifndef MIP_OUTPUT_H
#define MIP_OUTPUT_H

#include "msgidpolicy.h"

/* Have the output grow, so that `size` more octets have room; 0 when that is refused. */
int output_grow(mip_output *output, size_t size);

static inline int output_make_room(mip_output *output, size_t size)
{
    return size <= output->capacity - output->size || output_grow(output, size);
}

/* What was appended since the output had the size `start`.  The output has no address before it grows. */
static inline mip_text output_since(const mip_output *output, size_t start)
{
    mip_text text = {"", output->size - start};

    if (text.size > 0)
        text.data = output->data + start;
    return text;
}

#endif
