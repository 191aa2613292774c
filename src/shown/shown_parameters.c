#include "shown_parameters.h"

#include <string.h>

#include "lex/span.h"
#include "shown_parameter.h"
#include "shown_quoted.h"
#include "write/output.h"

/* Where a parameter stands.  There may be any number of them, so these lie in the scratch area and are sorted. */
typedef struct {
    const char *name;
    size_t section;
    size_t index; /* among all as they stand */
} place;

static place place_get(const shown_writer *v, size_t base, size_t i)
{
    place p;

    memcpy(&p, v->w.output->data + base + i * sizeof p, sizeof p);
    return p;
}

static void place_set(shown_writer *v, size_t base, size_t i, place p)
{
    memcpy(v->w.output->data + base + i * sizeof p, &p, sizeof p);
}

/* Names as they are spelled, as CPython tells them apart. */
static int compare_names(const shown_writer *v, const char *a, const char *b)
{
    for (;; a++, b++) {
        int a_ends = a == v->end || shown_ends_attribute(*a), b_ends = b == v->end || shown_ends_attribute(*b);
        if (a_ends || b_ends)
            return b_ends - a_ends;
        if (*a != *b)
            return *a < *b ? -1 : 1;
    }
}

/* By name, section, and as they stand. */
static int is_before(const shown_writer *v, place a, place b)
{
    int compared = compare_names(v, a.name, b.name);

    if (compared)
        return compared < 0;
    return a.section != b.section ? a.section < b.section : a.index < b.index;
}

static void copy_places(shown_writer *v, size_t to, size_t from, size_t begin, size_t end)
{
    memcpy(v->w.output->data + to + begin * sizeof(place), v->w.output->data + from + begin * sizeof(place),
           (end - begin) * sizeof(place));
}

/* Merge the runs [begin, middle) and [middle, end) at `from` into the same places at `to`. */
static void merge_places(shown_writer *v, size_t from, size_t to, size_t begin, size_t middle, size_t end)
{
    size_t left = begin, right = middle;

    if (right == end || is_before(v, place_get(v, from, middle - 1), place_get(v, from, middle))) {
        copy_places(v, to, from, begin, end);
        return;
    }
    for (size_t i = begin; i < end; i++) {
        int is_left = right == end || (left < middle && is_before(v, place_get(v, from, left), place_get(v, from, right)));
        place_set(v, to, i, place_get(v, from, is_left ? left : right));
        left += is_left ? 1 : 0;
        right += is_left ? 0 : 1;
    }
}

/* Sort `count` places at `base`, with as much room behind them. */
static void sort_places(shown_writer *v, size_t base, size_t count)
{
    size_t from = base, to = base + count * sizeof(place);

    for (size_t run = 1; run < count; run *= 2) {
        size_t kept = from;
        for (size_t begin = 0; begin < count; begin += 2 * run) {
            size_t middle = begin + run < count ? begin + run : count;
            merge_places(v, from, to, begin, middle, middle + run < count ? middle + run : count);
        }
        from = to;
        to = kept;
    }
    if (from != base)
        copy_places(v, base, from, 0, count);
}

/* The end of the places from `begin` on that have the name of the first. */
static size_t end_of_name(const shown_writer *v, size_t base, size_t begin, size_t count)
{
    place first = place_get(v, base, begin);
    size_t end = begin + 1;

    while (end < count && compare_names(v, first.name, place_get(v, base, end).name) == 0)
        end++;
    return end;
}

/* In the room behind the places, tell of each parameter as they stand where those of its name begin among the sorted
 * ones, if it is the first of that name; else `count`. */
static void find_first(shown_writer *v, size_t base, size_t count)
{
    size_t room = base + count * sizeof(place);
    place none = {NULL, count, 0};

    for (size_t i = 0; i < count; i++)
        place_set(v, room, i, none);
    for (size_t begin = 0, end; begin < count; begin = end) {
        size_t first = count;
        place found = {NULL, begin, 0};
        end = end_of_name(v, base, begin, count);
        for (size_t i = begin; i < end; i++)
            if (place_get(v, base, i).index < first)
                first = place_get(v, base, i).index;
        place_set(v, room, first, found);
    }
}

static void read_again(shown_writer *v, place p, shown_parameter *read)
{
    v->at = p.name;
    shown_parameter_read(v, read);
}

/* Append the value whose sections are the places [begin, end).  Of two without sections the first counts, and so where
 * CPython finds a number twice, or none that is next. */
static void put_value_in_sections(shown_writer *v, size_t base, size_t begin, size_t end)
{
    shown_parameter first, section;
    size_t next = 0;

    read_again(v, place_get(v, base, begin), &first);
    if (!first.is_extended && begin + 1 < end && place_get(v, base, begin + 1).section == 0)
        end = begin + 1;
    for (size_t i = begin; i < end; i++) {
        read_again(v, place_get(v, base, i), &section);
        if (section.section != next && !section.is_extended)
            continue;
        next++;
        shown_parameter_put(v, &section, first.charset);
    }
}

/* parameter = attribute "=" value   RFC 2045, 5.1; one without a value is its name. */
static void put_parameter(shown_writer *v, size_t base, size_t begin, size_t end)
{
    static const char equals[] = "=";
    size_t start = v->w.output->size, value;
    shown_parameter first;

    read_again(v, place_get(v, base, begin), &first);
    if (!v->take) {
        writer_put_scratch(&v->w, first.name);
        writer_put_scratch(&v->w, span(equals, equals + 1));
    }
    value = v->w.output->size;
    put_value_in_sections(v, base, begin, end);
    if (v->take) {
        mip_part part = {MIP_PART_PARAMETER, first.name, output_since(v->w.output, start), {"", 0}};
        shown_give(v, part, start);
    } else if (v->w.result.status == MIP_OK && v->w.output->size == value) {
        v->w.output->size--;
    } else {
        shown_quote(v, value);
    }
}

static void put_all(shown_writer *v, size_t base, size_t count)
{
    static const char between[] = "; ";
    size_t room = base + count * sizeof(place), given = 0;

    for (size_t i = 0; i < count && v->w.result.status == MIP_OK; i++) {
        size_t begin = place_get(v, room, i).section;
        if (begin == count)
            continue;
        if (!v->take)
            writer_put_scratch(&v->w, span(between + (given == 0), between + 2));
        put_parameter(v, base, begin, end_of_name(v, base, begin, count));
        given++;
    }
}

/* Put the place of each parameter into the scratch area; how many there are. */
static size_t find_places(shown_writer *v)
{
    size_t count = 0;

    for (; v->at < v->end; v->at++) {
        shown_parameter read;
        place p = {0};
        char *to;
        int is_parameter = shown_parameter_read(v, &read);
        to = is_parameter ? writer_append(&v->w, sizeof p) : NULL;
        if (to) {
            p.name = read.name.data;
            p.section = read.section;
            p.index = count;
            memcpy(to, &p, sizeof p);
            count++;
        }
        if (v->at == v->end)
            break;
    }
    return count;
}

void shown_parameters_put(shown_writer *v)
{
    size_t base = v->w.output->size, count = find_places(v), size, start;

    if (count == 0 || !writer_append(&v->w, count * sizeof(place)))
        return;
    sort_places(v, base, count);
    find_first(v, base, count);
    start = v->w.output->size;
    put_all(v, base, count);
    if (v->w.result.status != MIP_OK)
        return;
    size = v->w.output->size - start;
    memmove(v->w.output->data + base, v->w.output->data + start, size);
    v->w.output->size = base + size;
    v->at = v->end;
}
