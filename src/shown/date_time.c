#include "date_time.h"

#include <string.h>

#include "date_time_words.h"
#include "lex/span.h"

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
    static const char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}; /* 29 Feb is read at length */
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

/* time = hour ":" minute [":" second], or with "." between them */
static int read_time(mip_text time, date_time *date)
{
    char between = span_holds(time, ':') ? ':' : '.';
    long numbers[3] = {0, 0, 0};
    const char *at = time.data, *end = at + time.size;

    for (int i = 0; i < 3; i++) {
        const char *next = at < end ? memchr(at, between, (size_t)(end - at)) : NULL;
        if (!date_time_number(span(at, next ? next : end), &numbers[i]) || (!next && i == 0))
            return 0;
        date->hour = numbers[0];
        date->minute = numbers[1];
        date->second = numbers[2];
        if (!next)
            return 1;
        at = next + 1;
    }
    return 0;
}

/* zone = ("+" / "-") 4DIGIT / obs-zone   RFC 5322, 3.3 and 4.3; what is none says nothing */
static void read_zone(mip_text zone, date_time *date)
{
    static const struct {
        char name[4];
        int hours;
    } zones[] = {{"UT", 0},   {"UTC", 0},  {"GMT", 0},  {"Z", 0},    {"AST", -4}, {"ADT", -3}, {"EST", -5},
                 {"EDT", -4}, {"CST", -6}, {"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}};
    long number;

    date->has_zone = 1;
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
        if (span_is_same(zone, span(zones[i].name, zones[i].name + strlen(zones[i].name)))) {
            date->zone = zones[i].hours * 60;
            return;
        }
    date->has_zone = date_time_number(zone, &number) && (number != 0 || *zone.data != '-');
    date->zone = date->has_zone ? number / 100 * 60 + number % 100 : 0;
}

static long days_of_month(const date_time *date)
{
    static const char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int is_leap = date->year % 4 == 0 && (date->year % 100 != 0 || date->year % 400 == 0);

    return days[date->month - 1] + (date->month == 2 && is_leap);
}

static int is_between(long number, long least, long most)
{
    return number >= least && number <= most;
}

int date_time_read(mip_text body, date_time *date)
{
    static const long day = 24 * 60;
    date_time_words words;

    if (!date_time_words_read(body, &words) || !date_time_number(words.day, &date->day) ||
        !date_time_number(words.year, &date->year) || !read_time(words.time, date))
        return 0;
    date->month = date_time_month(words.month);
    if (date->year < 100) /* two digits: POSIX, strptime() */
        date->year += date->year > 68 ? 1900 : 2000;
    read_zone(words.zone, date);
    return is_between(date->year, 1, 9999) && is_between(date->day, 1, days_of_month(date)) && is_between(date->hour, 0, 23) &&
           is_between(date->minute, 0, 59) && is_between(date->second, 0, 59) && is_between(date->zone, 1 - day, day - 1);
}

static char *date_put_digits(char *to, int count, long number)
{
    for (int i = count - 1; i >= 0; i--, number /= 10)
        to[i] = (char)('0' + number % 10);
    return to + count;
}

static char *date_put_name(char *to, const char *names, long number)
{
    memcpy(to, names + 3 * number, 3);
    return to + 3;
}

static char *date_put_octet(char *to, char octet)
{
    *to = octet;
    return to + 1;
}

void date_time_write(const date_time *date, char octets[DATE_TIME_OCTETS])
{
    int weekday = day_of_week((int)date->year, (int)date->month - 1, (int)date->day);
    long zone = date->zone < 0 ? -date->zone : date->zone;
    char *to = date_put_name(octets, "MonTueWedThuFriSatSun", weekday);

    to = date_put_octet(date_put_octet(to, ','), ' ');
    to = date_put_octet(date_put_digits(to, 2, date->day), ' ');
    to = date_put_octet(date_put_name(to, "JanFebMarAprMayJunJulAugSepOctNovDec", date->month - 1), ' ');
    to = date_put_octet(date_put_digits(to, 4, date->year), ' ');
    to = date_put_octet(date_put_digits(to, 2, date->hour), ':');
    to = date_put_octet(date_put_digits(to, 2, date->minute), ':');
    to = date_put_octet(date_put_digits(to, 2, date->second), ' ');
    to = date_put_octet(to, date->has_zone && date->zone >= 0 ? '+' : '-');
    date_put_digits(date_put_digits(to, 2, zone / 60), 2, zone % 60);
}
