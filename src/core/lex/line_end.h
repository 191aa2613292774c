/* line_end.h - CR and LF. */
#ifndef MIP_LINE_END_H
#define MIP_LINE_END_H

#include "msgidpolicy.h"

/* The first CR or LF, or NULL. */
const char *line_end_find(mip_text text);

/* The end of the line end, CRLF, CR or LF, at `at`. */
static inline const char *line_end_skip(const char *at, const char *end)
{
    return at + (*at == '\r' && end - at > 1 && at[1] == '\n' ? 2 : 1);
}

/* The body without a line end (CRLF, CR or LF) at its very end, which ends the field and is not part of its body (RFC
 * 5322, 2.2). */
static inline mip_text line_end_trim(mip_text body)
{
    if (body.size > 0 && body.data[body.size - 1] == '\n')
        body.size -= body.size > 1 && body.data[body.size - 2] == '\r' ? 2 : 1;
    else if (body.size > 0 && body.data[body.size - 1] == '\r')
        body.size--;
    return body;
}

#endif
