#include "text/usual_text.h"

#include <string.h>

#include "lex/limits.h"
#include "lex/octet.h"
#include "lex/span.h"
#include "lex/utf8.h"
#include "text/encoded_words.h"
#include "write/usual_lines.h"
#include "write/writer.h"

/* Words that have to be encoded, with the white space between them. */
typedef struct {
    const char *blanks; /* the white space before the first */
    const char *begin, *end;
    const char *next; /* the next octet after them that is not US-ASCII; the end of the body where there is none */
} foreign_words;

static const char *skip_usual_word(const char *at, const char *end)
{
    const char *blank = memchr(at, ' ', (size_t)(end - at));

    return blank ? blank : end;
}

/* Find the word that holds `octet`, and the white space before it; nothing before `least` is looked at. */
static foreign_words find_word(const char *least, const char *octet, const char *end)
{
    foreign_words found = {octet, octet, octet, end};

    while (found.begin > least && found.begin[-1] != ' ')
        found.begin--;
    found.blanks = found.begin;
    while (found.blanks > least && found.blanks[-1] == ' ')
        found.blanks--;
    return found;
}

/* All words that have to be encoded from the first on, which holds `octet`, with no other word between them; no octet
 * is looked at twice for that. */
static foreign_words take_words(foreign_words first, const char *octet, const char *end)
{
    for (;;) {
        foreign_words other;
        first.end = skip_usual_word(octet, end);
        octet = span_blanks(first.end, end);
        if (octet < end && octet_is(*octet, OCTET_8BIT))
            continue;
        octet = first.next = octet_find_8bit(octet, end);
        if (octet == end)
            return first;
        other = find_word(first.end, octet, end);
        if (other.blanks > first.end)
            return first;
    }
}

/* Write words that stay as they are, and runs of those that do not; 0 where something is not usual. */
static int put_words(writer *w, mip_text body)
{
    const char *at = body.data, *end = at + body.size, *octet = octet_find_8bit(at, end);

    while (octet < end) {
        foreign_words found = take_words(find_word(at, octet, end), octet, end);
        if (found.begin - found.blanks > MOST_BLANKS ||
            (found.blanks > at && !usual_lines_put_words(w, span(at, found.blanks))))
            return 0;
        /* Readers drop white space between encoded-words (RFC 2047, 6.2), so that between these words is encoded with
         * them. */
        encoded_words_put_usual(w, span(found.blanks, found.begin), span(found.begin, found.end));
        at = found.end;
        octet = found.next;
    }
    return at == end || usual_lines_put_words(w, span(at, end));
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
