/* date_time.h - the date of a message (RFC 5322, 3.3). */
#ifndef MIP_DATE_TIME_H
#define MIP_DATE_TIME_H

#include "msgidpolicy.h"

/* Is it a date of the calendar in the one form in which CPython writes dates?  29 February is left to
 * CPython. */
int date_time_is_canonical(mip_text body);

#endif
