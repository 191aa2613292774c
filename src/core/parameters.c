#include "parameters.h"

#include <string.h>

#include "charset.h"
#include "gathered.h"
#include "lexer.h"
#include "octet.h"
#include "parameter.h"
#include "span.h"
#include "structured.h"
#include "value.h"
#include "word.h"

/* The type, or a parameter: what stands between two semicolons. */
typedef struct {
    mip_text blanks;    /* the white space before it */
    mip_text text;      /* without the semicolon */
    mip_text semicolon; /* and white space behind it where the body ends with that; may be empty */
    int is_token;       /* there is nothing in the text that may be folded or has to be encoded */
} segment;

typedef struct {
    const char *at, *end;
    const char *open_comment; /* behind it a "(" that is not closed was seen */
} segment_reader;

static const mip_text nothing = {"", 0};

static const char *skip_token(segment_reader *reader, const char *at)
{
    const char *end = NULL;

    if (*at == '"' || *at == '\\')
        return lexer_skip(at, reader->end);
    if (*at == '(' && (!reader->open_comment || at < reader->open_comment)) {
        end = lexer_skip_comment(at, reader->end);
        if (!end)
            reader->open_comment = at;
    }
    return end ? end : at + 1;
}

/* content     = "Content-Type" ":" type "/" subtype *(";" parameter)   RFC 2045, 5.1
 * disposition = "Content-Disposition" ":" disposition-type *(";" disposition-parm)   RFC 2183, 2
 * Returns 0 behind the last. */
static int read_segment(segment_reader *reader, segment *next)
{
    const char *begin = reader->at, *text = span_blanks(begin, reader->end), *at = text;

    if (begin == reader->end)
        return 0;
    next->blanks = span(begin, text);
    while (at < reader->end && octet_is(*at, OCTET_ATEXT | OCTET_UNRESERVED))
        at++;
    next->is_token = at == reader->end || *at == ';';
    while (at < reader->end && *at != ';')
        at = skip_token(reader, at);
    next->text = span(text, at);
    reader->at = at < reader->end ? at + 1 : at;
    if (span_blanks(reader->at, reader->end) == reader->end)
        reader->at = reader->end; /* a fold before white space alone would leave a blank line */
    next->semicolon = span(at, reader->at);
    return 1;
}

/* How a parameter is written. */
typedef enum {
    AS_IT_IS,
    QUOTED,  /* UTF-8 is no token, but may stand in quotes: RFC 6532, 3.2 */
    EXTENDED /* RFC 2231, 4 */
} parameter_form;

static parameter_form form_of(const writer *w, const segment *next, const parameter *found)
{
    size_t size = next->blanks.size + next->text.size + next->semicolon.size;
    parameter_form form = AS_IT_IS;
    const char *fault;

    if (found->value.size == 0)
        return AS_IT_IS; /* what is too long beside it is white space, which no encoding makes shorter */
    if (word_needs_encoding(w, found->value, &fault))
        return EXTENDED;
    for (size_t i = 0; i < found->value.size && !found->is_quoted; i++)
        if (octet_is(found->value.data[i], OCTET_8BIT))
            form = found->language.size > 0 ? EXTENDED : QUOTED; /* quotes have no place for a language */
    /* Rests apart, which may be folded, and with room for quotes and the quoted-pairs in them. */
    size += form == QUOTED ? found->value.size : 0;
    return size - found->rest.size > LINE_OCTETS ? EXTENDED : form;
}

/* Write a parameter whose value changes its form.  White space that ends the body stays behind the value: a fold
 * before it would leave a blank line. */
static void put_changed(writer *w, const segment *next, const parameter *found, parameter_form form)
{
    mip_text rest = span(found->rest.data, next->semicolon.data + next->semicolon.size);
    int is_blank = span_blanks(rest.data, rest.data + rest.size) == rest.data + rest.size;
    mip_text closing = is_blank || found->rest.size == 0 ? rest : nothing;

    if (form == QUOTED)
        value_put_quoted(w, found, next->blanks, closing);
    else
        value_put_extended(w, found, next->blanks, closing);
    if (closing.size < rest.size)
        structured_fold(w, rest, MIP_TOKENS);
}

/* Begin a new line for a segment that this one does not hold, where it may be broken. */
static void make_room(writer *w, const segment *next, size_t columns, size_t octets)
{
    if (w->has_word && !writer_fits(w, columns, octets, 0)) {
        if (next->blanks.size > 0)
            writer_break(w);
        else if (writer_octets_behind_gap(w) + octets <= LINE_OCTETS)
            writer_break_back(w);
    }
    if (next->blanks.size == 0)
        writer_allow_fws(w);
}

/* Write a segment on this line if it fits, else on a new one, and folded inside if it must be. */
static void put_as_it_is(writer *w, const segment *next)
{
    mip_text whole = span(next->blanks.data, next->semicolon.data + next->semicolon.size);

    make_room(w, next, writer_columns(w, whole), whole.size);
    if (next->is_token && writer_fits(w, whole.size, whole.size, 0))
        writer_put_item(w, next->blanks, span(next->text.data, whole.data + whole.size), nothing, nothing, 0);
    else
        structured_fold(w, whole, MIP_TOKENS);
}

