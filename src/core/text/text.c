#include "text/text.h"

#include <string.h>

#include "lex/encoded_word.h"
#include "lex/limits.h"
#include "lex/octet.h"
#include "lex/span.h"
#include "lex/utf8.h"
#include "text/charset.h"
#include "text/encoded_words.h"
#include "text/literal.h"
#include "text/look_alike.h"
#include "text/word.h"
#include "write/gathered.h"
#include "write/writer.h"

/* Add a word's text to the run: without the backslash of a quoted-pair, or decoded. */
static void gather_text(const word_reader *reader, encoded_words *run, const text_word *next)
{
    const char *at = next->text.data, *end = at + next->text.size;

    if (next->kind == WORD_TO_DECODE) {
        gathered_open(&run->text);
        charset_decode(run->w, next->text);
        return;
    }
    while (reader->comment && at < end) {
        const char *backslash = memchr(at, '\\', (size_t)(end - at));
        if (!backslash || end - backslash < 2)
            break;
        encoded_words_add(run, span(at, backslash));
        encoded_words_add(run, span(backslash + 1, backslash + 2));
        at = backslash + 2;
    }
    encoded_words_add(run, span(at, end));
}

/* Was a word an encoded-word in the value?  White space between two encoded-words is not part of their text (RFC 2047,
 * 6.2).  So it goes into the run where a word that was no encoded-word becomes one beside another; where both were
 * encoded-words before, it may be left out. */
static int is_encoded_word(word_kind kind)
{
    return kind == WORD_ENCODED || kind == WORD_TO_DECODE;
}

/* Add a word to the run of encoded-words, or open one for it.  `last` is the word before. */
static void extend_run(const word_reader *reader, encoded_words *run, const text_word *next, word_kind last)
{
    int is_utf8 =
        next->kind == WORD_TO_DECODE ? charset_decodes_to_utf8(next->text) : reader->is_utf8 || utf8_is_valid(next->text);
    mip_text blanks = is_encoded_word(last) && is_encoded_word(next->kind) ? nothing : next->blanks;

    if (run->is_open && next->opening.size > 0)
        encoded_words_put(run, nothing, 0);
    if (run->is_open) {
        encoded_words_add(run, blanks);
        if (run->is_utf8 != is_utf8) {
            encoded_words_put(run, nothing, 1);
            encoded_words_open(run, space, nothing, is_utf8);
        }
    } else if (last == WORD_ENCODED && next->opening.size == 0) {
        encoded_words_open(run, space, nothing, is_utf8);
        encoded_words_add(run, blanks);
    } else {
        encoded_words_open(run, next->blanks, next->opening, is_utf8);
    }
    gather_text(reader, run, next);
    if (next->closing.size > 0)
        encoded_words_put(run, next->closing, 0);
}

/* Write a word that stays as it is, after the run before it. */
static void put_word(writer *w, encoded_words *run, text_word *next, word_kind last)
{
    int is_encoded = next->kind == WORD_ENCODED, follows = is_encoded && next->opening.size == 0;

    if (run->is_open && follows && !is_encoded_word(last)) {
        encoded_words_add(run, next->blanks);
        next->blanks = space;
    }
    encoded_words_put(run, nothing, follows);
    /* CPython would encode the word, and refuses such a limit (bpo-36564). */
    if (next->text.size > writer_limit(w) && writer_limit(w) < LEAST_LIMIT)
        writer_fail(w, MIP_LIMIT_TOO_SMALL, next->text.data);
    writer_put_item(w, next->blanks, next->opening, next->text, next->closing, is_encoded);
}

/* Fold the words that a reader reads.  `blanks` and `opening` come before the first word of a comment, `closing`
 * follows its last. */
static void fold_words(word_reader *reader, mip_text blanks, mip_text opening, mip_text closing)
{
    encoded_words run = encoded_words_none(reader->w);
    word_kind last = WORD_PLAIN;
    text_word next;

    while (reader->w->result.status == MIP_OK && word_next(reader, &next)) {
        if (reader->comment) {
            if (blanks.size > 0)
                next.blanks = blanks;
            if (opening.size > 0)
                next.opening = span(opening.data, next.text.data);
            if (reader->at == reader->end)
                next.closing = span(next.text.data + next.text.size, closing.data + closing.size);
            blanks = opening = nothing;
        }
        if (word_is_to_encode(next.kind))
            extend_run(reader, &run, &next, last);
        else
            put_word(reader->w, &run, &next, last);
        last = next.closing.size > 0 ? WORD_PLAIN : next.kind;
    }
    encoded_words_put(&run, nothing, 0);
}

void text_fold_unstructured(writer *w, mip_text body)
{
    word_reader reader = word_start(w, body, 0);

    w->is_text = 1;
    fold_words(&reader, nothing, nothing, nothing);
}

