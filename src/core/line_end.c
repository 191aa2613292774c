#include "line_end.h"

#include <string.h>

#include "charset.h"
#include "encoded_word.h"
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
    mip_text whole, encoded_text;
    int is_q;
} loose_word;

/* "=?" *<not "?"> "?" ("B" / "Q") "?" *<any> "?="
 * Returns 0 for none, and -1 for none here or behind: there is no "?=". */
static int read_loosely(mip_text text, loose_word *word)
{
    const char *at = text.size > 2 && text.data[1] == '?' ? text.data + 2 : NULL, *end = text.data + text.size;

    if (at)
        at = memchr(at, '?', (size_t)(end - at));
    if (!at || end - at < 5 || at[2] != '?' || !memchr("BbQq", at[1], 4))
        return 0;
    word->is_q = at[1] == 'Q' || at[1] == 'q';
    word->encoded_text.data = at += 3;
    while ((at = memchr(at, '?', (size_t)(end - at))) != NULL && (end - at < 2 || at[1] != '='))
        at++;
    if (!at)
        return -1;
    word->encoded_text.size = (size_t)(at - word->encoded_text.data);
    word->whole.data = text.data;
    word->whole.size = (size_t)(at + 2 - text.data);
    return 1;
}

static int q_holds_line_end(mip_text text)
{
    for (size_t i = 0; i + 2 < text.size; i++)
        if (text.data[i] == '=' && text.data[i + 1] == '0' && memchr("AaDd", text.data[i + 2], 4))
            return 1;
    return 0;
}

/* Octets that are no digits of base64 are skipped. */
static int b_holds_line_end(mip_text text)
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
            if ((bits >> count & 0xFF) == '\n' || (bits >> count & 0xFF) == '\r')
                return 1;
        }
    }
    return 0;
}

/* One that can be decoded is judged by its text; another by what may be made of it. */
static int holds_line_end(writer *w, const loose_word *word)
{
    encoded_word strict;
    int found;

    if (encoded_word_read(word->whole, &strict) && strict.size == word->whole.size &&
        charset_find_line_end(w, word->whole, &found))
        return found;
    return word->is_q ? q_holds_line_end(word->encoded_text) : b_holds_line_end(word->encoded_text);
}

void line_end_check(writer *w, mip_text body)
{
    const char *end = body.data + body.size, *at = line_end_find(body);
    loose_word word;

    if (at)
        writer_fail(w, MIP_LINE_END, at);
    for (at = body.data; at < end && w->result.status == MIP_OK; at++) {
        int found;
        at = memchr(at, '=', (size_t)(end - at));
        if (!at)
            break;
        found = read_loosely(span(at, end), &word);
        if (found < 0)
            break;
        if (found == 0)
            continue;
        if (holds_line_end(w, &word))
            writer_fail(w, MIP_LINE_END, at);
        at += word.whole.size - 1;
    }
}
