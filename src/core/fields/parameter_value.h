/* parameter_value.h - values of parameters that cannot stay as they are (RFC 2045, 5.1; RFC 2231; RFC 6532, 3.2). */
#ifndef MIP_PARAMETER_VALUE_H
#define MIP_PARAMETER_VALUE_H

#include "fields/parameter.h"
#include "msgidpolicy.h"
#include "write/writer.h"

/* Write a parameter with its value in quotes, or with an extended value where quotes may not hold it.  `blanks` is the
 * white space before the parameter, `closing` what follows it. */
void parameter_value_put_quoted(writer *w, const parameter *found, mip_text blanks, mip_text closing);

/* Write a parameter with an extended value, in sections if no line can hold it, between `blanks` and `closing`
 * likewise. */
void parameter_value_put_extended(writer *w, const parameter *found, mip_text blanks, mip_text closing);

#endif
