/* view_address.h - what is shown of a list of mailboxes (RFC 5322, 3.4). */
#ifndef MIP_VIEW_ADDRESS_H
#define MIP_VIEW_ADDRESS_H

#include "view_writer.h"

/* Show the mailboxes with ", " between; 0 for other lists, and forms that are less than usual. */
int view_address_read(view_writer *v);

#endif
