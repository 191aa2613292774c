#include "line_end.h"

#include <string.h>

#include "charset.h"
#include "encoded_word.h"

const char *line_end_find(mip_text text)
{
    const char *lf = text.size ? memchr(text.data, '\n', text.size) : NULL;
    const char *cr = NULL;

    if (lf)
        text.size = (size_t)(lf - text.data);
    if (text.size)
        cr = memchr(text.data, '\r', text.size);
    return cr ? cr : lf;
}

void line_end_check(writer *w, mip_text body)
{
    const char *end = body.data + body.size, *at = line_end_find(body);
    encoded_word word;

    if (at)
        writer_fail(w, MIP_LINE_END, at);
    for (at = body.data; at < end && w->result.status == MIP_OK; at++) {
        mip_text rest;
        at = memchr(at, '=', (size_t)(end - at));
        if (!at)
            break;
        rest.data = at;
        rest.size = (size_t)(end - at);
        if (!encoded_word_read(rest, &word))
            continue;
        rest.size = word.size;
        if (charset_holds_line_end(w, rest))
            writer_fail(w, MIP_LINE_END, at);
        at += word.size - 1;
    }
}
