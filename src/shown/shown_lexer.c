#include "shown_lexer.h"

#include <string.h>

#include "lex/octet.h"
#include "lex/span.h"

/* White_Space that is not US-ASCII: U+0085, U+00A0, U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F, U+3000 */
static size_t unicode_space(mip_text text)
{
    const unsigned char *octet = (const unsigned char *)text.data;
    int is_space = 0;

    if (text.size >= 2 && octet[0] == 0xC2)
        return octet[1] == 0x85 || octet[1] == 0xA0 ? 2 : 0;
    if (text.size < 3)
        return 0;
    if (octet[0] == 0xE2 && octet[1] == 0x80)
        is_space = (octet[2] >= 0x80 && octet[2] <= 0x8A) || octet[2] == 0xA8 || octet[2] == 0xA9 || octet[2] == 0xAF;
    else if (octet[0] == 0xE1)
        is_space = octet[1] == 0x9A && octet[2] == 0x80;
    else if (octet[0] == 0xE2)
        is_space = octet[1] == 0x81 && octet[2] == 0x9F;
    else if (octet[0] == 0xE3)
        is_space = octet[1] == 0x80 && octet[2] == 0x80;
    return is_space ? 3 : 0;
}

size_t shown_space(const char *at, const char *end)
{
    if (at == end)
        return 0;
    if (octet_is(*at, OCTET_8BIT))
        return unicode_space(span(at, end));
    return (*at >= '\t' && *at <= '\r') || (*at >= 0x1C && *at <= ' ') ? 1 : 0;
}

const char *shown_skip_blanks(const char *at, const char *end)
{
    size_t size;

    if (at < end && octet_is(*at, OCTET_WSP))
        while ((size = shown_space(at, end)) > 0)
            at += size;
    return at;
}

/* comment = "(" *([FWS] ccontent) [FWS] ")"   RFC 5322, 3.2.2 */
const char *shown_skip_comment(const char *at, const char *end)
{
    size_t depth = 0;

    while (at < end) {
        char octet = *at++;
        if (octet == '\\' && at < end && !octet_is(*at, OCTET_WSP))
            at++;
        else if (octet == '(')
            depth++;
        else if (octet == ')' && --depth == 0)
            return at;
    }
    return end;
}

const char *shown_skip_cfws(const char *at, const char *end, int *has_comment)
{
    *has_comment = 0;
    while (at < end && (octet_is(*at, OCTET_WSP) || *at == '(')) {
        *has_comment = *has_comment || *at == '(';
        at = *at == '(' ? shown_skip_comment(at, end) : shown_skip_blanks(at, end);
    }
    return at;
}

/* quoted-string = DQUOTE *([FWS] qcontent) [FWS] DQUOTE   RFC 5322, 3.2.4 */
const char *shown_skip_quoted_string(const char *at, const char *end)
{
    for (at++; at < end && *at != '"'; at++)
        if (*at == '\\' && at + 1 < end && !octet_is(at[1], OCTET_WSP))
            at++;
    return at < end ? at + 1 : end;
}

int shown_is_special(char octet)
{
    return octet != '\0' && strchr("()<>@,:;.\\\"[]", octet) != NULL;
}

int shown_ends_phrase(char octet)
{
    return shown_is_special(octet) && octet != '.' && octet != '"' && octet != '(';
}

const char *shown_skip_atom(const char *at, const char *end)
{
    while (at < end && !octet_is(*at, OCTET_WSP) && !shown_is_special(*at))
        at++;
    return at;
}

int shown_ends_token(char octet)
{
    return octet_is(octet, OCTET_WSP) || (shown_is_special(octet) && octet != '.') || octet == '/' || octet == '?' ||
           octet == '=';
}
