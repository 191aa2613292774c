/* field_name.h - the names of header fields. */
#ifndef MIP_FIELD_NAME_H
#define MIP_FIELD_NAME_H

#include "msgidpolicy.h"

/* MIP_BAD_FIELD_NAME at the first octet that does not belong in a field name.  A name that was `read` may be empty and
 * hold anything but a line end. */
mip_result field_name_check(mip_text name, int read);

#endif
