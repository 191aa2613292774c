#include "date_time_words.h"

#include "lex/octet.h"
#include "lex/span.h"
#include "shown_lexer.h"

enum { PARTS = 5 };

static char last_octet(mip_text text)
{
    return text.size > 0 ? text.data[text.size - 1] : '\0';
}

static mip_text without_comma(mip_text text)
{
    return last_octet(text) == ',' ? span(text.data, text.data + text.size - 1) : text;
}

static mip_text first_letters(mip_text text)
{
    return text.size > 3 ? span(text.data, text.data + 3) : text;
}

/* Words between white space of Unicode, so many at most; how many they are. */
static size_t split(mip_text body, mip_text *words, size_t most)
{
    const char *at = body.data, *end = at + body.size;
    size_t count = 0, size;

    while (count < most) {
        const char *begin;
        while ((size = shown_space(at, end)) > 0)
            at += size;
        begin = at;
        while (at < end && shown_space(at, end) == 0)
            at++;
        if (at == begin)
            return count;
        words[count++] = span(begin, at);
    }
    return count;
}

static int is_day_name(mip_text text)
{
    static const char names[] = "MonTueWedThuFriSatSun";

    for (size_t i = 0; text.size == 3 && i < sizeof names - 1; i += 3)
        if (span_is_same(text, span(names + i, names + i + 3)))
            return 1;
    return 0;
}

/* The name of the day may touch what is behind its comma. */
static void drop_day_name(mip_text *words, size_t *count)
{
    const char *end = words[0].data + words[0].size, *at = end;

    if (last_octet(words[0]) == ',' || is_day_name(words[0])) {
        memmove(words, words + 1, --*count * sizeof *words);
        return;
    }
    while (at > words[0].data && at[-1] != ',')
        at--;
    words[0] = span(at, end);
}

/* day "-" month "-" year   RFC 850, 2.1.4 */
static void split_day(mip_text *words, size_t *count)
{
    const char *begin = words[0].data, *end = begin + words[0].size;
    const char *first = words[0].size > 0 ? memchr(begin, '-', words[0].size) : NULL;
    const char *second = first ? memchr(first + 1, '-', (size_t)(end - first - 1)) : NULL;

    if (!second || memchr(second + 1, '-', (size_t)(end - second - 1)))
        return;
    memmove(words + 3, words + 1, 2 * sizeof *words);
    words[0] = span(begin, first);
    words[1] = span(first + 1, second);
    words[2] = span(second + 1, end);
    *count = PARTS;
}

/* A zone may touch the time; or there is none. */
static void split_zone(mip_text *words, size_t *count)
{
    mip_text time = words[3];
    const char *sign = memchr(time.data, '+', time.size);

    if (!sign)
        sign = memchr(time.data, '-', time.size);
    words[4] = nothing;
    *count = PARTS;
    if (!sign || sign == time.data)
        return;
    words[3] = span(time.data, sign);
    words[4] = span(sign, time.data + time.size);
}

static void swap(mip_text *a, mip_text *b)
{
    mip_text kept = *a;

    *a = *b;
    *b = kept;
}

static int order_words(date_time_words *words)
{
    if (words->day.size == 0 || words->month.size == 0 || words->year.size == 0)
        return 0;
    if (date_time_month(words->month) == 0)
        swap(&words->day, &words->month);
    words->day = without_comma(words->day);
    if (memchr(words->year.data + 1, ':', words->year.size - 1))
        swap(&words->year, &words->time);
    words->year = without_comma(words->year);
    if (words->year.size == 0)
        return 0;
    if (*words->year.data < '0' || *words->year.data > '9')
        swap(&words->year, &words->zone);
    words->time = without_comma(words->time);
    return date_time_month(words->month) > 0;
}

int date_time_words_read(mip_text body, date_time_words *words)
{
    mip_text found[PARTS + 1];
    size_t count = split(body, found, PARTS + 1);

    if (count == 0)
        return 0;
    drop_day_name(found, &count);
    if (count == 3)
        split_day(found, &count);
    if (count == 4)
        split_zone(found, &count);
    if (count < PARTS)
        return 0;
    words->day = found[0];
    words->month = found[1];
    words->year = found[2];
    words->time = found[3];
    words->zone = found[4];
    return order_words(words);
}

long date_time_month(mip_text name)
{
    static const char *const names[] = {"January", "February", "March",     "April",   "May",      "June",
                                        "July",    "August",   "September", "October", "November", "December"};

    for (long month = 1; month <= 12; month++) {
        mip_text whole = {names[month - 1], strlen(names[month - 1])};
        if (span_is_same(name, whole) || span_is_same(name, first_letters(whole)))
            return month;
    }
    return 0;
}

/* ["+" / "-"] digit *(["_"] digit) */
int date_time_number(mip_text text, long *number)
{
    static const long most = 100000000;
    const char *at = text.data, *end = at + text.size;
    int is_negative = at < end && *at == '-', is_digit = 0;

    *number = 0;
    for (at += at < end && (*at == '-' || *at == '+'); at < end; at++) {
        int before = is_digit;
        is_digit = *at >= '0' && *at <= '9';
        if (!is_digit && (*at != '_' || !before))
            return 0;
        if (is_digit && *number < most)
            *number = *number * 10 + (*at - '0');
    }
    if (is_negative)
        *number = -*number;
    return is_digit;
}
