/* writer.h - append to an output line by line, and know how long the line is.
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
    const char *item;       /* the last item on that line: a place in the body */
} writer_place;

typedef struct {
    mip_output *output;
    const mip_style *style;
    mip_text body;            /* what offsets count from */
    size_t start;             /* the output's size before the first append */
    size_t columns, octets;   /* of the line so far */
    size_t lines;             /* how often a line was broken */
    const char *item;         /* the last item on the line: a place in the body */
    writer_place gap;         /* the last white space at which it may be broken */
    writer_place fws;         /* the last place where one SP may be put in to break it there, if it must be */
    writer_place comment_gap; /* the last white space in a comment that is kept whole, unless what is glued to it would
                                 pass the columns of a line with encoded-words */
    int has_word;             /* the line holds more than the field's name or white space */
    int has_encoded_word;
    int has_beginnings;       /* "=?", with which encoded-words begin, may be in the body */
    int beside_encoded_words; /* the field was set, and holds encoded-words or will */
    int is_text;              /* a line is broken at a single SP where it can be: of other folds many programs lose a blank */
    mip_result result;
} writer;

static inline void writer_start(writer *w, mip_output *output, const mip_style *style, mip_text body)
{
    memset(w, 0, sizeof *w);
    w->output = output;
    w->style = style;
    w->body = body;
    w->item = body.data;
    w->start = output->size;
    w->has_beginnings = 1;
    w->result.status = MIP_OK;
}

/* The first failure, if any; the output is then as writer_start() found it. */
mip_result writer_finish(writer *w);

/* `at` points into the body. */
void writer_fail(writer *w, mip_status status, const char *at);

/* Append an item, which is not broken inside: `blanks`, the white space before it, then `opening`, `text` and
 * `closing`.  The line is broken before `blanks`, if it holds a word already and the item does not
 * fit.  `is_encoded` says that the item holds an encoded-word. */
void writer_put_item(writer *w, mip_text blanks, mip_text opening, mip_text text, mip_text closing, int is_encoded);

/* Break the line at its last gap, if what was put after that made it too long; or at the last place after it where FWS
 * is allowed, if no gap keeps the line within 998 octets. */
void writer_settle(writer *w);

/* Break a line that will hold so many more columns, and at most so many octets, before it can be settled again, where
 * writer_settle() would break it. */
void writer_settle_for(writer *w, size_t columns, size_t octets);

/* Break the line at its last gap, if it has one; and in a comment, where so many more columns leave no other way. */
void writer_break_back(writer *w, size_t columns);

/* Break a line of text at the last single SP on it that has no backslash before it, which to some programs quotes the
 * line's end; 0 where there is none.  The last `scratch` octets of the output are not part of the line. */
int writer_break_well(writer *w, size_t scratch);

/* End the line.  MIP_LINE_TOO_LONG where it has more than 998 octets and the body was set. */
void writer_break(writer *w);

/* Append the rest of a line, and end the line, which has at most 998 octets. */
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

/* Append octets that are not part of a line: a scratch area at the output's end. */
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

/* Append to the line.  A line that holds words may be broken; one that holds white space only may not. */
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

/* After the end of a line. */
static inline void writer_begin_line(writer *w)
{
    w->lines++;
    w->columns = w->octets = 0;
    w->gap.offset = w->fws.offset = w->comment_gap.offset = 0;
    w->has_word = w->has_encoded_word = 0;
}

/* The place that the line has come to. */
static inline writer_place writer_here(const writer *w)
{
    writer_place here = {w->output->size, w->columns, w->octets, w->item};

    return here;
}

/* Is `blanks`, the white space that comes next, a single SP with no backslash before it? */
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

/* The octets of the line after its last gap. */
static inline size_t writer_octets_behind_gap(const writer *w)
{
    return w->gap.offset > 0 ? w->octets - w->gap.octets : w->octets;
}

/* Note a place where the grammar has FWS and the value no white space: one SP is put in here if the line would pass 998
 * octets and holds no white space to fold at (RFC 5322, 2.1.1). */
static inline void writer_allow_fws(writer *w)
{
    if (w->has_word)
        w->fws = writer_here(w);
}

/* The most columns that a line should have; for one that holds an encoded-word see writer_encoded_limit(). */
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
