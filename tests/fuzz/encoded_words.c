#include "encoded_words.h"

#include <stdlib.h>
#include <string.h>

#include "charsets.h"
#include "room.h"
#include "text.h"

static int hex_value(char octet)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *digit = octet ? strchr(digits, octet) : NULL;

    return digit ? (int)(digit - digits) % 16 : -1;
}

int encoded_words_octet(const char *at, const char *end, char escape)
{
    if (end - at < 3 || *at != escape || hex_value(at[1]) < 0 || hex_value(at[2]) < 0)
        return -1;
    return hex_value(at[1]) * 16 + hex_value(at[2]);
}

/* The end of base64: where another encoded-word begins, what would be made of that is noise. */
static const char *skip_digits(const char *at, const char *end)
{
    const char *next = text_find(text_between(at, end), text_of("=?"));

    return next ? next : end;
}

int encoded_words_read(const char *at, const char *end, encoded_word_found *found)
{
    const char *begin = at, *charset = at + 2, *text, *language;

    if (end - at < 8 || at[0] != '=' || at[1] != '?')
        return 0;
    at = memchr(charset, '?', (size_t)(end - charset));
    if (!at || end - at < 5 || !strchr("BbQq", at[1]) || at[1] == '\0' || at[2] != '?')
        return 0;
    language = text_find(text_between(charset, at), text_of("*"));
    found->charset = text_between(charset, language ? language : at);
    found->is_q = at[1] == 'q' || at[1] == 'Q';
    text = at + 3;
    at = text_find(text_between(text, end), text_of("?="));
    if (!at)
        return 0;
    found->encoded_text = text_between(text, found->is_q ? at : skip_digits(text, at));
    found->whole = text_between(begin, at + 2);
    return 1;
}

/* RFC 2047, 4.2; what is no octet stands for itself. */
static size_t decode_q(mip_text text, char *to)
{
    const char *at = text.data, *end = at + text.size;
    char *begin = to;

    while (at < end) {
        int octet = encoded_words_octet(at, end, '=');
        *to++ = octet >= 0 ? (char)octet : *at == '_' ? ' ' : *at;
        at += octet >= 0 ? 3 : 1;
    }
    return (size_t)(to - begin);
}

/* RFC 2047, 4.1; what is no digit is left out. */
static size_t decode_b(mip_text text, char *to)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned long bits = 0, count = 0;
    char *begin = to;

    for (size_t i = 0; i < text.size; i++) {
        const char *digit = text.data[i] ? strchr(alphabet, text.data[i]) : NULL;
        if (!digit)
            continue;
        bits = bits << 6 | (unsigned long)(digit - alphabet);
        count += 6;
        if (count >= 8) {
            count -= 8;
            *to++ = (char)(bits >> count);
        }
    }
    return (size_t)(to - begin);
}

mip_text encoded_words_octets(const encoded_word_found *found)
{
    mip_text text = text_copy(found->encoded_text);

    text.size =
        found->is_q ? decode_q(found->encoded_text, (char *)text.data) : decode_b(found->encoded_text, (char *)text.data);
    return text;
}

int encoded_words_is_atom(mip_text word)
{
    static const char specials[] = "()<>[]:;,\\\" \t";

    for (size_t i = 0; i < word.size; i++)
        if (memchr(specials, word.data[i], sizeof specials - 1))
            return 0;
    return 1;
}

/* Can the encoded-text be decoded by anybody?   RFC 2047, 4 */
static int is_decodable(const encoded_word_found *found)
{
    const char *begin = found->encoded_text.data, *end = begin + found->encoded_text.size;

    for (const char *at = begin; at < end; at++) {
        int is_digit = (*at >= '0' && *at <= '9') || ((*at | 0x20) >= 'a' && (*at | 0x20) <= 'z');
        int is_padding = *at == '=' && (at + 1 == end || (at + 2 == end && at[1] == '='));
        if (found->is_q && *at == '=' && encoded_words_octet(at, end, '=') < 0)
            return 0;
        if (!found->is_q && !is_digit && *at != '+' && *at != '/' && !is_padding)
            return 0;
    }
    return end > begin && (found->is_q || (end - begin) % 4 == 0);
}

/* Is a text without white space an encoded-word that encoded_words_text() decodes? */
static int read_encoded_word(mip_text text, encoded_word_found *found)
{
    static const char *const charsets[] = {"utf-8", "unknown-8bit", "us-ascii", "iso-8859-1"};
    const char *end = text.data + text.size;
    size_t i = 0;

    if (!encoded_words_read(text.data, end, found) || found->whole.size != text.size || !is_decodable(found) ||
        memchr(found->encoded_text.data, '?', (size_t)(end - 2 - found->encoded_text.data)))
        return 0;
    while (i < 4 && !charsets_is(found->charset, charsets[i]))
        i++;
    return i < 4;
}

const char *encoded_words_find(const char *at, const char *end, mip_text *word)
{
    encoded_word_found found;

    for (; at < end; at++) {
        if (!encoded_words_read(at, end, &found) || !encoded_words_is_atom(found.whole) ||
            !read_encoded_word(found.whole, &found))
            continue;
        *word = found.whole;
        if (text_find(found.whole, text_of("=?utf-8?")) == at)
            return at;
        if (text_find(found.whole, text_of("=?unknown-8bit?")) == at)
            return at;
    }
    return NULL;
}

static void append(room *text, mip_text piece)
{
    if (room_append(&text->output, piece.data, piece.size) != 0)
        abort();
}

static void append_decoded(room *text, const encoded_word_found *found)
{
    mip_text octets = encoded_words_octets(found);

    if (!charsets_is(found->charset, "iso-8859-1"))
        append(text, octets);
    else if (charsets_decode(found->charset, octets, &text->output) != 0)
        abort();
    text_free(octets);
}

mip_text encoded_words_text(mip_text body)
{
    const char *at = body.data, *end = at + body.size;
    room text = room_ample();
    int behind_encoded_word = 0;
    mip_text copy;

    while (at < end) {
        const char *begin = text_skip_blanks(at, end), *behind = text_skip_word(begin, end);
        encoded_word_found found;
        int is_encoded = read_encoded_word(text_between(begin, behind), &found);
        if (!is_encoded || !behind_encoded_word)
            append(&text, text_between(at, begin));
        if (is_encoded)
            append_decoded(&text, &found);
        else
            append(&text, text_between(begin, behind));
        behind_encoded_word = is_encoded;
        at = behind;
    }
    copy = text_copy(room_text(&text));
    room_free(&text);
    return copy;
}
