#include "fields/sections.h"

#include <string.h>

#include "fields/parameter.h"
#include "lex/octet.h"
#include "lex/span.h"
#include "text/charset.h"
#include "write/gathered.h"
#include "write/output.h"

enum {
    MOST_NUMBER = 1000000, /* a section's number that is greater counts as this one */
    MOST_CHARSET = 64      /* the most octets of a charset's name that is looked up */
};

typedef struct {
    mip_text attribute;
    size_t number;
    mip_text value; /* without quotes */
} section;

/* What is between semicolons outside of quotes.  To some readers one in a comment is one, too: CPython's email.message knows
 * no comments. */
typedef struct {
    const char *at, *end;
    int knows_comments;
} piece_reader;

static mip_text read_piece(piece_reader *reader)
{
    const char *begin = reader->at, *at = begin;
    size_t depth = 0;
    int is_quoted = 0;

    for (; at < reader->end && (is_quoted || depth > 0 || *at != ';'); at++) {
        if (*at == '\\' && reader->end - at > 1)
            at++;
        else if (*at == '"' && depth == 0)
            is_quoted = !is_quoted;
        else if (*at == '(' && !is_quoted && reader->knows_comments)
            depth++;
        else if (*at == ')' && depth > 0)
            depth--;
    }
    reader->at = at < reader->end ? at + 1 : at;
    return span(begin, at);
}

/* The value at `at`, without its quotes. */
static mip_text read_section_value(const char *at, const char *end, int knows_comments)
{
    const char *behind = at;

    if (at < end && *at == '"') {
        for (behind = ++at; behind < end && *behind != '"'; behind++)
            if (*behind == '\\' && end - behind > 1)
                behind++;
        return span(at, behind);
    }
    while (behind < end && !(knows_comments && *behind == '('))
        behind++;
    while (behind > at && octet_is(behind[-1], OCTET_WSP))
        behind--;
    return span(at, behind);
}

/* regular-parameter-name = attribute [section]
 * section = initial-section / other-sections   initial-section = "*0"   other-sections = "*" ("1" / … / "9") *DIGIT
 * extended-…-name = attribute [section] "*"   RFC 2231, 7
 * Returns 0 where a piece is no parameter with a "*" in its name. */
static int read_section(const piece_reader *reader, mip_text piece, section *found)
{
    const char *end = piece.data + piece.size, *begin = span_blanks(piece.data, end), *at = begin;

    while (at < end && octet_is(*at, OCTET_ATEXT | OCTET_UNRESERVED) && *at != '=' && *at != '*')
        at++;
    found->attribute = span(begin, at);
    found->number = 0;
    if (at == begin || at == end || *at != '*')
        return 0;
    for (at++; at < end && *at >= '0' && *at <= '9'; at++)
        if (found->number < MOST_NUMBER)
            found->number = 10 * found->number + (size_t)(*at - '0');
    at = span_blanks(at < end && *at == '*' ? at + 1 : at, end);
    if (at == end || *at != '=')
        return 0;
    found->value = read_section_value(span_blanks(at + 1, end), end, reader->knows_comments);
    return 1;
}

/* Sections in the scratch area of w, from `start` on. */
typedef struct {
    writer *w;
    size_t start, count;
} sections;

static section get_section(const sections *all, size_t i)
{
    section found;

    memcpy(&found, all->w->output->data + all->start + i * sizeof found, sizeof found);
    return found;
}

static void set_section(const sections *all, size_t i, const section *found)
{
    memcpy(all->w->output->data + all->start + i * sizeof *found, found, sizeof *found);
}

static sections collect_sections(writer *w, mip_text body, int knows_comments)
{
    piece_reader reader = {body.data, body.data + body.size, knows_comments};
    sections all = {w, w->output->size, 0};
    section found;

    while (reader.at < reader.end && w->result.status == MIP_OK)
        if (read_section(&reader, read_piece(&reader), &found) && writer_append(w, sizeof found))
            set_section(&all, all.count++, &found);
    return all;
}

