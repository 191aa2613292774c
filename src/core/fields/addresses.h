/* addresses.h - lists of mailboxes and groups, and lists of phrases. */
#ifndef MIP_ADDRESSES_H
#define MIP_ADDRESSES_H

#include "msgidpolicy.h"
#include "write/writer.h"

/* Fold a body of MIP_ADDRESSES or MIP_PHRASES after the field's name. */
void addresses_fold(writer *w, mip_text body, mip_syntax syntax);

#endif
