/* date_time_words.h - the parts of a date, in whatever order they stand. */
#ifndef MIP_DATE_TIME_WORDS_H
#define MIP_DATE_TIME_WORDS_H

#include "msgidpolicy.h"

typedef struct {
    mip_text day, month, year, time, zone;
} date_time_words;

/* Tell the parts of a date from each other; 0 where there are too few of them. */
int date_time_words_read(mip_text body, date_time_words *words);

/* The number of a month, from 1, by its name or the first three letters of that; 0 for none. */
long date_time_month(mip_text name);

/* A number as Python's int() reads it, up to so many that all larger ones are none of a date's; 0 for none. */
int date_time_number(mip_text text, long *number);

#endif
