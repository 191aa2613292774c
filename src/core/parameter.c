#include "parameter.h"

#include <string.h>

#include "lexer.h"
#include "octet.h"
#include "span.h"
#include "utf8.h"

/* The most octets of what stands before the value in each of its sections. */
enum { NAME_OCTETS = 256 };

/* Take "charset'language'" from the begin of an extended value.  Where a mailer forgot it, all is text. */
static void read_charset(parameter *found)
{
    const char *at = found->value.data, *end = at + found->value.size, *language, *text;

    language = memchr(at, '\'', found->value.size);
    text = language ? memchr(language + 1, '\'', (size_t)(end - language - 1)) : NULL;
    if (!text)
        return;
    found->charset = span(at, language);
    found->language = span(language + 1, text);
    found->value = span(text + 1, end);
}

/* value = token / quoted-string   RFC 2045, 5.1
 * What should have been quoted, and was not, ends where a comment begins or with the text. */
static void read_value(mip_text text, parameter *found)
{
    const char *at = text.data, *end = at + text.size, *behind = at;

    if (at < end && *at == '"') {
        behind = lexer_skip(at, end);
        found->is_quoted = 1;
        found->value = span(at + 1, behind[-1] == '"' && behind - at > 1 ? behind - 1 : behind);
    } else {
        while (at < end && *at != '(')
            if (!octet_is(*at++, OCTET_WSP))
                behind = at;
        found->value = span(text.data, behind);
    }
    found->rest = span(behind, end);
}

/* parameter          = attribute "=" value            RFC 2045, 5.1
 * extended-parameter = (attribute "*=" extended-value)
 * extended-value     = [charset] "'" [language] "'" *(ext-octet / attribute-char)   RFC 2231, 7 */
int parameter_read(mip_text text, parameter *found)
{
    const char *begin = text.data, *end = begin + text.size, *at = begin;

    memset(found, 0, sizeof *found);
    while (at < end && octet_is(*at, OCTET_ATEXT | OCTET_UNRESERVED) && *at != '=')
        at++;
    found->attribute = span(begin, at);
    at = span_blanks(at, end);
    if (found->attribute.size == 0 || at == end || *at != '=')
        return 0;
    at = span_blanks(at + 1, end);
    found->is_extended = found->attribute.data[found->attribute.size - 1] == '*';
    found->attribute.size -= (size_t)found->is_extended;
    read_value(span(at, end), found);
    if (found->is_extended)
        read_charset(found);
    return found->attribute.size > 0 && !memchr(found->attribute.data, '*', found->attribute.size) &&
           found->attribute.size + found->charset.size + found->language.size < NAME_OCTETS;
}

/* ext-octet = "%" 2(DIGIT / "A" / "B" / "C" / "D" / "E" / "F")   RFC 2231, 7
 * -1 where there is none. */
static int ext_octet(const char *at, const char *end)
{
    if (end - at < 3 || *at != '%' || octet_hex_value(at[1]) < 0 || octet_hex_value(at[2]) < 0)
        return -1;
    return octet_hex_value(at[1]) * 16 + octet_hex_value(at[2]);
}

parameter_characters parameter_start(const parameter *found)
{
    const char *end = found->value.data + found->value.size;
    parameter_characters characters = {found->value.data, end, found->is_quoted, found->is_extended};

    return characters;
}

static char next_octet(parameter_characters *characters)
{
    int octet = characters->is_extended ? ext_octet(characters->at, characters->end) : -1;

    if (octet >= 0) {
        characters->at += 3;
        return (char)(unsigned char)octet;
    }
    if (characters->is_quoted && *characters->at == '\\' && characters->end - characters->at > 1)
        characters->at++;
    return *characters->at++;
}

size_t parameter_next(parameter_characters *characters, char character[4])
{
    parameter_characters ahead = *characters;
    mip_text octets = {character, 0};
    size_t size;

    while (octets.size < 4 && ahead.at < ahead.end)
        character[octets.size++] = next_octet(&ahead);
    size = utf8_character(octets);
    if (size == 0 && octets.size > 0)
        size = 1;
    for (size_t i = 0; i < size; i++)
        next_octet(characters);
    return size;
}

mip_text parameter_charset(const parameter *found)
{
    static const mip_text us_ascii = {"us-ascii", 8}, utf_8 = {"utf-8", 5}, unknown = {"unknown-8bit", 12};
    parameter_characters characters = parameter_start(found);
    int is_ascii = 1, is_utf8 = 1, is_named = found->charset.size > 0;
    char character[4];
    size_t size;

    for (size_t i = 0; i < found->value.size; i++)
        if (octet_is(found->value.data[i], OCTET_8BIT))
            is_named = 0;
    if (is_named)
        return found->charset;
    while ((size = parameter_next(&characters, character)) > 0) {
        if (octet_is(character[0], OCTET_8BIT)) {
            is_ascii = 0;
            is_utf8 = is_utf8 && size > 1;
        }
    }
    return is_ascii ? us_ascii : is_utf8 ? utf_8 : unknown;
}

const char *parameter_find_line_end(const parameter *found)
{
    const char *at = found->value.data, *end = at + found->value.size;

    for (; found->is_extended && at < end; at++) {
        int octet = ext_octet(at, end);
        if (octet == '\r' || octet == '\n')
            return at;
    }
    return NULL;
}
