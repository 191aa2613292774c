/* writer.h - append to an output line by line, and know where the line stands.
 *
 * A refused append sticks, as does every other failure: later calls do nothing, and only
 * writer_finish() has to be asked. */
#ifndef MIP_WRITER_H
#define MIP_WRITER_H

#include <string.h>

#include "lex/limits.h"
#include "lex/utf8.h"
#include "msgidpolicy.h"
#include "write/output.h"

/* A place on the line where it may be broken. */
typedef struct {
    size_t offset;          /* in the output; 0 when there is none */
    size_t columns, octets; /* of the line before it */
    const char *item;       /* the last on that: a place in the body */
} writer_place;

typedef struct {
    mip_output *output;
    const mip_style *style;
    mip_text body;          /* what offsets count from */
    size_t start;           /* the output's size before the first append */
    size_t columns, octets; /* of the line so far */
    size_t lines;           /* how often a line was broken */
    const char *item;       /* the last that was put on it: a place in the body */
    writer_place gap;       /* the last white space at which it may be broken */
    writer_place fws;       /* the last place where one SP may be put in for that, if it must be */
    int has_word;           /* the line holds more than the field's name or white space */
    int has_encoded_word;
    int has_beginnings;     /* "=?", with which encoded-words begin, may be in the body */
    int beside_encoded_words; /* the field that was set holds encoded-words, or will */
    int is_text; /* a line is broken at one SP where it can be: of other folds many programs lose a blank */
    mip_result result;
} writer;

writer writer_start(mip_output *output, const mip_style *style, mip_text body);

/* The first failure, if any; the output is then as writer_start() found it. */
mip_result writer_finish(writer *w);

/* `at` points into the body. */
void writer_fail(writer *w, mip_status status, const char *at);

/* Append an item that is not broken: `opening`, `text` and `closing` behind the white space that
 * stood before them.  The line is broken before that, if it holds a word already and the item
 * does not fit.  `is_encoded` says that the item holds an encoded-word. */
void writer_put_item(writer *w, mip_text blanks, mip_text opening, mip_text text, mip_text closing, int is_encoded);

/* Break the line at its last gap, if it has become too long by what was put behind that; or where FWS was allowed
 * behind that, if no gap keeps it within 998 octets. */
void writer_settle(writer *w);

/* The same for a line that will hold so many more octets before it can be settled again. */
void writer_settle_for(writer *w, size_t octets);

/* Break the line at its last gap, if it has one. */
void writer_break_back(writer *w);

/* Break a line of text at the last white space on it that is one SP, with no backslash before it, which to some programs
 * quotes the line's end.  0 where there is none.  So many octets that end the output are no part of the line. */
int writer_break_well(writer *w, size_t scratch);

/* End the line.  MIP_LINE_TOO_LONG where it has more than 998 octets and the body was set. */
void writer_break(writer *w);

/* Append the rest of a line, and end that, which has not more than 998 octets. */
void writer_put_line(writer *w, mip_text line);

/* The columns that text takes. */
static inline size_t writer_columns(const writer *w, mip_text text)
{
    return w->style->utf8 ? utf8_columns(text) : text.size;
}

/* Have room for `size` more octets; 0 when that fails. */
static inline int writer_make_room(writer *w, size_t size)
{
    if (w->result.status != MIP_OK)
        return 0;
    if (output_make_room(w->output, size))
        return 1;
    writer_fail(w, MIP_NO_SPACE, NULL);
    return 0;
}

/* Make the output `size` octets longer, and return where they have to be written; NULL when that fails. */
static inline char *writer_append(writer *w, size_t size)
{
    mip_output *output = w->output;

    if (!writer_make_room(w, size))
        return NULL;
    output->size += size;
    return output->data + output->size - size;
}

/* Append octets that are no part of a line: a scratch area at the output's end. */
static inline void writer_put_scratch(writer *w, mip_text octets)
{
    char *at = octets.size > 0 ? writer_append(w, octets.size) : NULL;

    if (at && octets.size == 1)
        *at = *octets.data; /* a blank, most often */
    else if (at)
        memcpy(at, octets.data, octets.size);
}

/* Make the line `size` octets longer, each a column, and return where they have to be written; NULL
 * when that fails. */
static inline char *writer_extend(writer *w, size_t size)
{
    w->columns += size;
    w->octets += size;
    w->has_word = 1;
    return writer_append(w, size);
}

/* Append to the line.  Words make it one that may be broken; white space does not. */
static inline void writer_put_word(writer *w, mip_text word)
{
    if (word.size == 0)
        return;
    writer_put_scratch(w, word);
    w->columns += writer_columns(w, word);
    w->octets += word.size;
    w->has_word = 1;
}

static inline void writer_put_blanks(writer *w, mip_text blanks)
{
    writer_put_scratch(w, blanks);
    w->columns += blanks.size;
    w->octets += blanks.size;
}

/* Where the line stands. */
static inline writer_place writer_here(const writer *w)
{
    writer_place here = {w->output->size, w->columns, w->octets, w->item};

    return here;
}

/* Is white space that comes next such a SP? */
static inline int writer_is_single(const writer *w, mip_text blanks)
{
    return blanks.size == 1 && *blanks.data == ' ' && w->output->data[w->output->size - 1] != '\\';
}

/* Append white space at which the line may be broken, now or by writer_settle(). */
static inline void writer_put_gap(writer *w, mip_text blanks)
{
    if (w->has_word && blanks.size > 0)
        w->gap = writer_here(w);
    writer_put_blanks(w, blanks);
}

/* The octets of the line behind its last gap. */
static inline size_t writer_octets_behind_gap(const writer *w)
{
    return w->gap.offset > 0 ? w->octets - w->gap.octets : w->octets;
}

/* Where the grammar has FWS and the value no white space: one SP is put in here if a line would pass 998 octets and
 * holds no white space to fold at (RFC 5322, 2.1.1). */
static inline void writer_allow_fws(writer *w)
{
    if (w->has_word)
        w->fws = writer_here(w);
}

/* The most columns that a line should have, and one that holds an encoded-word. */
static inline size_t style_limit(const mip_style *style)
{
    size_t limit = style->max_line_length;

    return limit == 0 || limit > LINE_OCTETS ? LINE_OCTETS : limit;
}

static inline size_t writer_limit(const writer *w)
{
    return style_limit(w->style);
}

static inline size_t writer_encoded_limit(const writer *w)
{
    size_t limit = writer_limit(w);

    return limit > ENCODED_LINE_COLUMNS ? ENCODED_LINE_COLUMNS : limit;
}

/* May the line take so many more columns and octets? */
static inline int writer_fits(const writer *w, size_t columns, size_t octets, int is_encoded)
{
    size_t limit = is_encoded || w->has_encoded_word ? writer_encoded_limit(w) : writer_limit(w);

    return w->columns + columns <= limit && w->octets + octets <= LINE_OCTETS;
}

#endif
