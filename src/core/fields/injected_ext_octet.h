/* injected_ext_octet.h - a CR or LF that a value which is set would bring into a field by an extended parameter. */
#ifndef MIP_INJECTED_EXT_OCTET_H
#define MIP_INJECTED_EXT_OCTET_H

#include "msgidpolicy.h"
#include "write/writer.h"

/* May there be an extended value in the body whose text holds a CR or LF, or one in what is made of it? */
int injected_ext_octet_may_be(mip_text body);

/* Fail with MIP_LINE_END where the text of an extended value holds a CR or LF: in one section, or in all of them
 * together (RFC 2231, 3 and 4); or where another value may, with the comment that follows it. */
void injected_ext_octet_check(writer *w, mip_text body);

#endif
