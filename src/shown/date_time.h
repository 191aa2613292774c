/* date_time.h - the date of a message (RFC 5322, 3.3). */
#ifndef MIP_DATE_TIME_H
#define MIP_DATE_TIME_H

#include "msgidpolicy.h"

/* A time of a day of the calendar, as CPython reads it. */
typedef struct {
    long year, month, day, hour, minute, second; /* months from 1 */
    long zone;                                   /* minutes east of UTC */
    int has_zone;                                /* "-0000" and none at all say that it is not known (RFC 5322, 3.3) */
} date_time;

/* Is it a date of the calendar in the one form in which CPython writes dates?  29 February is left to
 * date_time_read(). */
int date_time_is_canonical(mip_text body);

/* Read a date in any form that email.utils.parsedate_to_datetime() takes; 0 for what is none. */
int date_time_read(mip_text body, date_time *date);

enum { DATE_TIME_OCTETS = 31 }; /* "Mon, 02 Nov 2026 10:00:00 +0100" */

/* Write a date in the one form. */
void date_time_write(const date_time *date, char octets[DATE_TIME_OCTETS]);

#endif
