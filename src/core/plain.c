#include "plain.h"

#include <string.h>

#include "run.h"
#include "span.h"

/* Is every octet SP or VCHAR (RFC 5234, B.1)?  In blocks whose size the compiler knows, so that it takes
 * many octets at a time. */
static int is_printable(mip_text body)
{
    enum { BLOCK = 64 };
    size_t at = 0;

    for (; at + BLOCK <= body.size; at += BLOCK) {
        unsigned char others = 0;
        for (size_t i = 0; i < BLOCK; i++)
            others |= (unsigned char)((unsigned char)(body.data[at + i] - ' ') > '~' - ' ');
        if (others)
            return 0;
    }
    for (; at < body.size; at++)
        if ((unsigned char)(body.data[at] - ' ') > '~' - ' ')
            return 0;
    return 1;
}

static int holds(mip_text body, char octet)
{
    return body.size > 0 && memchr(body.data, octet, body.size) != NULL;
}

/* Can there be an encoded-word? */
static int holds_question(mip_text body)
{
    const char *at = body.data, *end = at + body.size;

    while (at < end && (at = memchr(at, '?', (size_t)(end - at))) != NULL) {
        if (at > body.data && at[-1] == '=')
            return 1;
        at++;
    }
    return 0;
}

/* May a line be broken before the white space at `at`?  Where the body has brackets, of which only "<"
 * is left here, that is certain behind ">" and behind a separator that follows one. */
static int may_break(mip_text body, const char *at, int has_brackets)
{
    if (at[-1] == ',' || at[-1] == ';')
        at--;
    return !has_brackets || (at > body.data && at[-1] == '>');
}

/* The last white space at which [begin, end) can be broken so that the line before it has at most `room`
 * octets, or else the first behind its first word; `end` where there is none. */
static const char *find_break(const char *begin, const char *end, size_t room)
{
    const char *word = span_blanks(begin, end), *first, *at;

    if ((size_t)(end - begin) <= room)
        return end;
    first = memchr(word, ' ', (size_t)(end - word));
    if (!first || (size_t)(first - begin) >= room)
        return first ? first : end;
    at = begin + room;
    while (*at != ' ')
        at--;
    while (at[-1] == ' ')
        at--;
    return at;
}

/* Write the body line by line; 0 where a break is not allowed, or a line would pass 998 octets. */
static int fill_lines(writer *w, mip_text body, int has_brackets)
{
    const char *at = body.data, *end = at + body.size;
    size_t limit = writer_limit(w);

    while (w->result.status == MIP_OK) {
        const char *line_end = find_break(at, end, w->columns < limit ? limit - w->columns : 0);
        if (w->columns + (size_t)(line_end - at) > LINE_OCTETS)
            return 0;
        writer_put_word(w, span(at, line_end));
        if (line_end == end)
            break;
        if (!may_break(body, line_end, has_brackets))
            return 0;
        writer_break(w);
        at = line_end;
    }
    return 1;
}

/* Is a body of this syntax folded at any white space outside of "<...>"? */
static int is_folded_at_spaces(mip_text body, mip_syntax syntax)
{
    if (syntax == MIP_UNSTRUCTURED)
        return 1;
    return (syntax == MIP_MSG_IDS || syntax == MIP_TOKENS) && !holds(body, '"') && !holds(body, '(') &&
           !holds(body, '\\');
}

int plain_fold(writer *w, mip_text body, mip_syntax syntax)
{
    writer before = *w;
    size_t size = w->output->size;

    if (w->result.status != MIP_OK || body.size == 0 || body.data[0] == ' ' || body.data[body.size - 1] == ' ' ||
        writer_limit(w) < RUN_LEAST_LIMIT || !is_printable(body) || holds_question(body))
        return 0;
    if (w->columns + body.size <= writer_limit(w)) {
        writer_put_word(w, body);
        return 1;
    }
    if (!is_folded_at_spaces(body, syntax))
        return 0;
    if (fill_lines(w, body, syntax != MIP_UNSTRUCTURED && holds(body, '<')))
        return 1;
    *w = before;
    w->output->size = size;
    return 0;
}
