/* plain.h - bodies in printable US-ASCII with nothing to decode, which are copied line by line. */
#ifndef MIP_PLAIN_H
#define MIP_PLAIN_H

#include "msgidpolicy.h"
#include "writer.h"

/* Fold the body behind the field's name, if it can be done without a look at its words; else 0, with
 * nothing written. */
int plain_fold(writer *w, mip_text body, mip_syntax syntax);

#endif
