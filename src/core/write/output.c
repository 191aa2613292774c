#include "write/output.h"

/* The capacity grows at least by half, so that appending takes linear time. */
int output_grow(mip_output *output, size_t size)
{
    size_t wanted = output->size + size;

    if (wanted < size || !output->grow)
        return 0;
    if (wanted < output->capacity + output->capacity / 2)
        wanted = output->capacity + output->capacity / 2;
    return output->grow(output, wanted) == 0;
}
