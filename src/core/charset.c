#include "charset.h"

#include <string.h>

#include "encoded_word.h"
#include "line_end.h"
#include "octet.h"
#include "utf8.h"

const mip_text charset_utf_8 = {"utf-8", 5};

static const mip_text us_ascii = {"us-ascii", 8}, unknown_8bit = {"unknown-8bit", 12};

static char lower(char octet)
{
    return octet >= 'A' && octet <= 'Z' ? (char)(octet + 32) : octet;
}

int charset_is(mip_text charset, mip_text name)
{
    if (charset.size != name.size)
        return 0;
    if (charset.data == name.data)
        return 1;
    for (size_t i = 0; i < name.size; i++)
        if (lower(charset.data[i]) != lower(name.data[i]))
            return 0;
    return 1;
}

int charset_is_utf8(mip_text charset)
{
    return charset_is(charset, charset_utf_8);
}

static int is_ascii(mip_text text)
{
    for (size_t i = 0; i < text.size; i++)
        if (octet_is(text.data[i], OCTET_8BIT))
            return 0;
    return 1;
}

int charset_is_known(mip_text charset)
{
    return charset_is(charset, charset_utf_8) || charset_is(charset, us_ascii) || charset_is(charset, unknown_8bit);
}

int charset_holds(mip_text charset, mip_text word)
{
    return charset_is(charset, charset_utf_8) || is_ascii(word) || !utf8_is_valid(word);
}

mip_text charset_of_octets(mip_text octets)
{
    return utf8_is_valid(octets) ? charset_utf_8 : unknown_8bit;
}

mip_text charset_of_decoded(mip_text words)
{
    encoded_word word;

    return encoded_word_read(words, &word) && charset_is(word.charset, unknown_8bit) ? unknown_8bit : charset_utf_8;
}

/* Append what the style's decoder makes of octets. */
static int decode_by_style(writer *w, mip_text octets, mip_text charset)
{
    int failed = w->style->decode ? w->style->decode(charset, octets, w->output) : -1;

    if (failed > 0)
        writer_fail(w, MIP_NO_SPACE, NULL);
    return !failed;
}

/* Turn the octets that end the scratch area, from `start` on, into UTF-8. */
static int to_utf8(writer *w, size_t start, mip_text charset)
{
    mip_output *output = w->output;
    mip_text octets = output_since(output, start);
    size_t end = output->size;

    if (octets.size == 0 || charset_is(charset, unknown_8bit))
        return 1;
    if (charset_is(charset, charset_utf_8))
        return utf8_is_valid(octets);
    if (charset_is(charset, us_ascii))
        return is_ascii(octets);
    if (!decode_by_style(w, octets, charset))
        return 0;
    memmove(output->data + start, output->data + end, output->size - end);
    output->size -= end - start;
    return 1;
}

/* Append the octets of encoded-words, and name the charset of the last. */
static int decode_octets(writer *w, mip_text words, mip_text *charset)
{
    encoded_word word;

    while (words.size > 0) {
        if (octet_is(*words.data, OCTET_WSP)) {
            words.data++;
            words.size--;
            continue;
        }
        if (!encoded_word_read(words, &word) || !encoded_word_decode(&word, w))
            return 0;
        *charset = word.charset;
        words.data += word.size;
        words.size -= word.size;
    }
    return w->result.status == MIP_OK;
}

int charset_decode(writer *w, mip_text words)
{
    size_t start = w->output->size;
    mip_text charset = {"", 0};

    if (decode_octets(w, words, &charset) && to_utf8(w, start, charset) && w->output->size > start &&
        !line_end_find(output_since(w->output, start)))
        return 1;
    w->output->size = start;
    return 0;
}

int charset_decodes(writer *w, mip_text words)
{
    size_t start = w->output->size;
    int decodes = charset_decode(w, words);

    w->output->size = start;
    return decodes;
}

int charset_takes_line_end(writer *w, size_t start, mip_text charset)
{
    int found = line_end_find(output_since(w->output, start)) != NULL;

    if (w->result.status == MIP_OK && to_utf8(w, start, charset))
        found = line_end_find(output_since(w->output, start)) != NULL;
    w->output->size = start;
    return found;
}
