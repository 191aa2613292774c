/* usual_mailboxes.h - mailboxes in the forms that nearly all of them have (RFC 5322, 3.4). */
#ifndef MIP_USUAL_MAILBOXES_H
#define MIP_USUAL_MAILBOXES_H

#include "write/writer.h"

/* Write the mailboxes at `begin`, each with the white space before it and the "," after it, up to the first of another
 * form, or that no line can hold.  Returns where that begins; `end` is the body's.
 *
 * They are read in one pass and copied as many at a time as can be.  Lines are filled as addresses_fold() does. */
const char *usual_mailboxes_put(writer *w, const char *begin, const char *end);

#endif
