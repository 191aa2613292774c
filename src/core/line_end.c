#include "line_end.h"

#include <string.h>

#include "charset.h"
#include "encoded_word.h"
#include "octet.h"
#include "span.h"

const char *line_end_find(mip_text text)
{
    const char *lf = text.size ? memchr(text.data, '\n', text.size) : NULL;
    const char *cr = NULL;

    if (lf)
        text.size = (size_t)(lf - text.data);
    if (text.size)
        cr = memchr(text.data, '\r', text.size);
    return cr ? cr : lf;
}

mip_text line_end_trim(mip_text body)
{
    if (body.size > 0 && body.data[body.size - 1] == '\n')
        body.size -= body.size > 1 && body.data[body.size - 2] == '\r' ? 2 : 1;
    else if (body.size > 0 && body.data[body.size - 1] == '\r')
        body.size--;
    return body;
}

/* What lenient readers take for an encoded-word: CPython's email.header does, for one. */
typedef struct {
    mip_text charset, encoded_text;
    int is_q;
    const char *end;
} loose_word;

/* "=?" *<not "?"> "?" ("B" / "Q") "?" *<any> "?="
 * Where no "?=" follows it goes up to the end: folding may write an encoded-word behind it, which has one. */
static int read_loosely(const char *at, const char *end, loose_word *word)
{
    const char *begin = at + 2, *language;

    if (end - at < 5 || at[0] != '=' || at[1] != '?')
        return 0;
    at = memchr(begin, '?', (size_t)(end - begin));
    if (!at || end - at < 3 || at[2] != '?' || !memchr("BbQq", at[1], 4))
        return 0;
    language = memchr(begin, '*', (size_t)(at - begin));
    word->charset = span(begin, language ? language : at);
    word->is_q = at[1] == 'Q' || at[1] == 'q';
    begin = at += 3;
    while (at < end && (at = memchr(at, '?', (size_t)(end - at))) != NULL && (end - at < 2 || at[1] != '='))
        at++;
    word->encoded_text = span(begin, at && at < end ? at : end);
    word->end = at && at < end ? at + 2 : end;
    return 1;
}

static void put_octet(writer *w, int octet)
{
    char data = (char)(unsigned char)octet;

    writer_put_scratch(w, span(&data, &data + 1));
}

/* RFC 2047, 4.2: "=" and two hexadecimal digits are an octet; -1 where there are none. */
static int read_octet(const char *at, const char *end)
{
    if (end - at < 3 || *at != '=' || octet_hex_value(at[1]) < 0 || octet_hex_value(at[2]) < 0)
        return -1;
    return octet_hex_value(at[1]) * 16 + octet_hex_value(at[2]);
}

/* What stands for no other octet stands for itself. */
static void decode_q(writer *w, mip_text text)
{
    const char *at = text.data, *end = at + text.size;

    while (at < end) {
        int octet = read_octet(at, end);
        put_octet(w, octet >= 0 ? octet : *at == '_' ? ' ' : *at);
        at += octet >= 0 ? 3 : 1;
    }
}

/* Octets that are no digits of base64 are skipped. */
static void decode_b(writer *w, mip_text text)
{
    unsigned bits = 0, count = 0;

    for (size_t i = 0; i < text.size; i++) {
        int value = encoded_word_base64_value(text.data[i]);
        if (value < 0)
            continue;
        bits = (bits << 6 | (unsigned)value) & 0xFFFF;
        count += 6;
        if (count >= 8) {
            count -= 8;
            put_octet(w, bits >> count & 0xFF);
        }
    }
}

/* Append the octets that a word stands for to the scratch area. */
static void decode_loosely(writer *w, const loose_word *word)
{
    if (word->is_q)
        decode_q(w, word->encoded_text);
    else
        decode_b(w, word->encoded_text);
}

/* Look through words of one charset with nothing but white space between, each by itself and all together, as some
 * readers decode them.  Returns their end; `first` begins at `at`. */
static const char *check_run(writer *w, const loose_word *first, const char *at, const char *end)
{
    size_t start = w->output->size;
    const char *begin = at, *behind = at;
    loose_word word = *first;

    do {
        size_t own = w->output->size;
        decode_loosely(w, &word);
        if (charset_takes_line_end(w, own, word.charset))
            writer_fail(w, MIP_LINE_END, at);
        decode_loosely(w, &word);
        behind = word.end;
        at = span_blanks(behind, end);
    } while (w->result.status == MIP_OK && read_loosely(at, end, &word) && charset_is(word.charset, first->charset));
    if (charset_takes_line_end(w, start, first->charset))
        writer_fail(w, MIP_LINE_END, begin);
    return behind;
}

/* An encoded-word inside of what lenient readers take for one counts, as folding may encode what is before it. */
void line_end_check(writer *w, mip_text body)
{
    const char *end = body.data + body.size, *at = line_end_find(body), *loose_end = body.data, *strict_end = body.data;
    encoded_word strict;
    loose_word word;

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
        at += 2; /* behind "=?": one that both end in may begin another */
    }
}
