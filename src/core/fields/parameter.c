#include "fields/parameter.h"

#include <string.h>

#include "lex/lexer.h"
#include "lex/octet.h"
#include "lex/span.h"
#include "lex/utf8.h"
#include "write/gathered.h"

/* The classes of a token's octets, or nearly: RFC 2045, 5.1 */
enum { TOKEN = OCTET_ATEXT | OCTET_UNRESERVED };

static int is_token(mip_text text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!octet_is(text.data[i], TOKEN))
            return 0;
    return 1;
}

/* Read "charset'language'" at the beginning of an extended value.  Where a mailer forgot it, the whole value is text,
 * even with two apostrophes in it.  Returns 0 where charset or language holds what no form of a parameter can: RFC
 * 2231, 7. */
static int read_charset(parameter *found)
{
    const char *at = found->value.data, *end = at + found->value.size, *language, *text;

    language = memchr(at, '\'', found->value.size);
    text = language ? memchr(language + 1, '\'', (size_t)(end - language - 1)) : NULL;
    if (!text)
        return 1;
    for (const char *octet = at; octet < text; octet++)
        if (octet_is(*octet, OCTET_CONTROL | OCTET_8BIT))
            return 0;
    if (!is_token(span(at, language)) || !is_token(span(language + 1, text)))
        return 1;
    found->charset = span(at, language);
    found->language = span(language + 1, text);
    found->value = span(text + 1, end);
    return 1;
}

/* Where the next comment begins, parentheses in quotes aside; `end` where there is none. */
static const char *find_comment(const char *at, const char *end)
{
    while (at < end && *at != '(')
        at = *at == '"' || *at == '\\' ? lexer_skip(at, end) : at + 1;
    return at;
}

/* value = token / quoted-string   RFC 2045, 5.1
 * A value that should have been quoted, and was not, ends where a comment begins or with the text.  So does a value
 * that goes on after a quoted-string: it counts as one that was not quoted. */
static void read_value(mip_text text, mip_text quoted, parameter *found)
{
    const char *at = text.data, *end = at + text.size, *closing = at == quoted.data ? at + quoted.size : at;
    const char *behind = find_comment(closing, end);

    while (behind > at && octet_is(behind[-1], OCTET_WSP))
        behind--;
    found->is_quoted = closing > at && closing >= behind;
    if (found->is_quoted)
        found->value = span(at + 1, closing[-1] == '"' && closing - at > 1 ? closing - 1 : closing);
    else
        found->value = span(at, behind);
    found->rest = span(found->is_quoted ? closing : behind, end);
}

/* parameter          = attribute "=" value            RFC 2045, 5.1
 * extended-parameter = (attribute "*=" extended-value)
 * extended-value     = [charset] "'" [language] "'" *(ext-octet / attribute-char)   RFC 2231, 7 */
int parameter_read(mip_text text, mip_text quoted, parameter *found)
{
    const char *begin = text.data, *end = begin + text.size, *at = begin;

    found->charset = span(begin, begin);
    found->language = span(begin, begin);
    while (at < end && octet_is(*at, TOKEN) && *at != '=' && *at != '*')
        at++;
    found->attribute = span(begin, at);
    found->is_extended = at < end && *at == '*';
    at = span_blanks(found->is_extended ? at + 1 : at, end);
    if (found->attribute.size == 0 || at == end || *at != '=')
        return 0;
    read_value(span(span_blanks(at + 1, end), end), quoted, found);
    if (found->is_extended && !read_charset(found))
        return 0;
    return found->attribute.size + found->charset.size + found->language.size <= PARAMETER_NAME_OCTETS;
}

/* May there be ext-octets or quoted-pairs in a value? */
static int has_escapes(const parameter *found)
{
    mip_text value = found->value;

    return value.size > 0 && ((found->is_extended && memchr(value.data, '%', value.size)) ||
                              (found->is_quoted && memchr(value.data, '\\', value.size)));
}

/* ext-octet = "%" 2(DIGIT / "A" / "B" / "C" / "D" / "E" / "F")   RFC 2231, 7 */
void parameter_gather(const parameter *found, gathered *text)
{
    const char *piece = found->value.data, *end = piece + found->value.size;
    const char *at = has_escapes(found) ? piece : end;

    while (at < end) {
        int octet = found->is_extended && *at == '%' ? octet_hex_pair(at + 1, end) : -1;
        if (octet >= 0) {
            char data = (char)(unsigned char)octet;
            gathered_add(text, span(piece, at));
            gathered_open(text);
            gathered_add(text, span(&data, &data + 1));
            piece = at += 3;
        } else if (found->is_quoted && *at == '\\' && end - at > 1) {
            gathered_add(text, span(piece, at));
            piece = at + 1;
            at += 2;
        } else {
            at++;
        }
    }
    gathered_add(text, span(piece, end));
}

mip_text parameter_charset(const parameter *found, mip_text text, int is_utf8)
{
    static const mip_text us_ascii = {"us-ascii", 8}, utf_8 = {"utf-8", 5}, unknown = {"unknown-8bit", 12};

    if (found->charset.size > 0 && utf8_is_ascii(found->value))
        return found->charset;
    return utf8_is_ascii(text) ? us_ascii : is_utf8 ? utf_8 : unknown;
}
