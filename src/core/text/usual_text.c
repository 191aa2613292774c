#include "text/usual_text.h"

#include <stdint.h>
#include <string.h>

#include "lex/limits.h"
#include "lex/octets16.h"
#include "lex/span.h"
#include "lex/utf8.h"
#include "text/usual_encoded_words.h"
#include "write/usual_lines.h"
#include "write/writer.h"

/* The words of a text, which SP bounds, 64 octets at a time.  Masks have a bit for each of these octets. */
typedef struct {
    const char *begin, *end; /* the text */
    const char *at;          /* the octets that the masks are of */
    const char *word;        /* where the word begins that they begin in */
    uint64_t spaces;
    uint64_t ends;         /* the SP behind each word that was not passed yet */
    uint64_t foreign_ends; /* of these, those behind a word that has an octet that is not US-ASCII */
    uint64_t is_in_word;   /* the last octet was not SP */
    uint64_t is_foreign;   /* it was part of such a word */
} word_scan;

/* Look at the octets at `at`, and at SP behind the end of the text.  Of each word all bits are added to those of its
 * octets that are not US-ASCII: with any of these there is a carry, which comes to the SP behind the word. */
static inline void look_at_words(word_scan *scan)
{
    char last[OCTETS64_SIZE];
    const char *octets = scan->at;
    uint64_t others, foreign, sum;

    if (scan->end - scan->at < OCTETS64_SIZE) {
        memset(last, ' ', sizeof last);
        octets = memcpy(last, scan->at, (size_t)(scan->end - scan->at));
    }
    scan->spaces = octets64_spaces(octets);
    foreign = octets64_8bit(octets);
    others = ~scan->spaces;
    scan->ends = scan->spaces & (others << 1 | scan->is_in_word);
    sum = others + scan->is_foreign;
    scan->is_foreign = sum < others;
    sum += foreign;
    scan->is_foreign |= sum < foreign;
    scan->foreign_ends = sum;
    scan->is_in_word = others >> (OCTETS64_SIZE - 1);
}

/* Look at the next octets.  A long word, as in Chinese and Japanese, is skipped. */
static inline void look_further(word_scan *scan)
{
    const char *next = scan->at + OCTETS64_SIZE;

    if (scan->spaces) {
        scan->word = scan->at + octets_last(scan->spaces) + 1;
    } else if (scan->is_foreign) {
        next = memchr(next, ' ', (size_t)(scan->end - next));
        next = next ? next : scan->end;
    }
    scan->at = next;
    look_at_words(scan);
}

/* The next word that is not in US-ASCII, or that is; empty, at the end of the text, where there is none. */
static inline mip_text next_word(word_scan *scan, int is_foreign)
{
    for (;;) {
        uint64_t found = scan->ends & (is_foreign ? scan->foreign_ends : ~scan->foreign_ends), passed = found ^ (found - 1);
        if (found) {
            uint64_t before = scan->spaces & passed >> 1;
            scan->ends &= ~passed;
            return span(before ? scan->at + octets_last(before) + 1 : scan->word, scan->at + octets_first(found));
        }
        if (scan->end - scan->at < OCTETS64_SIZE) {
            scan->ends = 0;
            return span(scan->end, scan->end);
        }
        look_further(scan);
    }
}

static const char *blanks_begin(const char *least, const char *at)
{
    while (at > least && at[-1] == ' ')
        at--;
    return at;
}

/* Write words that stay as they are, and runs of those that do not; 0 where something is not usual. */
static int put_words(writer *w, mip_text body)
{
    word_scan scan = {body.data, body.data + body.size, body.data, body.data, 0, 0, 0, 0, 0};
    const char *at = scan.begin;
    size_t limit = writer_encoded_limit(w);
    mip_text first;

    look_at_words(&scan);
    while ((first = next_word(&scan, 1)).size > 0) {
        mip_text plain = next_word(&scan, 0);
        const char *blanks = blanks_begin(at, first.data), *end = blanks_begin(first.data, plain.data);
        if (first.data - blanks > MOST_BLANKS || (blanks > at && !usual_lines_put_words(w, span(at, blanks), limit)))
            return 0;
        /* Readers drop white space between encoded-words (RFC 2047, 6.2), so that between these words is encoded with
         * them. */
        usual_encoded_words_put(w, span(blanks, first.data), span(first.data, end), limit);
        at = end;
    }
    return at == scan.end || usual_lines_put_words(w, span(at, scan.end), limit);
}

int usual_text_fold(writer *w, mip_text body)
{
    writer before = *w;
    size_t size = w->output->size;

    if (w->result.status != MIP_OK || w->style->utf8 || writer_limit(w) < LEAST_LIMIT || body.size == 0 ||
        body.data[0] == ' ' || body.data[body.size - 1] == ' ' || !(w->style->well_formed || utf8_is_valid(body)))
        return 0;
    w->is_text = 1;
    if (put_words(w, body))
        return 1;
    *w = before;
    w->output->size = size;
    return 0;
}
