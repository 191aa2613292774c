/* injected_line_end.h - a CR or LF that a value which is set would bring into a field, as it is or in an encoded-word. */
#ifndef MIP_INJECTED_LINE_END_H
#define MIP_INJECTED_LINE_END_H

#include "msgidpolicy.h"
#include "write/writer.h"

/* Fail with MIP_LINE_END where the body holds a CR or LF, or what lenient readers take for an encoded-word that stands
 * for one. */
void injected_line_end_check(writer *w, mip_text body);

#endif
