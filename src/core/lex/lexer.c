#include "lex/lexer.h"

#include <string.h>

#include "lex/octet.h"

/* quoted-pair = "\" (VCHAR / WSP)   RFC 5322, 3.2.1
 * Outside of quotes and brackets the grammar has none, and a backslash before white space is an octet by itself. */
static const char *skip_quoted_pair(const char *at, const char *end, int bracketed)
{
    if (end - at < 2 || (!bracketed && octet_is(at[1], OCTET_WSP)))
        return at + 1;
    return at + 2;
}

/* The place after the first octet `close` that is not quoted by a backslash; NULL where there is none. */
static const char *find_close(const char *at, const char *end, char close)
{
    for (;;) {
        const char *closing = memchr(at, close, (size_t)(end - at)), *stop = closing ? closing : end, *pair;
        while (at < stop && (pair = memchr(at, '\\', (size_t)(stop - at))) != NULL)
            at = skip_quoted_pair(pair, end, 1);
        if (at <= stop)
            return closing ? closing + 1 : NULL;
    }
}

static const char *skip_to(const char *at, const char *end, char close)
{
    const char *after = find_close(at, end, close);

    return after ? after : end;
}

const char *lexer_skip_quoted_string(const char *at, const char *end)
{
    return find_close(at + 1, end, '"');
}

/* quoted-string = DQUOTE *([FWS] qcontent) [FWS] DQUOTE   RFC 5322, 3.2.4
 * angle-addr    = "<" addr-spec ">"                       RFC 5322, 3.4
 * msg-id        = "<" id-left "@" id-right ">"            RFC 5322, 3.6.4 */
const char *lexer_skip(const char *at, const char *end)
{
    switch (*at) {
    case '"':
        return skip_to(at + 1, end, '"');
    case '<':
        return skip_to(at + 1, end, '>');
    case '\\':
        return skip_quoted_pair(at, end, 0);
    default:
        return at + 1;
    }
}

/* comment  = "(" *([FWS] ccontent) [FWS] ")"
 * ccontent = ctext / quoted-pair / comment    RFC 5322, 3.2.2 */
const char *lexer_skip_comment(const char *at, const char *end)
{
    size_t depth = 0;

    while (at < end) {
        if (*at == '(')
            depth++;
        else if (*at == ')' && --depth == 0)
            return at + 1;
        at = *at == '\\' ? skip_quoted_pair(at, end, 1) : at + 1;
    }
    return NULL;
}

const char *lexer_skip_next_comment(const char *at, const char *end, const char **open)
{
    const char *comment_end = *open ? NULL : lexer_skip_comment(at, end);

    if (!*open && !comment_end)
        *open = at;
    return comment_end;
}

const char *lexer_skip_token(const char *at, const char *end, const char **open)
{
    const char *comment_end = *at == '(' ? lexer_skip_next_comment(at, end, open) : lexer_skip(at, end);

    return comment_end ? comment_end : at + 1;
}
