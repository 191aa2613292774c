/* line_end.h - CR and LF, which a value must not bring into a field. */
#ifndef MIP_LINE_END_H
#define MIP_LINE_END_H

#include "msgidpolicy.h"
#include "writer.h"

/* The first CR or LF, or NULL. */
const char *line_end_find(mip_text text);

/* The body without the line end, CRLF, CR or LF, that may stand at its very end: that ends the field, and is no part
 * of its body (RFC 5322, 2.2). */
mip_text line_end_trim(mip_text body);

/* Fail with MIP_LINE_END where the body holds a CR or LF, or an encoded-word that stands for one. */
void line_end_check(writer *w, mip_text body);

#endif
