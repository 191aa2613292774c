/* line_end.h - CR and LF, which a value must not bring into a field. */
#ifndef MIP_LINE_END_H
#define MIP_LINE_END_H

#include "msgidpolicy.h"
#include "writer.h"

/* The first CR or LF, or NULL. */
const char *line_end_find(mip_text text);

/* Fail with MIP_LINE_END where the body holds a CR or LF, or an encoded-word that stands for one. */
void line_end_check(writer *w, mip_text body);

#endif
