/* address.h - lists of mailboxes and groups, and lists of phrases. */
#ifndef MIP_ADDRESS_H
#define MIP_ADDRESS_H

#include "msgidpolicy.h"
#include "writer.h"

/* Fold a body of MIP_ADDRESSES or MIP_PHRASES behind the field's name. */
void address_fold(writer *w, mip_text body, mip_syntax syntax);

#endif
