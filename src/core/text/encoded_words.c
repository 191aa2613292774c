#include "text/encoded_words.h"

#include "lex/encoded_word_part.h"
#include "lex/limits.h"
#include "lex/span.h"
#include "write/gathered.h"
#include "write/writer.h"

encoded_words encoded_words_none(writer *w)
{
    encoded_words run = {0};

    run.w = w;
    return run;
}

void encoded_words_open(encoded_words *run, mip_text blanks, mip_text opening, int is_utf8)
{
    /* CPython refuses such a limit in the same words (email._header_value_parser, _fold_as_ew). */
    if (writer_limit(run->w) <= encoded_word_frame(is_utf8) + 1)
        writer_fail(run->w, MIP_LIMIT_TOO_SMALL, opening.size ? opening.data : NULL);
    /* A run that is glued to the words before it takes them along to a new line. */
    if (blanks.size == 0 && !writer_fits(run->w, LEAST_COLUMNS, LEAST_COLUMNS, 1))
        writer_settle_for(run->w, opening.size + LEAST_COLUMNS, opening.size + ENCODED_WORD_SIZE);
    run->is_open = 1;
    run->text = gathered_begin(run->w);
    run->is_utf8 = is_utf8;
    run->blanks = blanks;
    run->is_single = writer_is_single(run->w, blanks);
    run->opening = opening;
    if (blanks.size > MOST_BLANKS && opening.size == 0) {
        mip_text rest = {blanks.data + 1, blanks.size - 1};
        run->blanks.size = 1;
        encoded_words_add(run, rest);
    }
}

void encoded_words_put_part(writer *w, encoded_word_part part, const char *text)
{
    char *word = writer_extend(w, part.size);

    if (word)
        encoded_word_write(part, text, word);
    w->has_encoded_word = 1;
}

void encoded_words_add(encoded_words *run, mip_text piece)
{
    gathered_add(&run->text, piece);
}

/* `rest`, the end of the run's text, where it is now: a text that was gathered moves when the output grows. */
static inline mip_text rest_of_run(encoded_words *run, mip_text rest)
{
    mip_text text;

    if (!run->text.is_gathered)
        return rest;
    text = gathered_text(&run->text);
    return span(text.data + text.size - rest.size, text.data + text.size);
}

/* The part of `rest` that goes into an encoded-word after `used` columns of the line.  The last part leaves `closing`
 * columns for what follows it. */
static inline encoded_word_part fit(const encoded_words *run, mip_text rest, int last, size_t used, size_t closing)
{
    size_t limit = writer_encoded_limit(run->w), room = used < limit ? limit - used : 0;
    encoded_word_part part = encoded_word_fit(rest, run->is_utf8, run->encoding, last, room);

    if (part.octets == rest.size && part.size + closing > room)
        part = encoded_word_fit(rest, run->is_utf8, run->encoding, last, closing < room ? room - closing : 0);
    return part;
}

/* The part of `rest` that goes into an encoded-word after `lead` more columns of this line; at least one character, if
 * it must be beyond the line's limit. */
static inline encoded_word_part fit_on_line(const encoded_words *run, mip_text rest, size_t lead, size_t tail, int followed)
{
    size_t used = run->w->columns + lead;
    encoded_word_part part = fit(run, rest, !followed, used, tail);

    if (part.octets == 0 && tail > 0)
        part = fit(run, rest, !followed, used, 0);
    return part.octets > 0 ? part : encoded_word_first(rest, run->is_utf8);
}

/* Write a part of `rest`, the text that is not yet written, as an encoded-word. */
static inline void put_part(encoded_words *run, mip_text rest, encoded_word_part part, mip_text blanks, mip_text opening)
{
    writer *w = run->w;

    writer_put_gap(w, blanks);
    writer_put_word(w, opening);
    if (writer_make_room(w, part.size))
        encoded_words_put_part(w, part, rest_of_run(run, rest).data);
}

