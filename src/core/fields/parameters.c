#include "fields/parameters.h"

#include <string.h>

#include "fields/parameter.h"
#include "fields/parameter_value.h"
#include "fields/segment.h"
#include "fields/tokens.h"
#include "lex/limits.h"
#include "lex/octet.h"
#include "lex/span.h"
#include "text/literal.h"
#include "write/writer.h"

/* How a parameter is written. */
typedef enum {
    AS_IT_IS,
    QUOTED,  /* UTF-8 is not a token, but may be in quotes: RFC 6532, 3.2 */
    EXTENDED /* RFC 2231, 4 */
} parameter_form;

static parameter_form form_of(const writer *w, const segment *next, const parameter *found)
{
    size_t size = next->blanks.size + next->text.size + next->semicolon.size;
    parameter_form form = AS_IT_IS;
    const char *fault;

    if (found->value.size == 0)
        return AS_IT_IS; /* what is too long beside it is white space, which no encoding makes shorter */
    if (literal_needs_encoding(w, found->value, &fault))
        return EXTENDED;
    for (size_t i = 0; i < found->value.size && !found->is_quoted; i++)
        if (octet_is(found->value.data[i], OCTET_8BIT))
            form = found->language.size > 0 ? EXTENDED : QUOTED; /* quotes have no place for a language */
    /* The size without what follows the value, which may be folded, and with room for quotes and the quoted-pairs in
     * them. */
    size += form == QUOTED ? found->value.size : 0;
    return size - found->rest.size > LINE_OCTETS ? EXTENDED : form;
}

/* Write a parameter whose value changes its form.  White space that ends the body stays on the value's line: a fold
 * before it would leave a blank line. */
static void put_changed(writer *w, const segment *next, const parameter *found, parameter_form form)
{
    mip_text rest = span(found->rest.data, next->semicolon.data + next->semicolon.size);
    int is_blank = span_blanks(rest.data, rest.data + rest.size) == rest.data + rest.size;
    mip_text closing = is_blank || found->rest.size == 0 ? rest : nothing;

    if (form == QUOTED)
        parameter_value_put_quoted(w, found, next->blanks, closing);
    else
        parameter_value_put_extended(w, found, next->blanks, closing);
    if (closing.size < rest.size)
        tokens_fold(w, rest, MIP_TOKENS);
}

/* Begin a new line for a segment that does not fit on this one, where this one may be broken. */
static void make_room_for_segment(writer *w, const segment *next, size_t columns, size_t octets)
{
    if (w->has_word && !writer_fits(w, columns, octets, 0)) {
        if (next->blanks.size > 0)
            writer_break(w);
        else if (writer_octets_behind_gap(w) + octets <= LINE_OCTETS)
            writer_break_back(w, 0);
    }
    if (next->blanks.size == 0)
        writer_allow_fws(w);
}

/* Write a segment on this line if it fits, else on a new one, and folded inside if it must be. */
static void put_as_it_is(writer *w, const segment *next)
{
    mip_text whole = span(next->blanks.data, next->semicolon.data + next->semicolon.size);

    make_room_for_segment(w, next, writer_columns(w, whole), whole.size);
    if (next->is_token && writer_fits(w, whole.size, whole.size, 0))
        writer_put_item(w, next->blanks, span(next->text.data, whole.data + whole.size), nothing, nothing, 0);
    else
        tokens_fold(w, whole, MIP_TOKENS);
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
 * Is this a file's name without a value?  CPython leaves out what follows the attribute where the name is empty
 * (email.message, _formatparam), and some programs then refuse the field. */
static int is_bare(const segment *next)
{
    static const mip_text filename = {"filename", 8}, name = {"name", 4};

    return span_is_same(next->text, filename) || span_is_same(next->text, name);
}

/* Write a parameter that has no value with an empty one. */
static void put_bare(writer *w, const segment *next)
{
    static const mip_text empty_value = {"=\"\"", 3};
    size_t size = next->blanks.size + next->text.size + empty_value.size + next->semicolon.size;

    make_room_for_segment(w, next, size, size);
    writer_put_item(w, next->blanks, next->text, empty_value, next->semicolon, 0);
}

/* Is the segment after a parenthesis that is left open?  Then nothing that was read is encoded: with a parenthesis less
 * a reader might find one that closes it. */
static int is_behind_open_comment(const segment_reader *reader, const segment *next)
{
    return reader->open_comment && reader->open_comment < next->text.data;
}

void parameters_fold(writer *w, mip_text body)
{
    segment_reader reader = segment_start(body);
    parameter_form form;
    parameter found;
    segment next;
    int is_first = 1;

    for (; w->result.status == MIP_OK && segment_read(&reader, &next); is_first = 0) {
        form = parameter_read(next.text, next.quoted, &found) ? form_of(w, &next, &found) : AS_IT_IS;
        if (!w->style->read && !is_first && is_bare(&next))
            put_bare(w, &next);
        else if (form == AS_IT_IS || (w->style->read && is_behind_open_comment(&reader, &next)))
            put_as_it_is(w, &next);
        else
            put_changed(w, &next, &found, form);
    }
}