/* Write a comment and what is around it.  Returns 1 if all is on one line.  That can then be broken before the comment,
 * and inside it only where what is glued to it makes the line too long; in what was read both are alike. */
static int put_comment(writer *w, mip_text blanks, mip_text opening, mip_text comment, mip_text closing)
{
    word_reader reader = word_start(w, comment, 1);
    writer_place gap = w->has_word && blanks.size > 0 ? writer_here(w) : w->gap;
    size_t lines = w->lines;

    fold_words(&reader, blanks, opening, closing);
    if (w->lines != lines && w->result.status == MIP_OK)
        return 0;
    if (w->style->read)
        return 1;
    if (w->gap.offset > gap.offset)
        w->comment_gap = w->gap;
    w->gap = gap;
    return 1;
}

/* Go back to where the writer was `before`, when the output had this size. */
static void undo(writer *w, const writer *before, size_t size)
{
    *w = *before;
    w->output->size = size;
}

/* Write a comment as one text to encode, with nothing but its parentheses outside.  Returns 1 if that is one
 * encoded-word.  A comment with comments or encoded-words in it, and one that was read, is not written. */
static int put_comment_as_one(writer *w, mip_text blanks, mip_text opening, mip_text comment, mip_text closing)
{
    mip_text inside = span(comment.data + 1, comment.data + comment.size - 1);
    const char *begin = opening.size > 0 ? opening.data : comment.data;
    word_reader reader = word_start(w, inside, 1);
    text_word all = {WORD_TO_ENCODE, nothing, nothing, inside, nothing};
    encoded_words run = encoded_words_none(w);
    size_t lines = w->lines;

    if (w->style->read || memchr(inside.data, '(', inside.size) || memchr(inside.data, ')', inside.size) ||
        (span_find_two(inside, "=?") && span_find_two(inside, "?=")))
        return 0;
    encoded_words_open(&run, blanks, span(begin, inside.data), utf8_is_valid(inside));
    gather_text(&reader, &run, &all);
    encoded_words_put(&run, span(inside.data + inside.size, closing.data + closing.size), 0);
    return w->lines == lines;
}

/* The octets after a comment, which ends before `at`, that stay on its line, whatever they are: up to white space, a comment,
 * which can be broken itself, or what comes after a separator. */
static size_t touching_octets(const writer *w, const char *at)
{
    const char *begin = at, *end = w->body.data + w->body.size;

    if (end - at > ENCODED_LINE_COLUMNS)
        end = at + ENCODED_LINE_COLUMNS;
    while (at < end && !octet_is(*at, OCTET_WSP) && *at != '(' && (octet_is_separator(*at) || !octet_is_separator(at[-1])))
        at++;
    return (size_t)(at - begin);
}

/* Write a comment on a new line if that can hold it and what touches it, word by word or as one encoded-word; else write
 * nothing. */
static int put_comment_whole(writer *w, mip_text blanks, mip_text opening, mip_text comment, mip_text closing,
                             mip_syntax syntax)
{
    writer before = *w, new_line;
    mip_style style = *w->style;
    size_t size = w->output->size, new_size, limit = writer_encoded_limit(w);
    size_t touching = touching_octets(w, comment.data + comment.size + closing.size);
    int is_whole;

    if (syntax == MIP_ADDRESSES || syntax == MIP_MSG_IDS)
        limit = ENCODED_LINE_COLUMNS;
    if (limit < touching + LEAST_COLUMNS)
        return 0;
    style.max_line_length = limit - touching;
    w->style = &style;
    writer_break(w);
    new_line = *w;
    new_size = w->output->size;
    is_whole = put_comment(w, blanks, opening, comment, closing);
    if (!is_whole) {
        undo(w, &new_line, new_size);
        is_whole = put_comment_as_one(w, blanks, opening, comment, closing);
    }
    if (!is_whole)
        undo(w, &before, size);
    w->style = before.style;
    return is_whole;
}

void text_fold_comment(writer *w, mip_text blanks, mip_text opening, mip_text comment, mip_text closing, mip_syntax syntax)
{
    writer before = *w;
    size_t size = w->output->size;

    if (put_comment(w, blanks, opening, comment, closing) || blanks.size == 0 || !before.has_word)
        return;
    undo(w, &before, size);
    if (!put_comment_whole(w, blanks, opening, comment, closing, syntax))
        put_comment(w, blanks, opening, comment, closing);
}

int text_is_comment_encoded(const writer *w, mip_text comment)
{
    const char *at = comment.data, *end = at + comment.size, *fault;
    encoded_word encoded;

    if (literal_needs_encoding(w, comment, &fault) || look_alike_may_be(w, comment))
        return 1;
    while ((at = memchr(at, '=', (size_t)(end - at))) != NULL) {
        if (encoded_word_read(span(at, end), &encoded))
            return 1;
        at++;
    }
    return 0;
}
