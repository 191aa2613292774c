/* careless.h - what programs decode that keep to no RFC, CPython's email.header and email.utils among them. */
#ifndef CARELESS_H
#define CARELESS_H

#include "msgidpolicy.h"

/* Would one of them find a CR or LF in an encoded-word of a body, or in extended parameters where the syntax has those?
 * `decode` knows the charsets; it may be NULL.  The value is what the body was made of: of what folding wrote between
 * "=?" and "?=" nobody can say what it stands for. */
int careless_find_line_end(mip_text body, mip_text value, mip_syntax syntax, mip_decoder *decode);

#endif
