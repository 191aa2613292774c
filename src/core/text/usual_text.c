#include "text/usual_text.h"

#include <string.h>

#include "lex/limits.h"
#include "lex/octet.h"
#include "lex/span.h"
#include "lex/utf8.h"
#include "text/encoded_words.h"
#include "write/usual_lines.h"
#include "write/writer.h"

/* The end of the word at `at`. */
static const char *skip_usual_word(const char *at, const char *end)
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
    for (at = skip_usual_word(at, end); at < end;) {
        const char *word = skip_spaces(at, end), *behind = skip_usual_word(word, end);
        if (!octet_is(*word, OCTET_8BIT) && octet_find_8bit(word, behind) == behind)
            break;
        at = behind;
    }
    return at;
}

/* Write words that stay as they are, and runs of those that do not; 0 where something is not usual. */
static int put_words(writer *w, mip_text body)
{
    const char *at = body.data, *end = at + body.size;

    while (at < end) {
        const char *first = octet_find_8bit(at, end), *word = first, *blanks;
        if (first == end)
            return usual_lines_put_words(w, span(at, end));
        while (word > at && word[-1] != ' ')
            word--;
        blanks = word;
        while (blanks > at && blanks[-1] == ' ')
            blanks--;
        if (word - blanks > MOST_BLANKS || (blanks > at && !usual_lines_put_words(w, span(at, blanks))))
            return 0;
        at = skip_words_to_encode(first, end);
        /* White space between encoded-words stands for nothing, so that between them is encoded as well: RFC 2047, 6.2. */
        encoded_words_put_usual(w, span(blanks, word), span(word, at));
    }
    return 1;
}

int usual_text_fold(writer *w, mip_text body)
{
    writer before = *w;
    size_t size = w->output->size;

    if (w->result.status != MIP_OK || w->style->utf8 || writer_limit(w) < LEAST_LIMIT || body.size == 0 ||
        body.data[0] == ' ' || body.data[body.size - 1] == ' ' || !(w->style->well_formed || utf8_is_valid(body)))
        return 0;
    w->is_text = 1;
    if (put_words(w, body))
        return 1;
    *w = before;
    w->output->size = size;
    return 0;
}
