#include "parameters.h"

#include <string.h>

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

static const mip_text nothing = {"", 0}, space = {" ", 1};

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

/* Write a segment on this line if it fits, else on a new one, and folded inside if it must be. */
static void put_as_it_is(writer *w, const segment *next)
{
    mip_text whole = span(next->blanks.data, next->semicolon.data + next->semicolon.size);

    if (w->has_word && !writer_fits(w, writer_columns(w, whole), whole.size, 0)) {
        if (next->blanks.size > 0) {
            writer_break(w);
        } else if (w->octets + whole.size > LINE_OCTETS) {
            writer_break(w);
            writer_put_blanks(w, space);
        } else {
            writer_break_back(w);
        }
    }
    if (next->is_token && writer_fits(w, whole.size, whole.size, 0))
        writer_put_item(w, next->blanks, span(next->text.data, whole.data + whole.size), nothing, nothing, 0);
    else
        structured_fold(w, whole, MIP_TOKENS);
}

void parameters_fold(writer *w, mip_text body)
{
    segment_reader reader = {body.data, body.data + body.size, NULL};
    parameter_form form;
    parameter found;
    segment next;

    while (w->result.status == MIP_OK && read_segment(&reader, &next)) {
        form = parameter_read(next.text, &found) ? form_of(w, &next, &found) : AS_IT_IS;
        if (form == AS_IT_IS)
            put_as_it_is(w, &next);
        else
            put_changed(w, &next, &found, form);
    }
}

void parameters_check(writer *w, mip_text body)
{
    segment_reader reader = {body.data, body.data + body.size, NULL};
    parameter found;
    segment next;

    if (body.size == 0 || !memchr(body.data, '%', body.size))
        return; /* there is no ext-octet */
    while (w->result.status == MIP_OK && read_segment(&reader, &next)) {
        const char *at = parameter_read(next.text, &found) ? parameter_find_line_end(&found) : NULL;
        if (at)
            writer_fail(w, MIP_LINE_END, at);
    }
}
