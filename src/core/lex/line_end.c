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
