/* span.h - the text between two places. */
#ifndef MIP_SPAN_H
#define MIP_SPAN_H

#include <string.h>

#include "msgidpolicy.h"
#include "octet.h"

static inline mip_text span(const char *begin, const char *end)
{
    mip_text text = {begin, (size_t)(end - begin)};

    return text;
}

/* A text as a caller gives it: where it has no octets, its address may be NULL. */
static inline mip_text span_given(mip_text given)
{
    static const mip_text empty = {"", 0};

    return given.data ? given : empty;
}

/* The first place of two octets in a text, or NULL. */
static inline const char *span_find_two(mip_text text, const char two[2])
{
    const char *at = text.data, *end = at + text.size;

    while (end - at >= 2 && (at = memchr(at, two[0], (size_t)(end - at - 1))) != NULL) {
        if (at[1] == two[1])
            return at;
        at++;
    }
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
