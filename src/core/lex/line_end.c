#include "lex/line_end.h"

#include <string.h>


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

mip_text line_end_trim(mip_text body)
{
    if (body.size > 0 && body.data[body.size - 1] == '\n')
        body.size -= body.size > 1 && body.data[body.size - 2] == '\r' ? 2 : 1;
    else if (body.size > 0 && body.data[body.size - 1] == '\r')
        body.size--;
    return body;
}
