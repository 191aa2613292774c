/* span.h - the text between two places. */
#ifndef MIP_SPAN_H
#define MIP_SPAN_H

#include <string.h>

#include "lex/octet.h"
#include "msgidpolicy.h"

static const mip_text nothing = {"", 0}, space = {" ", 1};

static inline mip_text span(const char *begin, const char *end)
{
    mip_text text = {begin, (size_t)(end - begin)};

    return text;
}

/* A text that a caller gave, with an address: that of a text without octets may have been NULL. */
static inline mip_text span_given(mip_text given)
{
    return given.data ? given : nothing;
}

/* Does a text hold this octet? */
static inline int span_holds(mip_text text, char octet)
{
    return text.size > 0 && memchr(text.data, octet, text.size) != NULL;
}

/* Are two texts the same, apart from the case of letters in US-ASCII? */
static inline int span_is_same(mip_text a, mip_text b)
{
    if (a.size != b.size)
        return 0;
    for (size_t i = 0; i < a.size; i++)
        if (octet_lower(a.data[i]) != octet_lower(b.data[i]))
            return 0;
    return 1;
}

/* Where a text first holds these two octets, one after the other; NULL where it does not. */
static inline const char *span_find_two(mip_text text, const char two[2])
{
    const char *at = text.data + 1, *end = text.data + text.size;

    while (text.size >= 2 && at < end && (at = memchr(at, two[1], (size_t)(end - at))) != NULL) {
        if (at[-1] == two[0])
            return at - 1;
        at++;
    }
    return NULL;
}

/* Is the white space at `at`, with something on both sides of it, one SP with no backslash before it? */
static inline int span_is_single(const char *at)
{
    return *at == ' ' && !octet_is(at[1], OCTET_WSP) && !octet_is(at[-1], OCTET_WSP) && at[-1] != '\\';
}

/* The last SP in (begin, end) of which span_is_single() is true, or NULL. */
static inline const char *span_find_single(const char *begin, const char *end)
{
    while (--end > begin)
        if (span_is_single(end))
            return end;
    return NULL;
}

/* The end of the white space at `at`. */
static inline const char *span_blanks(const char *at, const char *end)
{
    while (at < end && octet_is(*at, OCTET_WSP))
        at++;
    return at;
}

#endif
