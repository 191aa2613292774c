/* plain.h - bodies in printable US-ASCII with nothing to decode, which are copied line by line. */
#ifndef MIP_PLAIN_H
#define MIP_PLAIN_H

#include "msgidpolicy.h"
#include "writer.h"

/* Is the body in printable US-ASCII, without a "=?" that may begin an encoded-word? */
int plain_is(mip_text body);

/* Append the field, whose body is plain, if it takes one line whatever its syntax; else 0, with nothing written. */
int plain_put_field(mip_text name, mip_text body, const mip_style *style, mip_output *output);

/* Fold a plain body behind the field's name, if it can be done without a look at its words; else 0, with nothing
 * written. */
int plain_fold(writer *w, mip_text body, mip_syntax syntax);

#endif
