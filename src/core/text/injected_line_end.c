#include "text/injected_line_end.h"

#include <string.h>

#include "lex/encoded_word.h"
#include "lex/line_end.h"
#include "lex/span.h"
#include "text/charset.h"
#include "write/writer.h"

/* Read the begin of what lenient readers take for an encoded-word: CPython's email.header does, for one.
 *   "=?" *<not "?"> "?" ("B" / "Q") "?"
 * Returns where the encoded-text begins; NULL where there is none. */
static const char *read_frame(const char *at, const char *end, encoded_word *word)
{
    const char *begin = at + 2, *language;

    if (end - at < 5 || at[0] != '=' || at[1] != '?')
        return NULL;
    at = memchr(begin, '?', (size_t)(end - begin));
    if (!at || end - at < 3 || at[2] != '?' || !memchr("BbQq", at[1], 4))
        return NULL;
    language = memchr(begin, '*', (size_t)(at - begin));
    word->charset = span(begin, language ? language : at);
    word->encoding = at[1] == 'Q' || at[1] == 'q' ? 'Q' : 'B';
    return at + 3;
}

typedef int word_reading(mip_text text, encoded_word *word);

/* Read that, and after it *<any> "?="
 * Where no "?=" follows it goes up to the end: folding may write an encoded-word after it, which has one. */
static int read_loosely(mip_text text, encoded_word *word)
{
    const char *end = text.data + text.size, *begin = read_frame(text.data, end, word), *at = begin;

    if (!begin)
        return 0;
    while (at < end && (at = memchr(at, '?', (size_t)(end - at))) != NULL && (end - at < 2 || at[1] != '='))
        at++;
    if (!at)
        at = end;
    word->encoded_text = span(begin, at);
    word->size = (size_t)((at < end ? at + 2 : end) - text.data);
    return 1;
}

/* Look through the words of one charset at `at` with nothing but white space between, each by itself and all together,
 * as some readers decode them.  Returns their end. */
static const char *check_run(writer *w, const char *at, const char *end, word_reading *read)
{
    size_t start = w->output->size;
    const char *begin = at, *after = at;
    mip_text charset = {NULL, 0};
    encoded_word word;

    while (w->result.status == MIP_OK && read(span(at, end), &word) && (at == begin || span_is_same(word.charset, charset))) {
        size_t own = w->output->size;
        charset_put_octets(w, &word);
        if (charset_takes_line_end(w, own, word.charset))
            writer_fail(w, MIP_LINE_END, at);
        charset_put_octets(w, &word);
        charset = word.charset;
        after = at + word.size;
        at = span_blanks(after, end);
    }
    if (charset_takes_line_end(w, start, charset))
        writer_fail(w, MIP_LINE_END, begin);
    return after;
}

/* How deep what lenient readers take for encoded-words is looked into.  Each level costs a look at every octet. */
enum { LEVELS = 3 };

/* The first level on which no word goes on after the begin of encoded-text.  The "?" before that may end one, with the
 * "=" that it begins with. */
static int level_of(const char *const ends[LEVELS], const char *text)
{
    int level = 0;

    while (level < LEVELS && ends[level] - text > 1)
        level++;
    return level;
}

/* An encoded-word inside of what lenient readers take for one counts, as folding may encode what is before it.  So do
 * those by themselves that are encoded-words to all, as it may encode the others. */
void injected_line_end_check(writer *w, mip_text body)
{
    const char *end = body.data + body.size, *at = line_end_find(body), *text;
    const char *loose_ends[LEVELS], *strict_end = body.data;
    encoded_word word;

    if (at)
        writer_fail(w, MIP_LINE_END, at);
    for (int level = 0; level < LEVELS; level++)
        loose_ends[level] = body.data;
    at = body.data;
    while (w->result.status == MIP_OK && at < end && (at = memchr(at, '=', (size_t)(end - at))) != NULL) {
        int level = (text = read_frame(at, end, &word)) != NULL ? level_of(loose_ends, text) : LEVELS;
        if (level < LEVELS)
            loose_ends[level] = check_run(w, at, end, read_loosely);
        if (text && strict_end - at <= 1) /* the "=" of "?=" may begin another */
            strict_end = check_run(w, at, end, encoded_word_read);
        at++;
    }
}
