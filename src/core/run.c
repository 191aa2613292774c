#include "run.h"

#include <string.h>

#include "encoded_word.h"

static const mip_text nothing = {"", 0}, space = {" ", 1};

run run_none(writer *w)
{
    run r = {0};

    r.w = w;
    return r;
}

void run_open(run *r, mip_text blanks, mip_text opening, mip_text charset)
{
    /* CPython refuses such a limit in the same words (email._header_value_parser, _fold_as_ew). */
    if (writer_limit(r->w) <= charset.size + 8)
        writer_fail(r->w, MIP_LIMIT_TOO_SMALL, opening.size ? opening.data : NULL);
    /* What is glued to the words before takes them along. */
    if (blanks.size == 0 && !writer_fits(r->w, RUN_LEAST, RUN_LEAST, 1))
        writer_break_back(r->w);
    r->is_open = 1;
    r->start = r->w->output->size;
    r->charset = charset;
    r->blanks = blanks;
    r->opening = opening;
    if (blanks.size > RUN_BLANKS && opening.size == 0) {
        mip_text rest = {blanks.data + 1, blanks.size - 1};
        r->blanks.size = 1;
        run_add(r, rest);
    }
}

void run_add(run *r, mip_text text)
{
    writer_put_scratch(r->w, text);
}

/* What is left of the run's text.  It lies in the output, and moves when that grows. */
typedef struct {
    const run *r;
    size_t offset, end;
} run_rest;

static mip_text text_of(const run_rest *rest)
{
    mip_text text = {rest->r->w->output->data + rest->offset, rest->end - rest->offset};

    return text;
}

/* The part of the text that goes behind `used` columns of the line.  The last leaves `closing`
 * columns for what follows it. */
static encoded_word_part fit(const run_rest *rest, char encoding, int last, size_t used, size_t closing)
{
    mip_text text = text_of(rest), charset = rest->r->charset;
    size_t limit = writer_encoded_limit(rest->r->w), room = used < limit ? limit - used : 0;
    encoded_word_part part = encoded_word_fit(text, charset, encoding, last, room);

    if (part.octets == text.size && part.size + closing > room)
        part = encoded_word_fit(text, charset, encoding, last, closing < room ? room - closing : 0);
    return part;
}

static void put_part(const run_rest *rest, encoded_word_part part, mip_text blanks, mip_text opening)
{
    writer *w = rest->r->w;
    char data[ENCODED_WORD_SIZE];
    mip_text word = {data, encoded_word_write(part, text_of(rest).data, rest->r->charset, data)};

    writer_put_gap(w, blanks);
    writer_put_word(w, opening);
    writer_put_word(w, word);
    w->has_encoded_word = 1;
}

/* Write the encoded-words behind the text. */
static void put_encoded_words(run_rest *rest, mip_text closing, int followed)
{
    writer *w = rest->r->w;
    mip_text blanks = rest->r->blanks, opening = rest->r->opening;
    size_t lead = blanks.size + writer_columns(w, opening), tail = writer_columns(w, closing);
    char encoding = encoded_word_encoding(text_of(rest));

    while (rest->offset < rest->end && w->result.status == MIP_OK) {
        encoded_word_part part = fit(rest, encoding, !followed, w->columns + lead, tail);
        if (part.octets == 0 && w->has_word && blanks.size > 0) {
            writer_break(w);
            part = fit(rest, encoding, !followed, lead, tail);
        }
        if (part.octets == 0)
            part = fit(rest, encoding, !followed, w->columns + lead, 0);
        if (part.octets == 0)
            part = encoded_word_first(text_of(rest), rest->r->charset);
        put_part(rest, part, blanks, opening);
        rest->offset += part.octets;
        if (rest->offset < rest->end)
            writer_break(w);
        blanks = space;
        opening = nothing;
        lead = blanks.size;
    }
    writer_put_word(w, closing);
}

void run_put(run *r, mip_text closing, int followed)
{
    mip_output *output = r->w->output;
    run_rest rest = {r, r->start, output->size};

    if (!r->is_open)
        return;
    r->is_open = 0;
    if (r->w->result.status != MIP_OK)
        return;
    if (r->opening.size > 0)
        r->w->item = r->opening.data;
    put_encoded_words(&rest, closing, followed);
    memmove(output->data + r->start, output->data + rest.end, output->size - rest.end);
    output->size -= rest.end - r->start;
    if (r->w->gap.offset >= rest.end)
        r->w->gap.offset -= rest.end - r->start;
    writer_settle(r->w);
}
