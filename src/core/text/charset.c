#include "text/charset.h"

#include <string.h>

#include "lex/encoded_word.h"
#include "lex/line_end.h"
#include "lex/span.h"
#include "lex/utf8.h"
#include "write/output.h"
#include "write/writer.h"

static const mip_text utf_8 = {"utf-8", 5}, us_ascii = {"us-ascii", 8}, unknown_8bit = {"unknown-8bit", 12};

int charset_is_utf8(mip_text charset)
{
    return span_is_same(charset, utf_8);
}

int charset_is_known(mip_text charset)
{
    return span_is_same(charset, utf_8) || span_is_same(charset, us_ascii) || span_is_same(charset, unknown_8bit);
}

int charset_holds(mip_text charset, mip_text word)
{
    return charset_is_utf8(charset) || utf8_is_ascii(word) || !utf8_is_valid(word);
}

int charset_decodes_to_utf8(mip_text words)
{
    encoded_word word;

    return !encoded_word_read(words, &word) || !span_is_same(word.charset, unknown_8bit);
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

    if (octets.size == 0 || span_is_same(charset, unknown_8bit))
        return 1;
    if (charset_is_utf8(charset))
        return utf8_is_valid(octets);
    if (span_is_same(charset, us_ascii))
        return utf8_is_ascii(octets);
    if (!decode_by_style(w, octets, charset))
        return 0;
    memmove(output->data + start, output->data + end, output->size - end);
    output->size -= end - start;
    return 1;
}

int charset_put_octets(writer *w, const encoded_word *word)
{
    size_t most = word->encoded_text.size;
    char *octets = most > 0 ? writer_append(w, most) : NULL;
    int is_well_formed = most == 0;

    if (octets)
        w->output->size -= most - encoded_word_decode(word, octets, &is_well_formed);
    return is_well_formed;
}

/* Append the octets of encoded-words, and name the charset of the last. */
static int decode_octets(writer *w, mip_text words, mip_text *charset)
{
    const char *at = words.data, *end = at + words.size;
    encoded_word word;

    while ((at = span_blanks(at, end)) < end) {
        if (!encoded_word_read(span(at, end), &word) || !charset_put_octets(w, &word))
            return 0;
        *charset = word.charset;
        at += word.size;
    }
    return w->result.status == MIP_OK;
}

int charset_decode(writer *w, mip_text words)
{
    size_t start = w->output->size;
    mip_text charset = nothing;

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
