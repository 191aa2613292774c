#include "fields/injected_ext_octet.h"

#include <string.h>

#include "fields/parameter.h"
#include "fields/section.h"
#include "fields/sections.h"
#include "fields/segment.h"
#include "lex/lexer.h"
#include "lex/octet.h"
#include "lex/span.h"
#include "text/charset.h"
#include "write/writer.h"

/* The "=" after an attribute that holds a "*", comments aside; NULL where there is none in [at, end). */
static const char *find_extended_equals(const char *at, const char *end)
{
    int is_extended = 0, is_open = 0;

    while (at < end && *at != '=') {
        const char *behind = *at == '(' && !is_open ? lexer_skip_comment(at, end) : NULL;
        is_open = is_open || (*at == '(' && !behind);
        is_extended = is_extended || *at == '*';
        at = behind ? behind : at + 1;
    }
    return at < end && is_extended ? at : NULL;
}

/* What lenient readers may take for the value of an extended parameter, or of a section of one.  To some a
 * semicolon in quotes or in a comment begins a parameter. */
static mip_text find_extended_value(mip_text text)
{
    const char *at = text.data, *end = at + text.size;

    while (at < end) {
        const char *semicolon = memchr(at, ';', (size_t)(end - at)), *behind = semicolon ? semicolon : end;
        const char *equals = find_extended_equals(at, behind);
        if (equals)
            return span(span_blanks(equals + 1, end), end);
        at = semicolon ? semicolon + 1 : end;
    }
    return nothing;
}

/* Looks for the ext-octets %0A and %0D in values, one after the other: some readers join sections first. */
typedef struct {
    const char *percent; /* where an ext-octet may have begun; else NULL */
    int has_zero;
} line_end_search;

/* Where the first ext-octet of a CR or LF begins that ends in this value; NULL where there is none. */
static const char *search_line_end(line_end_search *search, mip_text value)
{
    for (const char *at = value.data; at < value.data + value.size; at++) {
        if (*at == '%') {
            search->percent = at;
            search->has_zero = 0;
        } else if (!search->percent || *at == '"' || *at == '\\' || octet_is(*at, OCTET_WSP)) {
            continue;
        } else if (search->has_zero && memchr("AaDd", *at, 4)) {
            return search->percent;
        } else if (*at == '0' && !search->has_zero) {
            search->has_zero = 1;
        } else {
            search->percent = NULL;
        }
    }
    return NULL;
}

/* Append the octets of a value, its ext-octets decoded, to the scratch area. */
static void put_octets(writer *w, mip_text value)
{
    section whole = {nothing, nothing, value, 1, 1};

    section_put_octets(w, &whole, READ_WITH_COMMENTS);
}

/* Fail if the value of one section is a text with a CR or LF, in the charset that it names or in the last one that was
 * named. */
static void check_alone(writer *w, mip_text value, mip_text *charset)
{
    const char *begin = value.data, *end = begin + value.size;
    const char *language = value.size ? memchr(begin, '\'', value.size) : NULL;
    const char *text = language ? memchr(language + 1, '\'', (size_t)(end - language - 1)) : NULL;
    size_t start = w->output->size;

    if (text) {
        *charset = span(begin, language);
        value = span(text + 1, end);
    }
    if (charset->size == 0 || charset_is_utf8(*charset))
        return;
    put_octets(w, value);
    if (charset_takes_line_end(w, start, *charset))
        writer_fail(w, MIP_LINE_END, begin);
}

int injected_ext_octet_may_be(mip_text body)
{
    return span_holds(body, '*') || span_holds(body, '%');
}

/* Search what follows a value that is not extended.  Where the value becomes that, readers that know no comments take
 * it for a part of the value: CPython's email.message does. */
static const char *search_rest(const segment *next)
{
    line_end_search search = {NULL, 0};
    parameter found;

    return parameter_read(next->text, next->quoted, &found) ? search_line_end(&search, found.rest) : NULL;
}

void injected_ext_octet_check(writer *w, mip_text body)
{
    segment_reader reader = segment_start(body);
    line_end_search search = {NULL, 0};
    mip_text charset = nothing;
    segment next;

    if (!injected_ext_octet_may_be(body))
        return;
    while (w->result.status == MIP_OK && segment_read(&reader, &next)) {
        mip_text value = find_extended_value(next.text);
        const char *at = value.size > 0 ? search_line_end(&search, value) : search_rest(&next);
        if (value.size > 0 && *value.data == '"')
            value = span(value.data + 1, value.data + value.size);
        if (at)
            writer_fail(w, MIP_LINE_END, at);
        else
            check_alone(w, value, &charset);
    }
    sections_check(w, body);
}
