#include "shown_parameter.h"

#include "lex/octet.h"
#include "lex/span.h"
#include "shown_decoded.h"
#include "shown_lexer.h"
#include "shown_phrase.h"
#include "shown_quoted.h"
#include "write/output.h"

int shown_ends_attribute(char octet)
{
    return shown_ends_token(octet) || octet == '*' || octet == '\'' || octet == '%';
}

/* The end of an attribute, in which a value has "%". */
static const char *skip_attribute(const char *at, const char *end, int is_value)
{
    while (at < end && (!shown_ends_attribute(*at) || (is_value && *at == '%')))
        at++;
    return at;
}

static void skip_cfws_here(shown_writer *v)
{
    int has_comment;

    v->at = shown_skip_cfws(v->at, v->end, &has_comment);
}

/* A name without white space of Unicode around it. */
static mip_text strip(const char *at, const char *end)
{
    const char *behind;
    size_t size;

    while ((size = shown_space(at, end)) > 0)
        at += size;
    behind = at;
    for (const char *next = at; next < end; next += size > 0 ? size : 1) {
        size = shown_space(next, end);
        if (size == 0)
            behind = next + 1;
    }
    return span(at, behind);
}

/* attribute ["*" 1*DIGIT] ["*"] "="   RFC 2231, 7 */
static int read_shown_attribute(shown_writer *v, shown_parameter *p)
{
    static const size_t most = 1000000;
    const char *begin;

    skip_cfws_here(v);
    begin = v->at;
    v->at = skip_attribute(begin, v->end, 0);
    p->name = strip(begin, v->at);
    skip_cfws_here(v);
    if (v->end - v->at > 1 && *v->at == '*' && v->at[1] >= '0' && v->at[1] <= '9')
        for (v->at++; v->at < v->end && *v->at >= '0' && *v->at <= '9'; v->at++)
            p->section = p->section < most ? p->section * 10 + (size_t)(*v->at - '0') : p->section;
    p->is_extended = v->at < v->end && *v->at == '*';
    v->at += p->is_extended;
    return p->name.size > 0;
}

/* [charset] "'" [language] "'" before a value   RFC 2231, 7
 * Its end; NULL where it is none.  Is a mark left open, `*is_open` says so. */
static const char *read_initial(shown_parameter *p, const char *at, const char *end, int *is_open)
{
    const char *mark = skip_attribute(at, end, 1), *language = mark + 1;

    *is_open = mark < end && *mark == '\'';
    if (!*is_open)
        return NULL;
    p->charset = span(at, mark);
    mark = skip_attribute(language, end, 0);
    *is_open = mark == end || *mark != '\'';
    return *is_open ? NULL : mark + 1;
}

static int read_quoted_value(shown_writer *v, shown_parameter *p)
{
    const char *begin = v->at + 1, *initial;
    int is_open = 0;

    v->at = shown_skip_quoted_string(v->at, v->end);
    p->is_quoted = 1;
    p->value = span(begin, v->at);
    if (!p->is_extended || p->section > 0)
        return 1;
    initial = read_initial(p, begin, v->at, &is_open);
    if (initial)
        p->value = span(initial, v->at);
    return !is_open;
}

/* Up to white space, as many programs write file names and boundaries: CPython ends it at one of tspecials. */
static int read_bare_value(shown_writer *v, shown_parameter *p)
{
    const char *begin = v->at, *initial;
    int is_open = 0, is_initial = p->is_extended && p->section == 0;

    while (v->at < v->end && !octet_is(*v->at, OCTET_WSP) && *v->at != ';' && *v->at != '"' && *v->at != '(')
        v->at++;
    p->value = span(begin, v->at);
    initial = read_initial(p, begin, v->at, &is_open);
    if (initial && (initial < v->at || is_initial)) {
        p->value = span(initial, v->at);
        if (v->at < v->end && *v->at == '"' && p->value.size == 0)
            return read_quoted_value(v, p);
    }
    return p->value.size > 0 && !(is_initial && is_open);
}

static int read_shown_value(shown_writer *v, shown_parameter *p)
{
    skip_cfws_here(v);
    if (v->at == v->end)
        return 0;
    return *v->at == '"' ? read_quoted_value(v, p) : read_bare_value(v, p);
}

int shown_parameter_read(shown_writer *v, shown_parameter *p)
{
    static const shown_parameter none = {{"", 0}, 0, 0, {"", 0}, {"", 0}, 0};
    int is_read;

    *p = none;
    is_read = read_shown_attribute(v, p);
    if (is_read && (v->at == v->end || *v->at == ';'))
        return p->section == 0 && !p->is_extended; /* a name alone */
    if (is_read && *v->at == '=') {
        v->at++;
        is_read = read_shown_value(v, p);
    } else {
        is_read = 0;
    }
    v->at = shown_skip_rest(v->at, v->end, ";");
    return is_read;
}

/* ext-octet = "%" 2(DIGIT / "A" / ... / "F")   RFC 2231, 7 */
static void decode_ext_octets(shown_writer *v, size_t start)
{
    mip_text text = output_since(v->w.output, start);
    char *to = v->w.output->data + start;

    for (size_t i = 0; i < text.size; i++) {
        int octet = text.data[i] == '%' ? octet_hex_pair(text.data + i + 1, text.data + text.size) : -1;
        *to++ = octet >= 0 ? (char)(unsigned char)octet : text.data[i];
        i += octet >= 0 ? 2 : 0;
    }
    v->w.output->size = (size_t)(to - v->w.output->data);
}

void shown_parameter_put(shown_writer *v, const shown_parameter *p, mip_text charset)
{
    const char *at = v->at;
    size_t start = v->w.output->size;

    if (p->is_quoted) {
        v->at = p->value.data;
        shown_put_content(v);
        v->at = at;
    } else {
        writer_put_scratch(&v->w, p->value);
    }
    if (!p->is_extended || v->w.result.status != MIP_OK || v->w.output->size == start)
        return;
    decode_ext_octets(v, start);
    if (charset.size > 0)
        shown_to_utf8(v, start, charset);
}