/* Does all of the text go into one encoded-word on this line?  Only the last of a run may be padded. */
static int fits_whole(const encoded_words *run, encoded_word_part whole, mip_text closing, int followed)
{
    const writer *w = run->w;
    size_t beside = run->blanks.size + writer_columns(w, run->opening) + writer_columns(w, closing);

    return whole.size <= ENCODED_WORD_SIZE && w->columns + beside + whole.size <= writer_encoded_limit(w) &&
           !(followed && whole.encoding == 'B' && whole.octets % 3 != 0);
}

/* Does all of `rest` go into one more encoded-word on this line?  Where another run follows, B leaves over what would
 * be padded. */
static int fits_beside(const encoded_words *run, mip_text rest, size_t tail)
{
    return fit(run, rest, 0, run->w->columns + space.size, tail).octets == rest.size;
}

/* The first part of a text, on this line or on a new one; a line of text is broken at a better place than before the
 * run, if it has one. */
static encoded_word_part fit_first(encoded_words *run, mip_text text, size_t tail, int followed)
{
    writer *w = run->w;
    size_t lead = run->blanks.size + writer_columns(w, run->opening), size = w->output->size;
    encoded_word_part part = fit(run, text, !followed, w->columns + lead, tail);

    if (part.octets > 0 || !w->has_word || run->blanks.size == 0)
        return part.octets > 0 ? part : fit_on_line(run, text, lead, tail, followed);
    if (w->is_text && !run->is_single && writer_break_well(w, gathered_octets(&run->text))) {
        gathered_move(&run->text, w->output->size - size);
        part = fit(run, rest_of_run(run, text), !followed, w->columns + lead, tail);
        if (part.octets > 0)
            return part;
    }
    writer_break(w);
    return fit_on_line(run, rest_of_run(run, text), lead, tail, followed);
}

/* Write the text as encoded-words, each on a line of its own apart from what fits on this one. */
static void put_parts(encoded_words *run, mip_text closing, int followed)
{
    writer *w = run->w;
    mip_text blanks = run->blanks, opening = run->opening, rest = gathered_text(&run->text);
    size_t tail = writer_columns(w, closing);
    encoded_word_part part = fit_first(run, rest, tail, followed);

    for (;;) {
        put_part(run, rest, part, blanks, opening);
        rest = rest_of_run(run, span(rest.data + part.octets, rest.data + rest.size));
        if (rest.size == 0 || w->result.status != MIP_OK)
            return;
        if (!followed || !fits_beside(run, rest, tail)) {
            writer_break(w);
            rest = rest_of_run(run, rest);
        }
        blanks = space;
        opening = nothing;
        part = fit_on_line(run, rest, blanks.size, tail, followed);
    }
}

void encoded_words_put(encoded_words *run, mip_text closing, int followed)
{
    mip_text text;
    encoded_word_part whole;

    if (!run->is_open)
        return;
    run->is_open = 0;
    if (run->w->result.status != MIP_OK)
        return;
    if (run->opening.size > 0)
        run->w->item = run->opening.data;
    text = gathered_text(&run->text);
    whole = encoded_word_whole(text, run->is_utf8);
    run->encoding = whole.encoding;
    if (fits_whole(run, whole, closing, followed))
        put_part(run, text, whole, run->blanks, run->opening);
    else if (text.size > 0)
        put_parts(run, closing, followed);
    writer_put_word(run->w, closing);
    gathered_end(&run->text);
    writer_settle(run->w);
}

void encoded_words_put_piece(writer *w, mip_text blanks, mip_text piece, char encoding)
{
    encoded_words run = encoded_words_none(w);

    run.text.w = w;
    run.text.borrowed = piece;
    run.is_utf8 = 1;
    run.encoding = encoding;
    run.blanks = blanks;
    run.is_single = writer_is_single(w, blanks);
    put_parts(&run, nothing, 0);
}
