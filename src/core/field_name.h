/* field_name.h - is it one? */
#ifndef MIP_FIELD_NAME_H
#define MIP_FIELD_NAME_H

#include "msgidpolicy.h"

/* MIP_BAD_FIELD_NAME at the first octet that does not belong in a field name.  One that was `read`
 * may be empty and hold anything but a line end. */
mip_result field_name_check(mip_text name, int read);

#endif
