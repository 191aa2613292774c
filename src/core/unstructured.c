#include "unstructured.h"

#include <string.h>

#include "charset.h"
#include "encoded_word.h"
#include "octet.h"
#include "plain.h"
#include "run.h"
#include "span.h"
#include "utf8.h"

static const mip_text nothing = {"", 0};

/* The end of the word at `at`. */
static const char *skip_word(const char *at, const char *end)
{
    const char *space = memchr(at, ' ', (size_t)(end - at));

    return space ? space : end;
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

/* Write words that have to be encoded, as one text: white space between encoded-words stands for nothing, so that
 * between them has to be encoded as well (RFC 2047, 6.2). */
static void put_encoded(writer *w, mip_text blanks, mip_text text)
{
    mip_text utf_8 = charset_of_octets(nothing);
    encoded_word_part whole = encoded_word_whole(text, utf_8);
    size_t size = blanks.size + whole.size;
    run r;

    if (whole.size <= ENCODED_WORD_SIZE && writer_fits(w, size, size, 1)) {
        char *at = writer_extend(w, size);
        if (at) {
            memcpy(at, blanks.data, blanks.size);
            encoded_word_write(whole, text.data, utf_8, at + blanks.size);
        }
        w->has_encoded_word = 1;
        return;
    }
    r = run_none(w);
    run_open(&r, blanks, nothing, utf_8);
    run_add(&r, text);
    run_put_measured(&r, whole, nothing, 0);
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
