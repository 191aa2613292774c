#include "fields/section.h"

#include "lex/octet.h"
#include "lex/span.h"

/* The end of the piece at `at`: a semicolon outside of quotes, or the body's. */
static const char *skip_piece_of_cpython(const char *at, const char *end)
{
    int is_quoted = 0;

    for (const char *begin = at; at < end && (is_quoted || *at != ';'); at++)
        if (*at == '"' && (at == begin || at[-1] != '\\'))
            is_quoted = !is_quoted;
    return at;
}

/* The same for readers that know comments. */
static const char *skip_piece(const char *at, const char *end)
{
    size_t depth = 0;
    int is_quoted = 0;

    for (; at < end && (is_quoted || depth > 0 || *at != ';'); at++) {
        if (*at == '\\' && (is_quoted || depth > 0) && end - at > 1)
            at++;
        else if (*at == '"' && depth == 0)
            is_quoted = !is_quoted;
        else if (*at == '(' && !is_quoted)
            depth++;
        else if (*at == ')' && depth > 0)
            depth--;
    }
    return at;
}

static mip_text trim_blanks(mip_text text)
{
    const char *end = text.data + text.size, *at = span_blanks(text.data, end);

    while (end > at && octet_is(end[-1], OCTET_WSP))
        end--;
    return span(at, end);
}

/* What CPython's email.utils makes of a value: without quotes or angle brackets, if both are there. */
static void read_value_of_cpython(mip_text value, section *found)
{
    const char *at = value.data, *end = at + value.size;
    int is_bracketed = value.size > 1 && *at == '<' && end[-1] == '>';

    found->is_quoted = value.size > 1 && *at == '"' && end[-1] == '"';
    found->value = found->is_quoted || is_bracketed ? span(at + 1, end - 1) : value;
}

/* The value up to its closing quote, or without quotes up to a comment. */
static void read_value_before_comment(mip_text value, section *found)
{
    const char *at = value.data, *end = at + value.size, *behind;

    found->is_quoted = at < end && *at == '"';
    at += found->is_quoted;
    for (behind = at; behind < end && *behind != (found->is_quoted ? '"' : '('); behind++)
        if (found->is_quoted && *behind == '\\' && end - behind > 1)
            behind++;
    found->value = found->is_quoted ? span(at, behind) : trim_blanks(span(at, behind));
}

/* regular-parameter-name = attribute [section]
 * section = initial-section / other-sections   initial-section = "*0"   other-sections = "*" ("1" / … / "9") *DIGIT
 * extended-…-name = attribute [section] "*"   RFC 2231, 7
 * Returns 0 where a piece is no parameter with a "*" in its name. */
static int read_section(mip_text piece, section_reading reading, section *found)
{
    const char *end = piece.data + piece.size, *begin = span_blanks(piece.data, end), *at = begin, *digits;

    while (at < end && octet_is(*at, OCTET_ATEXT | OCTET_UNRESERVED) && *at != '=' && *at != '*')
        at++;
    found->attribute = span(begin, at);
    if (at == begin || at == end || *at != '*')
        return 0;
    for (digits = ++at; at < end && *at >= '0' && *at <= '9';)
        at++;
    while (digits < at && *digits == '0')
        digits++;
    found->number = span(digits, at);
    found->is_extended = at[-1] == '*' || (at < end && *at == '*');
    at = span_blanks(at < end && *at == '*' ? at + 1 : at, end);
    if (at == end || *at != '=')
        return 0;
    if (reading == READ_BY_CPYTHON)
        read_value_of_cpython(trim_blanks(span(at + 1, end)), found);
    else
        read_value_before_comment(span(span_blanks(at + 1, end), end), found);
    return 1;
}

int section_next(section_reader *reader, section *next)
{
    int is = 0;

    while (!is && reader->at < reader->end) {
        const char *begin = reader->at, *end = reader->end;
        const char *at = reader->reading == READ_BY_CPYTHON ? skip_piece_of_cpython(begin, end) : skip_piece(begin, end);
        reader->at = at < end ? at + 1 : at;
        is = read_section(span(begin, at), reader->reading, next);
    }
    return is;
}

/* Is this the backslash of a quoted-pair? */
static int begins_pair(const section *found, const char *at, const char *end, section_reading reading)
{
    if (!found->is_quoted || *at != '\\' || end - at < 2)
        return 0;
    return reading != READ_BY_CPYTHON || at[1] == '\\' || at[1] == '"';
}

void section_put_octets(writer *w, const section *found, section_reading reading)
{
    const char *at = found->value.data, *end = at + found->value.size;
    char *to = found->value.size > 0 ? writer_append(w, found->value.size) : NULL;

    while (to && at < end) {
        int octet = found->is_extended && *at == '%' ? octet_hex_pair(at + 1, end) : -1;
        if (octet >= 0) {
            *to++ = (char)(unsigned char)octet;
            at += 3;
        } else {
            at += begins_pair(found, at, end, reading);
            *to++ = *at++;
        }
    }
    if (to)
        w->output->size = (size_t)(to - w->output->data);
}