static int compare_attributes(mip_text one, mip_text other)
{
    size_t least = one.size < other.size ? one.size : other.size;

    for (size_t i = 0; i < least; i++)
        if (octet_lower(one.data[i]) != octet_lower(other.data[i]))
            return octet_lower(one.data[i]) < octet_lower(other.data[i]) ? -1 : 1;
    return (one.size > other.size) - (one.size < other.size);
}

/* Attributes in any order, the sections of each by number, those of one number as they came. */
static int comes_before(const section *one, const section *other)
{
    int order = compare_attributes(one->attribute, other->attribute);

    if (order == 0)
        order = (one->number > other->number) - (one->number < other->number);
    return order < 0 || (order == 0 && one->attribute.data < other->attribute.data);
}

/* Let a section sink in the heap of the first `count` to its place at `at` or under it. */
static void sink_section(const sections *all, size_t at, size_t count, const section *sinking)
{
    size_t under;

    for (; (under = 2 * at + 1) < count; at = under) {
        section last = get_section(all, under);
        if (under + 1 < count) {
            section other = get_section(all, under + 1);
            if (comes_before(&last, &other)) {
                last = other;
                under++;
            }
        }
        if (!comes_before(sinking, &last))
            break;
        set_section(all, at, &last);
    }
    set_section(all, at, sinking);
}

/* Heapsort: no memory beside, and n log n steps at the most. */
static void sort_sections(const sections *all)
{
    section found, first;

    for (size_t i = all->count / 2; i-- > 0;) {
        found = get_section(all, i);
        sink_section(all, i, all->count, &found);
    }
    for (size_t count = all->count; count-- > 1;) {
        found = get_section(all, count);
        first = get_section(all, 0);
        set_section(all, count, &first);
        sink_section(all, 0, count, &found);
    }
}

void sections_put_octets(writer *w, mip_text value)
{
    gathered octets = gathered_begin(w);
    parameter found = {0};

    found.value = value;
    found.is_quoted = found.is_extended = 1;
    gathered_open(&octets);
    parameter_gather(&found, &octets);
}

/* extended-initial-value = [charset] "'" [language] "'" extended-other-values   RFC 2231, 7
 * Is what the scratch area holds from `start` on such a value with a CR or LF?  Takes it away. */
static int text_takes_line_end(writer *w, size_t start)
{
    mip_text all = output_since(w->output, start), charset = nothing;
    const char *end = all.data + all.size, *language = memchr(all.data, '\'', all.size);
    const char *text = language ? memchr(language + 1, '\'', (size_t)(end - language - 1)) : NULL;
    char name[MOST_CHARSET];

    if (!text || language - all.data > MOST_CHARSET || charset_is_known(span(all.data, language))) {
        w->output->size = start;
        return 0;
    }
    charset = span(name, name + (language - all.data));
    memcpy(name, all.data, charset.size);
    text++;
    memmove(w->output->data + start, text, (size_t)(end - text));
    w->output->size = start + (size_t)(end - text);
    return charset_takes_line_end(w, start, charset);
}

static void check_together(writer *w, mip_text body, int knows_comments)
{
    sections all = collect_sections(w, body, knows_comments);
    section first = {nothing, 0, nothing}, next;
    size_t start = w->output->size;

    if (w->result.status == MIP_OK && all.count > 1)
        sort_sections(&all);
    for (size_t i = 0; all.count > 1 && i < all.count && w->result.status == MIP_OK; i++) {
        next = get_section(&all, i);
        if (compare_attributes(first.attribute, next.attribute) != 0) {
            if (text_takes_line_end(w, start))
                writer_fail(w, MIP_LINE_END, first.value.data);
            first = next;
        }
        sections_put_octets(w, next.value);
    }
    if (text_takes_line_end(w, start))
        writer_fail(w, MIP_LINE_END, first.value.data);
    w->output->size = all.start;
}

void sections_check(writer *w, mip_text body)
{
    if (!w->style->decode || !span_holds(body, '*') || !span_holds(body, '\''))
        return;
    check_together(w, body, 0);
    if (span_holds(body, '('))
        check_together(w, body, 1);
}