int parameters_may_be_bare(mip_text body)
{
    const char *end = body.data + body.size, *at = body.size ? memchr(body.data, ';', body.size) : NULL;

    while (at) {
        const char *semicolon = memchr(at + 1, ';', (size_t)(end - at - 1));
        const char *behind = semicolon ? semicolon : end;
        if (!memchr(at, '=', (size_t)(behind - at)))
            return 1;
        at = semicolon;
    }
    return 0;
}

/* parameter := attribute "=" value   RFC 2045, 5.1
 * CPython leaves out what follows the attribute where a file's name is empty (email.message, _formatparam), and some
 * programs then refuse the field. */
static int is_bare(const segment *next)
{
    static const mip_text filename = {"filename", 8}, name = {"name", 4};

    return charset_is(next->text, filename) || charset_is(next->text, name);
}

/* Write a parameter without a value, and an empty one. */
static void put_bare(writer *w, const segment *next)
{
    static const mip_text empty_value = {"=\"\"", 3};
    size_t size = next->blanks.size + next->text.size + empty_value.size + next->semicolon.size;

    make_room(w, next, size, size);
    writer_put_item(w, next->blanks, next->text, empty_value, next->semicolon, 0);
}

/* Behind a parenthesis that is left open nothing that was read is encoded: a parenthesis less, and a reader might find
 * the one that closes it. */
static int is_behind_open_comment(const segment_reader *reader, const segment *next)
{
    return reader->open_comment && reader->open_comment < next->text.data;
}

void parameters_fold(writer *w, mip_text body)
{
    segment_reader reader = {body.data, body.data + body.size, NULL};
    parameter_form form;
    parameter found;
    segment next;
    int is_first = 1;

    for (; w->result.status == MIP_OK && read_segment(&reader, &next); is_first = 0) {
        form = parameter_read(next.text, &found) ? form_of(w, &next, &found) : AS_IT_IS;
        if (!w->style->read && !is_first && is_bare(&next))
            put_bare(w, &next);
        else if (form == AS_IT_IS || (w->style->read && is_behind_open_comment(&reader, &next)))
            put_as_it_is(w, &next);
        else
            put_changed(w, &next, &found, form);
    }
}

/* The "=" behind an attribute that holds a "*", comments aside; NULL where there is none in [at, end). */
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
    const char *percent; /* where one may have begun; else NULL */
    int has_zero;
} line_end_search;

/* Where the ext-octet begins; NULL where there is none. */
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

/* The values of a parameter's sections, whose octets some readers put together before they decode them. */
typedef struct {
    mip_text charset;  /* whatever name the first section gives it */
    const char *begin; /* of that section's value */
    size_t start;      /* of the octets, in the scratch area */
} sections;

/* Append the octets of a value. */
static void put_octets(writer *w, mip_text value)
{
    gathered octets = gathered_begin(w);
    parameter found = {0};

    found.value = value;
    found.is_quoted = found.is_extended = 1;
    gathered_open(&octets);
    parameter_gather(&found, &octets);
}

/* Do the sections stand for a text with a CR or LF? */
static void check_together(writer *w, sections *all)
{
    if (charset_takes_line_end(w, all->start, all->charset))
        writer_fail(w, MIP_LINE_END, all->begin);
}

/* Does the value, in the charset that it names or in that of the section before? */
static void check_alone(writer *w, mip_text value, sections *all)
{
    const char *begin = value.data, *end = begin + value.size;
    const char *language = value.size ? memchr(begin, '\'', value.size) : NULL;
    const char *text = language ? memchr(language + 1, '\'', (size_t)(end - language - 1)) : NULL;
    size_t start;

    if (text) {
        check_together(w, all);
        all->charset = span(begin, language);
        all->begin = begin;
        value = span(text + 1, end);
    }
    if (all->charset.size == 0 || charset_is_utf8(all->charset))
        return;
    start = w->output->size;
    put_octets(w, value);
    if (charset_takes_line_end(w, start, all->charset))
        writer_fail(w, MIP_LINE_END, begin);
    put_octets(w, value);
}

void parameters_check(writer *w, mip_text body)
{
    segment_reader reader = {body.data, body.data + body.size, NULL};
    line_end_search search = {NULL, 0};
    sections all = {nothing, body.data, w->output->size};
    segment next;

    if (body.size == 0 || !memchr(body.data, '*', body.size))
        return; /* there is no extended value */
    while (w->result.status == MIP_OK && read_segment(&reader, &next)) {
        mip_text value = find_extended_value(next.text);
        const char *at = search_line_end(&search, value);
        if (value.size > 0 && *value.data == '"')
            value = span(value.data + 1, value.data + value.size);
        if (at)
            writer_fail(w, MIP_LINE_END, at);
        else
            check_alone(w, value, &all);
    }
    check_together(w, &all);
}
