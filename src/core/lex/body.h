/* body.h - what one look at all octets of a field body tells. */
#ifndef MIP_BODY_H
#define MIP_BODY_H

#include "msgidpolicy.h"

typedef enum {
    BODY_ASCII, /* SP and VCHAR only (RFC 5234, B.1), and no "=?", which may begin an encoded-word */
    BODY_TEXT,  /* that and octets that are not US-ASCII, in an unstructured body */
    BODY_ANY
} body_kind;

body_kind body_kind_of(mip_text body, mip_syntax syntax);

#endif
