/* parameters.h - a media type or a disposition, and its parameters (RFC 2045, 5.1; RFC 2183, 2). */
#ifndef MIP_PARAMETERS_H
#define MIP_PARAMETERS_H

#include "msgidpolicy.h"
#include "write/writer.h"

/* Fold a body of MIP_PARAMETERS after the field's name. */
void parameters_fold(writer *w, mip_text body);

/* May there be a parameter without "=" in the body?  One that was set gets a value. */
int parameters_may_be_bare(mip_text body);

#endif
