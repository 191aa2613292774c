#include "run.h"

#include "encoded_word.h"
#include "span.h"

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
        writer_settle_for(r->w, opening.size + ENCODED_WORD_SIZE);
    r->is_open = 1;
    r->text = gathered_begin(r->w);
    r->charset = charset;
    r->blanks = blanks;
    r->is_single = writer_is_single(r->w, blanks);
    r->opening = opening;
    if (blanks.size > RUN_BLANKS && opening.size == 0) {
        mip_text rest = {blanks.data + 1, blanks.size - 1};
        r->blanks.size = 1;
        run_add(r, rest);
    }
}

void run_add(run *r, mip_text piece)
{
    gathered_add(&r->text, piece);
}

/* What is left of the run's text. */
static mip_text rest_of(run *r, size_t offset)
{
    mip_text text = gathered_text(&r->text);

    return span(text.data + offset, text.data + text.size);
}

/* The part of `rest` that goes behind `used` columns of the line.  The last leaves `closing` columns for
 * what follows it. */
static encoded_word_part fit(const run *r, mip_text rest, int last, size_t used, size_t closing)
{
    size_t limit = writer_encoded_limit(r->w), room = used < limit ? limit - used : 0;
    encoded_word_part part = encoded_word_fit(rest, r->charset, r->encoding, last, room);

    if (part.octets == rest.size && part.size + closing > room)
        part = encoded_word_fit(rest, r->charset, r->encoding, last, closing < room ? room - closing : 0);
    return part;
}

/* Write the part of the text that begins at `offset`. */
static void put_part(run *r, size_t offset, encoded_word_part part, mip_text blanks, mip_text opening)
{
    writer *w = r->w;
    char *word;

    writer_put_gap(w, blanks);
    writer_put_word(w, opening);
    word = writer_extend(w, part.size);
    if (word)
        encoded_word_write(part, rest_of(r, offset).data, r->charset, word);
    w->has_encoded_word = 1;
}

/* Does all of the text go into one encoded-word on this line?  Only the last of a run may be padded. */
static int fits_whole(const run *r, encoded_word_part whole, mip_text closing, int followed)
{
    const writer *w = r->w;
    size_t beside = r->blanks.size + writer_columns(w, r->opening) + writer_columns(w, closing);

    return whole.size <= ENCODED_WORD_SIZE && w->columns + beside + whole.size <= writer_encoded_limit(w) &&
           !(followed && whole.encoding == 'B' && whole.octets % 3 != 0);
}

/* Does what is left go into one more encoded-word on this line?  Where another follows, B leaves over what would be
 * padded. */
static int fits_beside(const run *r, mip_text rest, size_t tail, int followed)
{
    encoded_word_part part = {0, 0, r->encoding};

    if (followed && r->w->result.status == MIP_OK)
        part = fit(r, rest, 0, r->w->columns + space.size, tail);
    return part.octets == rest.size;
}

/* Break the line before the run, or text at a better place, and find the part that goes behind `lead` columns more. */
static encoded_word_part fit_on_new_line(run *r, size_t lead, size_t tail, int followed)
{
    writer *w = r->w;
    size_t size = w->output->size;
    encoded_word_part part = {0, 0, r->encoding};

    if (w->is_text && !r->is_single && writer_break_well(w, gathered_octets(&r->text))) {
        gathered_move(&r->text, w->output->size - size);
        part = fit(r, rest_of(r, 0), !followed, w->columns + lead, tail);
    }
    if (part.octets == 0) {
        writer_break(w);
        part = fit(r, rest_of(r, 0), !followed, lead, tail);
    }
    return part;
}

/* Write the text as encoded-words, a line each but for what fits on this one. */
static void put_parts(run *r, mip_text closing, int followed)
{
    writer *w = r->w;
    mip_text blanks = r->blanks, opening = r->opening, rest = rest_of(r, 0);
    size_t tail = writer_columns(w, closing), offset = 0;

    while (rest.size > 0 && w->result.status == MIP_OK) {
        size_t lead = blanks.size + writer_columns(w, opening);
        encoded_word_part part = fit(r, rest, !followed, w->columns + lead, tail);
        if (part.octets == 0 && w->has_word && blanks.size > 0)
            part = fit_on_new_line(r, lead, tail, followed);
        rest = rest_of(r, offset);
        if (part.octets == 0)
            part = fit(r, rest, !followed, w->columns + lead, 0);
        if (part.octets == 0)
            part = encoded_word_first(rest, r->charset);
        put_part(r, offset, part, blanks, opening);
        offset += part.octets;
        if (part.octets < rest.size && !fits_beside(r, rest_of(r, offset), tail, followed))
            writer_break(w);
        rest = rest_of(r, offset);
        blanks = space;
        opening = nothing;
    }
}

void run_put(run *r, mip_text closing, int followed)
{
    encoded_word_part whole;

    if (!r->is_open)
        return;
    r->is_open = 0;
    if (r->w->result.status != MIP_OK)
        return;
    if (r->opening.size > 0)
        r->w->item = r->opening.data;
    whole = encoded_word_whole(gathered_text(&r->text), r->charset);
    r->encoding = whole.encoding;
    if (fits_whole(r, whole, closing, followed))
        put_part(r, 0, whole, r->blanks, r->opening);
    else
        put_parts(r, closing, followed);
    writer_put_word(r->w, closing);
    gathered_end(&r->text);
    writer_settle(r->w);
}
