#include "fields/sections.h"

#include <string.h>

#include "fields/section.h"
#include "lex/octet.h"
#include "lex/span.h"
#include "text/charset.h"
#include "write/output.h"

enum { MOST_CHARSET = 256 }; /* octets of a charset's name; one of more that is a token is refused, not looked up */

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

static sections collect_sections(writer *w, mip_text body, section_reading reading)
{
    section_reader reader = {body.data, body.data + body.size, reading};
    sections all = {w, w->output->size, 0};
    section found;

    while (w->result.status == MIP_OK && section_next(&reader, &found))
        if (writer_append(w, sizeof found))
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

static int compare_numbers(mip_text one, mip_text other)
{
    if (one.size != other.size)
        return one.size < other.size ? -1 : 1;
    return memcmp(one.data, other.data, one.size);
}

static int compare_values(mip_text one, mip_text other)
{
    size_t least = one.size < other.size ? one.size : other.size;
    int order = memcmp(one.data, other.data, least);

    return order ? order : (one.size > other.size) - (one.size < other.size);
}

/* Attributes in any order, the sections of each by number, and those of one number by value, as CPython has them. */
static int comes_before(const section *one, const section *other)
{
    int order = compare_attributes(one->attribute, other->attribute);

    if (order == 0)
        order = compare_numbers(one->number, other->number);
    if (order == 0)
        order = compare_values(one->value, other->value);
    return order < 0;
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

/* Is this longer than any charset's name, and still one to some program?  With white space in it, it is the text of a value
 * that names none. */
static int is_long_charset(mip_text name)
{
    if (name.size <= MOST_CHARSET)
        return 0;
    for (size_t i = 0; i < name.size; i++)
        if (!octet_is(name.data[i], OCTET_ATEXT | OCTET_UNRESERVED))
            return 0;
    return 1;
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
        int is_refused = text && is_long_charset(span(all.data, language));
        w->output->size = start;
        return is_refused;
    }
    charset = span(name, name + (language - all.data));
    memcpy(name, all.data, charset.size);
    text++;
    memmove(w->output->data + start, text, (size_t)(end - text));
    w->output->size = start + (size_t)(end - text);
    return charset_takes_line_end(w, start, charset);
}

/* The sections of one value, put together so far. */
typedef struct {
    section first;
    int is_extended; /* of one of them at least: else the value has no charset */
    size_t start;    /* of their octets, in the scratch area */
} value_together;

static void check_value(writer *w, value_together *value)
{
    if (value->is_extended && text_takes_line_end(w, value->start))
        writer_fail(w, MIP_LINE_END, value->first.value.data);
    w->output->size = value->start;
    value->is_extended = 0;
}

static void check_together(writer *w, mip_text body, section_reading reading)
{
    sections all = collect_sections(w, body, reading);
    value_together value = {{nothing, nothing, nothing, 0, 0}, 0, w->output->size};
    section next;

    if (w->result.status == MIP_OK)
        sort_sections(&all);
    for (size_t i = 0; i < all.count && w->result.status == MIP_OK; i++) {
        next = get_section(&all, i);
        if (compare_attributes(value.first.attribute, next.attribute) != 0) {
            check_value(w, &value);
            value.first = next;
        }
        value.is_extended |= next.is_extended;
        section_put_octets(w, &next, reading);
    }
    check_value(w, &value);
    w->output->size = all.start;
}

void sections_check(writer *w, mip_text body)
{
    if (!w->style->decode || !span_holds(body, '*'))
        return;
    check_together(w, body, READ_BY_CPYTHON);
    if (span_holds(body, '(') || span_holds(body, '\\'))
        check_together(w, body, READ_WITH_COMMENTS);
}
