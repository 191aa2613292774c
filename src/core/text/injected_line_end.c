#include "text/injected_line_end.h"

#include <string.h>

#include "lex/encoded_word.h"
#include "lex/line_end.h"
#include "lex/span.h"
#include "text/charset.h"
#include "write/writer.h"

/* Read what lenient readers take for an encoded-word: CPython's email.header does, for one.
 *   "=?" *<not "?"> "?" ("B" / "Q") "?" *<any> "?="
 * Where no "?=" follows it goes up to the end: folding may write an encoded-word after it, which has one. */
static int read_loosely(const char *at, const char *end, encoded_word *word)
{
    const char *begin = at + 2, *language, *word_begin = at;

    if (end - at < 5 || at[0] != '=' || at[1] != '?')
        return 0;
    at = memchr(begin, '?', (size_t)(end - begin));
    if (!at || end - at < 3 || at[2] != '?' || !memchr("BbQq", at[1], 4))
        return 0;
    language = memchr(begin, '*', (size_t)(at - begin));
    word->charset = span(begin, language ? language : at);
    word->encoding = at[1] == 'Q' || at[1] == 'q' ? 'Q' : 'B';
    begin = at += 3;
    while (at < end && (at = memchr(at, '?', (size_t)(end - at))) != NULL && (end - at < 2 || at[1] != '='))
        at++;
    if (!at)
        at = end;
    word->encoded_text = span(begin, at);
    word->size = (size_t)((at < end ? at + 2 : end) - word_begin);
    return 1;
}

/* Look through words of one charset with nothing but white space between, each by itself and all together, as some
 * readers decode them.  Returns their end; `first` begins at `at`. */
static const char *check_run(writer *w, const encoded_word *first, const char *at, const char *end)
{
    size_t start = w->output->size;
    const char *begin = at, *behind = at;
    encoded_word word = *first;

    do {
        size_t own = w->output->size;
        charset_put_octets(w, &word);
        if (charset_takes_line_end(w, own, word.charset))
            writer_fail(w, MIP_LINE_END, at);
        charset_put_octets(w, &word);
        behind = at + word.size;
        at = span_blanks(behind, end);
    } while (w->result.status == MIP_OK && read_loosely(at, end, &word) && span_is_same(word.charset, first->charset));
    if (charset_takes_line_end(w, start, first->charset))
        writer_fail(w, MIP_LINE_END, begin);
    return behind;
}

/* An encoded-word inside of what lenient readers take for an encoded-word is checked as well, as folding may encode
 * what is before it. */
void injected_line_end_check(writer *w, mip_text body)
{
    const char *end = body.data + body.size, *at = line_end_find(body), *loose_end = body.data, *strict_end = body.data;
    encoded_word strict, word;

    if (at)
        writer_fail(w, MIP_LINE_END, at);
    at = body.data;
    while (w->result.status == MIP_OK && at < end && (at = memchr(at, '=', (size_t)(end - at))) != NULL) {
        int is_strict = encoded_word_read(span(at, end), &strict), is_inside = at < loose_end;
        const char *behind;
        if ((is_inside && (!is_strict || at < strict_end)) || !read_loosely(at, end, &word)) {
            at++;
            continue;
        }
        behind = check_run(w, &word, at, end);
        if (is_inside)
            strict_end = behind;
        else
            loose_end = behind;
        at += 2; /* after "=?": the "=" that may end both may begin another */
    }
}
