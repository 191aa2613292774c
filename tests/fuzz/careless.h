/* careless.h - what programs decode that keep to no RFC, CPython's email.header and email.utils among them. */
#ifndef CARELESS_H
#define CARELESS_H

#include "msgidpolicy.h"

/* Would one of them find a CR or LF in an encoded-word, or in extended parameters where the syntax has those?  `decode`
 * knows the charsets; it may be NULL. */
int careless_find_line_end(mip_text body, mip_syntax syntax, mip_decoder *decode);

#endif
