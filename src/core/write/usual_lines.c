#include "write/usual_lines.h"

#include <string.h>

#include "lex/limits.h"
#include "lex/span.h"
#include "write/output.h"
#include "write/writer.h"

/* Can this file fold the body?  White space at either end, and limits without room for an encoded-word, are left to the
 * files that know each syntax. */
static int is_usual(mip_text body, size_t limit)
{
    return body.size > 0 && body.data[0] != ' ' && body.data[body.size - 1] != ' ' && limit >= LEAST_LIMIT;
}

/* May the body of a field that is longer than the limit be folded?  A list of addresses that was set may be, after any
 * comma. */
static int may_be_folded(mip_text body, size_t size, mip_syntax syntax, const mip_style *style)
{
    return size > LINE_OCTETS || span_holds(body, ' ') || (syntax == MIP_ADDRESSES && !style->read && span_holds(body, ','));
}

int usual_lines_put_field(mip_text name, mip_text body, mip_syntax syntax, const mip_style *style, mip_output *output)
{
    size_t size = name.size + 2 + body.size, limit = style_limit(style);
    char *at;

    if (!is_usual(body, limit) || (size > limit && may_be_folded(body, size, syntax, style)) ||
        !output_make_room(output, size + style->linesep.size))
        return 0;
    at = output->data + output->size;
    memcpy(at, name.data, name.size);
    at += name.size;
    *at++ = ':';
    *at++ = ' ';
    memcpy(at, body.data, body.size);
    memcpy(at + body.size, style->linesep.data, style->linesep.size);
    output->size += size + style->linesep.size;
    return 1;
}

/* May a line be broken before the white space at `at`?  Where the body has brackets (here that is "<" alone, as bodies
 * with others do not come here) it is certain only after ">" and after a separator that follows one. */
static int may_break_at(mip_text body, const char *at, int has_brackets)
{
    if (at[-1] == ',' || at[-1] == ';')
        at--;
    return !has_brackets || (at > body.data && at[-1] == '>');
}

/* The last white space at which [begin, end) can be broken so that at most `room` octets go on the line before it.  If
 * there is no such place, the first one: that before the first word on a line that has a word, else that after the
 * first word.  `end` where nothing has to be broken, or nothing can. */
static inline const char *find_break(const char *begin, const char *end, size_t room, int has_word)
{
    const char *word = span_blanks(begin, end), *first, *at;

    if ((size_t)(end - begin) <= room)
        return end;
    first = memchr(word, ' ', (size_t)(end - word));
    if (has_word && (size_t)((first ? first : end) - begin) > room)
        return begin;
    if (!first || (size_t)(first - begin) >= room)
        return first ? first : end;
    at = begin + room;
    while (*at != ' ')
        at--;
    while (at[-1] == ' ')
        at--;
    return at;
}

static inline size_t room_of(const writer *w)
{
    size_t limit = w->has_encoded_word ? writer_encoded_limit(w) : writer_limit(w);

    return w->columns < limit ? limit - w->columns : 0;
}

/* Write text line by line.  Where a line would be broken at white space that is not a single SP (span_is_single()) it
 * is broken at the last single SP on it, in these words or before them. */
static int fill_lines_of_text(writer *w, mip_text words)
{
    const char *at = words.data, *end = at + words.size;

    while (w->result.status == MIP_OK) {
        const char *line_end = find_break(at, end, room_of(w), w->has_word), *single = line_end;
        if (line_end < end && !span_is_single(line_end))
            single = span_find_single(w->has_word ? at - 1 : span_blanks(at, end), line_end);
        if (!single && writer_break_well(w, 0))
            continue;
        line_end = single ? single : line_end;
        if (w->columns + (size_t)(line_end - at) > LINE_OCTETS)
            return 0;
        if (line_end == end) {
            writer_put_word(w, span(at, end));
            break;
        }
        writer_put_line(w, span(at, line_end));
        at = line_end;
    }
    return 1;
}

/* Write words that are not text line by line; 0 where a break is not allowed, or a line would pass 998 octets. */
static int fill_lines(writer *w, mip_text words, int has_brackets)
{
    const char *at = words.data, *end = at + words.size;

    while (w->result.status == MIP_OK) {
        const char *line_end = find_break(at, end, room_of(w), w->has_word);
        if (w->columns + (size_t)(line_end - at) > LINE_OCTETS)
            return 0;
        if (line_end == end) {
            writer_put_word(w, span(at, end));
            break;
        }
        if (!may_break_at(words, line_end, has_brackets))
            return 0;
        writer_put_line(w, span(at, line_end));
        at = line_end;
    }
    return 1;
}

/* Copy a few words, as there most often are between encoded-words: 4 to 16 octets without a call. */
static inline void copy_words(char *at, mip_text words)
{
    if (words.size < 4 || words.size > 16) {
        memcpy(at, words.data, words.size);
    } else if (words.size >= 8) {
        memcpy(at, words.data, 8);
        memcpy(at + words.size - 8, words.data + words.size - 8, 8);
    } else {
        memcpy(at, words.data, 4);
        memcpy(at + words.size - 4, words.data + words.size - 4, 4);
    }
}

int usual_lines_put_words(writer *w, mip_text words, size_t limit)
{
    char *at;

    if (w->columns + words.size > limit)
        return fill_lines_of_text(w, words);
    at = writer_extend(w, words.size);
    if (at)
        copy_words(at, words);
    return 1;
}

/* Is a body of this syntax folded at any white space outside of "<...>"? */
static int is_folded_at_spaces(mip_text body, mip_syntax syntax)
{
    if (syntax == MIP_UNSTRUCTURED)
        return 1;
    return (syntax == MIP_MSG_IDS || syntax == MIP_TOKENS || syntax == MIP_TAGS) && !span_holds(body, '"') &&
           !span_holds(body, '(') && !span_holds(body, '\\');
}

int usual_lines_fold(writer *w, mip_text body, mip_syntax syntax)
{
    writer before = *w;
    size_t size = w->output->size;

    if (w->result.status != MIP_OK || !is_usual(body, writer_limit(w)) || !is_folded_at_spaces(body, syntax))
        return 0;
    if (syntax == MIP_UNSTRUCTURED ? fill_lines_of_text(w, body) : fill_lines(w, body, span_holds(body, '<')))
        return 1;
    *w = before;
    w->output->size = size;
    return 0;
}
