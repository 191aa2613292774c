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

/* What is left of the run's text, `offset` octets into the output. */
static mip_text rest(const run *r, size_t offset, size_t end)
{
    mip_text text = {r->w->output->data + offset, end - offset};

    return text;
}

/* The columns that are left of a line for an encoded-word behind `used` of them. */
static size_t room_behind(const run *r, size_t used)
{
    size_t limit = writer_encoded_limit(r->w);

    return used < limit ? limit - used : 0;
}

/* The part of the text that goes into a room.  The last part leaves some of it for `closing`. */
static encoded_word_part fit(const run *r, mip_text text, char encoding, int last, size_t room, size_t closing)
{
    encoded_word_part part = encoded_word_fit(text, r->charset, encoding, last, room);

    if (part.octets == text.size && part.size + closing > room)
        part = encoded_word_fit(text, r->charset, encoding, last, closing < room ? room - closing : 0);
    return part;
}

static void put_encoded_word(const run *r, encoded_word_part part, mip_text blanks, mip_text opening,
                             const char *text)
{
    char data[ENCODED_WORD_SIZE];
    mip_text word = {data, encoded_word_write(part, text, r->charset, data)};

    writer_put_blanks(r->w, blanks);
    writer_put_word(r->w, opening);
    writer_put_word(r->w, word);
    r->w->has_encoded_word = 1;
}

/* Write the encoded-words behind the text, which ends at `end`. */
static void put_encoded_words(const run *r, size_t end, mip_text closing, int followed)
{
    writer *w = r->w;
    mip_text blanks = r->blanks, opening = r->opening;
    size_t offset = r->start, lead, tail = writer_columns(w, closing);
    char encoding = encoded_word_encoding(rest(r, offset, end));

    lead = blanks.size + writer_columns(w, opening);
    while (offset < end && w->result.status == MIP_OK) {
        mip_text text = rest(r, offset, end);
        encoded_word_part part = fit(r, text, encoding, !followed, room_behind(r, w->columns + lead), tail);
        if (part.octets == 0 && w->has_word && blanks.size > 0) {
            writer_break(w);
            part = fit(r, text, encoding, !followed, room_behind(r, lead), tail);
        }
        if (part.octets == 0)
            part = encoded_word_fit(text, r->charset, encoding, !followed, room_behind(r, w->columns + lead));
        if (part.octets == 0)
            part = encoded_word_first(text, r->charset);
        put_encoded_word(r, part, blanks, opening, text.data);
        offset += part.octets;
        if (offset < end)
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
    size_t end = output->size;

    if (!r->is_open)
        return;
    r->is_open = 0;
    if (r->w->result.status != MIP_OK)
        return;
    put_encoded_words(r, end, closing, followed);
    memmove(output->data + r->start, output->data + end, output->size - end);
    output->size -= end - r->start;
}
