/* shown_parameter.h - one parameter, as CPython reads it (RFC 2045, 5.1 and RFC 2231). */
#ifndef MIP_SHOWN_PARAMETER_H
#define MIP_SHOWN_PARAMETER_H

#include "shown_writer.h"

typedef struct {
    mip_text name;
    size_t section;   /* RFC 2231, 3; 0 for a value in one piece */
    int is_extended;  /* RFC 2231, 4 */
    mip_text charset; /* empty where none is said */
    mip_text value;   /* as it stands */
    int is_quoted;    /* without the opening DQUOTE */
} shown_parameter;

/* Read what stands before the next ";", and go there.  0 where that is no parameter. */
int shown_parameter_read(shown_writer *v, shown_parameter *parameter);

/* Is this octet none of a parameter's name? */
int shown_ends_attribute(char octet);

/* Append the value, or the section of one, that a parameter stands for. */
void shown_parameter_put(shown_writer *v, const shown_parameter *parameter, mip_text charset);

#endif
