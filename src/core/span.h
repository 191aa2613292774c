/* span.h - the text between two places. */
#ifndef MIP_SPAN_H
#define MIP_SPAN_H

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

/* The end of the white space at `at`. */
static inline const char *span_blanks(const char *at, const char *end)
{
    while (at < end && octet_is(*at, OCTET_WSP))
        at++;
    return at;
}

#endif
