/* body.h - what one look at all octets of a field body tells. */
#ifndef MIP_BODY_H
#define MIP_BODY_H

#include "msgidpolicy.h"

/* What is known of the body then, but MIP_KNOWN_CHECKED.  Control characters are looked for where the syntax makes it worth
 * knowing. */
mip_known body_look(mip_text body, mip_syntax syntax);

/* Is it US-ASCII with nothing to decode? */
static inline int body_is_ascii(mip_known known)
{
    return (known & MIP_KNOWN_PRINTABLE) && (known & MIP_KNOWN_NOTHING_TO_DECODE);
}

/* Has it nothing to decode, nor a control character? */
static inline int body_is_text(mip_known known)
{
    return (known & MIP_KNOWN_NO_CONTROL) && (known & MIP_KNOWN_NOTHING_TO_DECODE);
}

#endif
