/* parameter.h - one parameter of a MIME field (RFC 2045, 5.1), extended or not (RFC 2231). */
#ifndef MIP_PARAMETER_H
#define MIP_PARAMETER_H

#include "msgidpolicy.h"
#include "write/gathered.h"

enum { PARAMETER_NAME_OCTETS = 255 }; /* the most octets of attribute, charset and language together */

/* A parameter as it was found.  One section of a value in several sections is not a parameter here. */
typedef struct {
    mip_text attribute; /* without the "*" of an extended one */
    mip_text charset;   /* of an extended value; else empty */
    mip_text language;  /* of an extended value; else empty */
    mip_text value;     /* quotes, charset and language left out, nothing decoded */
    int is_quoted;      /* the value was in quotes */
    int is_extended;    /* "%" and two digits are an octet */
    mip_text rest;      /* what follows the value, up to the end of the text */
} parameter;

/* Read the parameter that text begins with; 0 when there is none.  `quoted` is the first quoted-string in it. */
int parameter_read(mip_text text, mip_text quoted, parameter *found);

/* Gather the octets of a value, without the backslash of a quoted-pair and with ext-octets decoded. */
void parameter_gather(const parameter *found, gathered *text);

/* The charset of the text of a value: the one that an extended value names, unless there are octets beside its
 * ext-octets that are not US-ASCII; else "us-ascii", "utf-8" or "unknown-8bit". */
mip_text parameter_charset(const parameter *found, mip_text text, int is_utf8);

#endif
