/* shown_addresses.h - what is shown of a list of mailboxes (RFC 5322, 3.4). */
#ifndef MIP_SHOWN_ADDRESSES_H
#define MIP_SHOWN_ADDRESSES_H

#include "shown_writer.h"

/* Show the mailboxes with ", " between; 0 for other lists, and forms that are less than usual. */
int shown_addresses_read(shown_writer *v);

/* Show one mailbox of a usual form, where there is nothing to decode; 0 for another, with some of it shown. */
int shown_usual_mailbox_put(shown_writer *v);

#endif
