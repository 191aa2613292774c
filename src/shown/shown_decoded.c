#include "shown_decoded.h"

#include <string.h>

#include "lex/octet.h"
#include "lex/span.h"
#include "lex/utf8.h"
#include "text/charset.h"
#include "write/output.h"

static const char *find_mark(const char *at, const char *end)
{
    return at < end ? memchr(at, '?', (size_t)(end - at)) : NULL;
}

/* encoded-word = "=?" charset "?" encoding "?" encoded-text "?="   RFC 2047, 2
 * A "?=" before hexadecimal digits, right behind the encoding, is the encoding's mark and an octet.  Where nothing ends
 * the text then, the body does. */
int shown_find_word(const char *at, const char *end, encoded_word *word)
{
    const char *charset = at + 2, *encoding, *text, *behind;

    if (end - at < 2 || at[0] != '=' || at[1] != '?' || !(encoding = find_mark(charset, end)) || end - encoding < 3 ||
        encoding[2] != '?' || !strchr("BbQq", encoding[1]) || encoding[1] == '\0')
        return 0;
    text = encoding + 3;
    if (text < end && *text == '=' && octet_hex_pair(text + 1, end) < 0)
        return 0;
    behind = find_mark(text, end);
    if (behind ? end - behind < 2 || behind[1] != '=' : text == end || *text != '=')
        return 0;
    word->encoding = encoding[1] == 'b' || encoding[1] == 'B' ? 'B' : 'Q';
    word->charset = span(charset, encoding);
    if (span_holds(word->charset, '*')) /* a language: RFC 2231, 5 */
        word->charset = span(charset, memchr(charset, '*', word->charset.size));
    word->encoded_text = span(text, behind ? behind : end);
    word->size = (size_t)((behind ? behind + 2 : end) - at);
    if (span_holds(word->charset, '\0')) /* none in Python, nor anywhere */
        return 0;
    /* A character stands for itself; octets that are none may be of any charset. */
    return utf8_is_ascii(word->encoded_text) || !utf8_is_valid(word->encoded_text);
}

/* Of base64 with one digit too many CPython decodes nothing. */
static int has_odd_digit(mip_text text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.size; i++)
        count += encoded_word_base64_value(text.data[i]) >= 0;
    return count % 4 == 1;
}

/* UTF-8 and US-ASCII need no decoder: octets that are none of theirs stay. */
void shown_to_utf8(shown_writer *v, size_t start, mip_text charset)
{
    mip_output *output = v->w.output;
    size_t end = output->size;
    int failed = -1;

    if (end == start || v->w.result.status != MIP_OK || charset_is_known(charset))
        return;
    if (v->w.style->decode)
        failed = v->w.style->decode(charset, output_since(output, start), output);
    if (failed > 0)
        writer_fail(&v->w, MIP_NO_SPACE, NULL);
    if (failed)
        return;
    memmove(output->data + start, output->data + end, output->size - end);
    output->size -= end - start;
}

void shown_put_decoded(shown_writer *v, const encoded_word *word)
{
    size_t start = v->w.output->size;

    if (word->encoding == 'B' && has_odd_digit(word->encoded_text))
        writer_put_scratch(&v->w, word->encoded_text);
    else
        charset_put_octets(&v->w, word);
    shown_to_utf8(v, start, word->charset);
}
