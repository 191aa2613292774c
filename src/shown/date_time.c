#include "date_time.h"

#include <string.h>

typedef struct {
    const char *at, *end; /* what has not been read */
} date_reader;

static int read_digits(date_reader *r, int count, int *number)
{
    *number = 0;
    while (count-- > 0) {
        if (r->at == r->end || *r->at < '0' || *r->at > '9')
            return 0;
        *number = *number * 10 + (*r->at++ - '0');
    }
    return 1;
}

/* One of names of three letters: its number, from 0; -1 for none. */
static int read_name(date_reader *r, const char *names)
{
    for (int i = 0; r->end - r->at >= 3 && names[3 * i] != '\0'; i++)
        if (memcmp(r->at, names + 3 * i, 3) == 0) {
            r->at += 3;
            return i;
        }
    return -1;
}

static int skip(date_reader *r, const char *text)
{
    for (; *text != '\0'; text++)
        if (r->at == r->end || *r->at++ != *text)
            return 0;
    return 1;
}

/* The day of the week, Monday 0, of a day in the Gregorian calendar: Sakamoto's method. */
static int day_of_week(int year, int month, int day)
{
    static const int offsets[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};

    if (month < 2)
        year--;
    return (year + year / 4 - year / 100 + year / 400 + offsets[month] + day + 6) % 7;
}

/* date-time = day-of-week "," SP 2DIGIT SP month SP 4DIGIT SP time SP zone   RFC 5322, 3.3
 * In this form CPython writes every date, so one of the calendar is shown as it is. */
static int read_date_time(date_reader *r)
{
    static const char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}; /* CPython is asked for 29 Feb */
    int weekday = read_name(r, "MonTueWedThuFriSatSun"), day, month, year;
    int hour, minute, second, zone_hour, zone_minute;

    if (weekday < 0 || !skip(r, ", ") || !read_digits(r, 2, &day) || !skip(r, " "))
        return 0;
    month = read_name(r, "JanFebMarAprMayJunJulAugSepOctNovDec");
    if (month < 0 || !skip(r, " ") || !read_digits(r, 4, &year) || !skip(r, " ") || !read_digits(r, 2, &hour) ||
        !skip(r, ":") || !read_digits(r, 2, &minute) || !skip(r, ":") || !read_digits(r, 2, &second) || !skip(r, " "))
        return 0;
    if (r->end - r->at != 5 || (*r->at != '+' && *r->at != '-'))
        return 0;
    r->at++;
    read_digits(r, 2, &zone_hour);
    if (r->at != r->end - 2 || !read_digits(r, 2, &zone_minute))
        return 0;
    return day >= 1 && day <= days[month] && year >= 1900 && hour < 24 && minute < 60 && second < 60 && zone_hour < 12 &&
           zone_minute < 60 && day_of_week(year, month, day) == weekday;
}

int date_time_is_canonical(mip_text body)
{
    date_reader reader = {body.data, body.data + body.size};

    return read_date_time(&reader);
}
