#include <string.h>

#include "bodies.h"
#include "lex/span.h"
#include "write/output.h"

/* The next line of what is left; `*at` goes to the next one.  NULL is behind a line that has no end. */
static mip_text read_line(const char **at, const char *end, int has_cr, int *has_end)
{
    const char *begin = *at, *lf = memchr(begin, '\n', (size_t)(end - begin));
    const char *stop = lf ? lf : end, *cr = has_cr ? memchr(begin, '\r', (size_t)(stop - begin)) : NULL;

    *has_end = lf || cr;
    if (cr) {
        *at = cr + 1 == lf ? lf + 1 : cr + 1;
        return span(begin, cr);
    }
    *at = lf ? lf + 1 : end;
    return span(begin, stop);
}

size_t mip_longest_line(mip_text text)
{
    const char *at = span_given(text).data, *end = at + text.size;
    int any_cr = span_holds(text, '\r'), has_end;
    size_t longest = 0;

    while (at < end) {
        mip_text line = read_line(&at, end, any_cr, &has_end);
        longest = line.size > longest ? line.size : longest;
    }
    return longest;
}

size_t mip_size_with_line_ends(mip_text text, mip_text linesep)
{
    const char *at = span_given(text).data, *end = at + text.size;
    int any_cr = span_holds(text, '\r'), has_end;
    size_t size = 0;

    while (at < end) {
        size += read_line(&at, end, any_cr, &has_end).size;
        size += has_end ? linesep.size : 0;
    }
    return size;
}

/* Append what there is room for. */
static void append_octets(mip_output *output, mip_text text)
{
    if (text.size > 0)
        memcpy(output->data + output->size, text.data, text.size);
    output->size += text.size;
}

mip_status mip_with_line_ends(mip_text text, mip_text linesep, mip_output *output)
{
    const char *at = span_given(text).data, *end = at + text.size;
    int any_cr = span_holds(text, '\r'), has_end;

    if (!output_make_room(output, mip_size_with_line_ends(text, linesep)))
        return MIP_NO_SPACE;
    while (at < end) {
        append_octets(output, read_line(&at, end, any_cr, &has_end));
        if (has_end)
            append_octets(output, linesep);
    }
    return MIP_OK;
}
