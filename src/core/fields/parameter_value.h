/* parameter_value.h - values of parameters that cannot stay as they are (RFC 2045, 5.1; RFC 2231; RFC 6532, 3.2). */
#ifndef MIP_PARAMETER_VALUE_H
#define MIP_PARAMETER_VALUE_H

#include "fields/parameter.h"
#include "msgidpolicy.h"
#include "write/writer.h"

/* Write a parameter, behind the white space that stood before it and before `closing`, with its value in quotes;
 * with an extended value where no quotes may hold it. */
void parameter_value_put_quoted(writer *w, const parameter *found, mip_text blanks, mip_text closing);

/* The same with an extended value, in sections if no line holds it. */
void parameter_value_put_extended(writer *w, const parameter *found, mip_text blanks, mip_text closing);

#endif
