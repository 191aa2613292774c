/* sections.h - the sections of a parameter's value, put together: RFC 2231, 3. */
#ifndef MIP_SECTIONS_H
#define MIP_SECTIONS_H

#include "msgidpolicy.h"
#include "write/writer.h"

/* Fail with MIP_LINE_END where sections, put together in the order of their numbers, are a text with a CR or LF, which none
 * of them may hold alone: "+A" and "Ao-" in UTF-7.  Their order in the body does not matter, nor what stands between them.  Takes
 * n log n steps for n sections; none where the style has no decoder. */
void sections_check(writer *w, mip_text body);

#endif
