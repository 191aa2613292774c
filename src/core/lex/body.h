/* body.h - what one look at all octets of a field body tells. */
#ifndef MIP_BODY_H
#define MIP_BODY_H

#include "msgidpolicy.h"

/* What one look at a body tells: every bit of mip_known but MIP_KNOWN_CHECKED. */
mip_known body_look(mip_text body);

/* Is a body of which this is known printable US-ASCII with nothing to decode? */
static inline int body_is_ascii(mip_known known)
{
    return (known & MIP_KNOWN_PRINTABLE) && (known & MIP_KNOWN_NOTHING_TO_DECODE);
}

/* Is a body of which this is known text with nothing to decode and no control character? */
static inline int body_is_text(mip_known known)
{
    return (known & MIP_KNOWN_NO_CONTROL) && (known & MIP_KNOWN_NOTHING_TO_DECODE);
}

#endif
