#include "unstructured.h"

#include <string.h>

#include "charset.h"
#include "encoded_word.h"
#include "octet.h"
#include "plain.h"
#include "run.h"
#include "span.h"
#include "utf8.h"

static const mip_text space = {" ", 1};

/* The end of the word at `at`. */
static const char *skip_word(const char *at, const char *end)
{
    const char *blank = memchr(at, ' ', (size_t)(end - at));

    return blank ? blank : end;
}

static const char *skip_spaces(const char *at, const char *end)
{
    while (at < end && *at == ' ')
        at++;
    return at;
}

/* The end of the words that have to be encoded, from the one that holds `at` on. */
static const char *skip_words_to_encode(const char *at, const char *end)
{
    for (at = skip_word(at, end); at < end;) {
        const char *word = skip_spaces(at, end), *behind = skip_word(word, end);
        if (!octet_is(*word, OCTET_8BIT) && octet_find_8bit(word, behind) == behind)
            break;
        at = behind;
    }
    return at;
}

static void put_part(writer *w, mip_text blanks, encoded_word_part part, const char *text)
{
    char *at = writer_extend(w, blanks.size + part.size);

    if (!at)
        return;
    memcpy(at, blanks.data, blanks.size);
    encoded_word_write(part, text, charset_utf_8, at + blanks.size);
    w->has_encoded_word = 1;
}

static size_t room_behind(const writer *w, mip_text blanks)
{
    size_t used = w->columns + blanks.size, limit = writer_encoded_limit(w);

    return used < limit ? limit - used : 0;
}

/* Write words that have to be encoded, as one text: white space between encoded-words stands for nothing, so that
 * between them has to be encoded as well (RFC 2047, 6.2). */
static void put_encoded(writer *w, mip_text blanks, mip_text text)
{
    encoded_word_part part = encoded_word_whole(text, charset_utf_8);
    char encoding = part.encoding;

    if (part.size > ENCODED_WORD_SIZE || part.size > room_behind(w, blanks))
        part = encoded_word_fit(text, charset_utf_8, encoding, 1, room_behind(w, blanks));
    if (part.octets == 0 && w->has_word && !plain_is_single(blanks.data) && writer_break_well(w, 0))
        part = encoded_word_fit(text, charset_utf_8, encoding, 1, room_behind(w, blanks));
    if (part.octets == 0 && w->has_word) {
        writer_break(w);
        part = encoded_word_fit(text, charset_utf_8, encoding, 1, room_behind(w, blanks));
    }
    for (;;) {
        if (part.octets == 0)
            part = encoded_word_first(text, charset_utf_8);
        put_part(w, blanks, part, text.data);
        text = span(text.data + part.octets, text.data + text.size);
        if (text.size == 0 || w->result.status != MIP_OK)
            return;
        writer_break(w);
        blanks = space;
        part = encoded_word_fit(text, charset_utf_8, encoding, 1, room_behind(w, blanks));
    }
}

/* Write words that stay as they are, and runs of those that do not; 0 where something is not usual. */
static int put_words(writer *w, mip_text body)
{
    const char *at = body.data, *end = at + body.size;

    while (at < end) {
        const char *first = octet_find_8bit(at, end), *word = first, *blanks;
        if (first == end)
            return plain_put_words(w, span(at, end));
        while (word > at && word[-1] != ' ')
            word--;
        blanks = word;
        while (blanks > at && blanks[-1] == ' ')
            blanks--;
        if (word - blanks > RUN_BLANKS || (blanks > at && !plain_put_words(w, span(at, blanks))))
            return 0;
        at = skip_words_to_encode(first, end);
        put_encoded(w, span(blanks, word), span(word, at));
    }
    return 1;
}

int unstructured_fold(writer *w, mip_text body)
{
    writer before = *w;
    size_t size = w->output->size;

    if (w->result.status != MIP_OK || w->style->utf8 || writer_limit(w) < RUN_LEAST_LIMIT || body.size == 0 ||
        body.data[0] == ' ' || body.data[body.size - 1] == ' ' || !(w->style->well_formed || utf8_is_valid(body)))
        return 0;
    if (put_words(w, body))
        return 1;
    *w = before;
    w->output->size = size;
    return 0;
}
