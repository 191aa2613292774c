#include "write/writer.h"

#include <string.h>

#include "lex/limits.h"
#include "lex/span.h"
#include "lex/utf8.h"
#include "write/output.h"

mip_result writer_finish(writer *w)
{
    if (w->result.status != MIP_OK)
        w->output->size = w->start;
    return w->result;
}

void writer_fail(writer *w, mip_status status, const char *at)
{
    if (w->result.status != MIP_OK)
        return;
    w->result.status = status;
    w->result.offset = at ? (size_t)(at - w->body.data) : 0;
}

void writer_put_line(writer *w, mip_text line)
{
    mip_text linesep = w->style->linesep;
    char *at = writer_append(w, line.size + linesep.size);

    if (!at)
        return;
    memcpy(at, line.data, line.size);
    memcpy(at + line.size, linesep.data, linesep.size);
    writer_begin_line(w);
}

void writer_put_item(writer *w, mip_text blanks, mip_text opening, mip_text text, mip_text closing, int is_encoded)
{
    size_t octets = opening.size + text.size + closing.size;
    size_t columns = octets;

    if (w->style->utf8)
        columns = utf8_columns(opening) + utf8_columns(text) + utf8_columns(closing);
    if (w->has_word && blanks.size > 0 && !writer_fits(w, blanks.size + columns, blanks.size + octets, is_encoded) &&
        (!w->is_text || writer_is_single(w, blanks) || !writer_break_well(w, 0) ||
         !writer_fits(w, blanks.size + columns, blanks.size + octets, is_encoded)))
        writer_break(w);
    writer_put_gap(w, blanks);
    w->item = opening.size ? opening.data : text.size ? text.data : blanks.size ? blanks.data : w->item;
    writer_put_word(w, opening);
    writer_put_word(w, text);
    writer_put_word(w, closing);
    if (is_encoded)
        w->has_encoded_word = 1;
    writer_settle(w);
}

/* Break the line at `place`: what comes after it begins the new line, with `blanks` before it. */
static void break_at(writer *w, const writer_place *place, mip_text blanks)
{
    mip_text linesep = w->style->linesep;
    size_t size = w->output->size - place->offset;
    char *at;

    if (place->octets > LINE_OCTETS && !w->style->read)
        writer_fail(w, MIP_LINE_TOO_LONG, place->item);
    writer_put_scratch(w, linesep);
    writer_put_scratch(w, blanks);
    if (w->result.status != MIP_OK)
        return;
    at = w->output->data + place->offset;
    memmove(at + linesep.size + blanks.size, at, size);
    memcpy(at, linesep.data, linesep.size);
    memcpy(at + linesep.size, blanks.data, blanks.size);
    w->lines++;
    w->columns -= place->columns - blanks.size;
    w->octets -= place->octets - blanks.size;
}

void writer_settle(writer *w)
{
    if (!writer_fits(w, 0, 0, 0))
        writer_settle_for(w, 0, 0);
}

/* A place that is on the new line, or else no longer of use, after the line was broken at `gap`. */
static void move_place(const writer *w, writer_place *place, const writer_place *gap)
{
    if (place->offset <= gap->offset) {
        place->offset = 0;
        return;
    }
    place->offset += w->style->linesep.size;
    place->columns -= gap->columns;
    place->octets -= gap->octets;
}

static void break_at_gap(writer *w, writer_place gap)
{
    break_at(w, &gap, nothing);
    move_place(w, &w->fws, &gap);
    move_place(w, &w->comment_gap, &gap);
    w->gap.offset = 0;
}

void writer_settle_for(writer *w, size_t columns, size_t octets)
{
    if (w->fws.offset > w->gap.offset && writer_octets_behind_gap(w) + octets > LINE_OCTETS) {
        break_at(w, &w->fws, space);
        w->gap.offset = w->fws.offset = w->comment_gap.offset = 0;
    } else {
        writer_break_back(w, columns);
    }
}

void writer_break_back(writer *w, size_t columns)
{
    if (w->gap.offset > 0)
        break_at_gap(w, w->gap);
    if (w->comment_gap.offset > 0 && w->columns + columns > ENCODED_LINE_COLUMNS)
        break_at_gap(w, w->comment_gap);
}

/* Skip what a line begins with: on the first one the field's name and its colon, and on each white space. */
static const char *skip_begin(const writer *w, mip_text line)
{
    const char *at = line.data, *end = at + line.size;

    if (line.data == w->output->data + w->start)
        at = (const char *)memchr(at, ':', line.size) + 1;
    return span_blanks(at, end);
}

int writer_break_well(writer *w, size_t scratch)
{
    writer_place place = {0};
    const char *single;
    mip_text line;

    if (w->result.status != MIP_OK)
        return 0;
    line = output_since(w->output, w->output->size - scratch - w->octets);
    line.size -= scratch;
    single = span_find_single(skip_begin(w, line), line.data + line.size - 1);
    if (!single)
        return 0;
    place.octets = (size_t)(single - line.data);
    place.offset = w->output->size - scratch - w->octets + place.octets;
    place.columns = writer_columns(w, span(line.data, single));
    w->has_encoded_word = span_find_two(span(single, line.data + line.size), "=?") != NULL;
    break_at(w, &place, nothing);
    w->gap.offset = w->fws.offset = w->comment_gap.offset = 0;
    return 1;
}

void writer_break(writer *w)
{
    mip_text linesep = w->style->linesep;
    char *at;

    if (w->octets > LINE_OCTETS && !w->style->read)
        writer_fail(w, MIP_LINE_TOO_LONG, w->item);
    at = writer_append(w, linesep.size);
    if (at && linesep.size == 2)
        memcpy(at, linesep.data, 2);
    else if (at)
        memcpy(at, linesep.data, linesep.size);
    writer_begin_line(w);
}
