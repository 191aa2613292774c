/* parameter.h - one parameter of a MIME field (RFC 2045, 5.1), extended or not (RFC 2231). */
#ifndef MIP_PARAMETER_H
#define MIP_PARAMETER_H

#include "msgidpolicy.h"
#include "write/gathered.h"

enum { PARAMETER_NAME_OCTETS = 255 }; /* the most octets of attribute, charset and language together */

/* A parameter as it was found.  A section of a value in several is none here. */
typedef struct {
    mip_text attribute; /* without the "*" of an extended one */
    mip_text charset;   /* of an extended value; else empty */
    mip_text language;  /* of an extended value; else empty */
    mip_text value;     /* quotes, charset and language left out, nothing decoded */
    int is_quoted;      /* it stood in quotes */
    int is_extended;    /* "%" and two digits are an octet */
    mip_text rest;      /* what follows it, as far as the text goes */
} parameter;

/* Read the parameter that text begins with; 0 when there is none.  `quoted` is the first quoted-string in it. */
int parameter_read(mip_text text, mip_text quoted, parameter *found);

/* Gather the octets of a value, without the backslash of a quoted-pair and with ext-octets decoded. */
void parameter_gather(const parameter *found, gathered *text);

/* The charset of that text: the one that an extended value names, unless characters of UTF-8 stand
 * beside its ext-octets, else "us-ascii", "utf-8" or "unknown-8bit". */
mip_text parameter_charset(const parameter *found, mip_text text, int is_utf8);

#endif
