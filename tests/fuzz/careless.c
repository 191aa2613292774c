#include "careless.h"

#include <stdlib.h>
#include <string.h>

#include "charsets.h"
#include "encoded_words.h"
#include "room.h"
#include "text.h"

static void append(room *text, mip_text piece)
{
    if (room_append(&text->output, piece.data, piece.size) != 0)
        abort();
}

/* Do octets hold a CR or LF, as they are or as characters of their charset? */
static int holds_line_end(mip_text octets, mip_text charset, mip_decoder *decode)
{
    room decoded = room_ample();
    int result = text_find_line_end(octets) != NULL;

    if (decode && decode(charset, octets, &decoded.output) == 0)
        result = result || text_find_line_end(room_text(&decoded));
    room_free(&decoded);
    return result;
}

/* What is decoded, and the value that it was made of. */
typedef struct {
    mip_text body, value;
    mip_decoder *decode;
} reading;

/* Does it stand so in the value?  What folding wrote between "=?" and "?=" nobody set for encoded-text: in B it is
 * noise, and in Q octets, but no text of the charset. */
static int is_set(const reading *r, mip_text part)
{
    return text_find(r->value, part) != NULL;
}

static int is_set_word(const reading *r, const encoded_word_found *found)
{
    return is_set(r, text_between(found->whole.data, found->encoded_text.data + found->encoded_text.size));
}

static int word_holds_line_end(const reading *r, const encoded_word_found *found)
{
    mip_text octets = encoded_words_octets(found);
    int is = is_set_word(r, found);
    int result = (is || found->is_q) && holds_line_end(octets, found->charset, is ? r->decode : NULL);

    text_free(octets);
    return result;
}

/* CPython's email.header puts the octets of adjacent encoded-words of one charset, in any case, together before it
 * decodes them.  Sets `behind` to their end. */
static int run_holds_line_end(const reading *r, const encoded_word_found *first, const char **behind)
{
    room run = room_ample();
    const char *at = first->whole.data, *end = r->body.data + r->body.size;
    encoded_word_found next;
    int result;

    while (encoded_words_read(at, end, &next) && charsets_equal(next.charset, first->charset)) {
        mip_text octets = encoded_words_octets(&next);
        if (next.is_q || is_set_word(r, &next))
            append(&run, octets);
        text_free(octets);
        at = text_skip_blanks(next.whole.data + next.whole.size, end);
    }
    *behind = at;
    result = holds_line_end(room_text(&run), first->charset, is_set(r, text_between(first->whole.data, at)) ? r->decode : NULL);
    room_free(&run);
    return result;
}

static int words_hold_line_end(const reading *r)
{
    const char *at = r->body.data, *end = at + r->body.size, *behind_run = at;
    encoded_word_found found;

    while (at < end) {
        int is_word = encoded_words_read(at, end, &found);
        if (is_word && word_holds_line_end(r, &found))
            return 1;
        if (is_word && at >= behind_run && run_holds_line_end(r, &found, &behind_run))
            return 1;
        at += is_word ? found.whole.size : 1;
    }
    return 0;
}

/* The end of the segment at `at`: a semicolon that is not quoted, or the body's. */
static const char *skip_segment(const char *at, const char *end)
{
    int is_quoted = 0;

    for (; at < end && (is_quoted || *at != ';'); at++) {
        if (*at == '"')
            is_quoted = !is_quoted;
        else if (*at == '\\' && is_quoted && end - at > 1)
            at++;
    }
    return at;
}

/* attribute "*" "=", white space anywhere.  Returns the value of an extended parameter (RFC 2231, 7), or nothing. */
static mip_text find_extended_value(mip_text segment)
{
    static const char specials[] = "()<>@,;:\\\"/[]?= \t"; /* RFC 2045, 5.1 */
    const char *end = segment.data + segment.size, *at = text_skip_blanks(segment.data, end), *token = at;

    while (at < end && !memchr(specials, *at, sizeof specials - 1))
        at++;
    if (at > token && at[-1] == '*')
        at--;
    at = text_skip_blanks(at, end);
    if (at == token || at == end || *at != '*')
        return text_between(end, end);
    at = text_skip_blanks(at + 1, end);
    return text_between(at < end && *at == '=' ? at + 1 : end, end);
}

/* charset "'" language "'", behind a quotation mark perhaps.  Is there that? */
static int read_charset(mip_text value, mip_text *charset)
{
    const char *end = value.data + value.size, *at = text_skip_blanks(value.data, end);
    const char *quote = text_find(value, text_of("'"));

    if (!quote || !text_find(text_between(quote + 1, end), text_of("'")))
        return 0;
    at += *at == '"';
    *charset = text_between(quote > at ? at : quote, quote);
    return 1;
}

/* The octets of a value, in a block for text_free(). */
static mip_text octets_of_value(mip_text value)
{
    mip_text octets = text_copy(value);
    const char *at = value.data, *end = at + value.size;
    char *to = (char *)octets.data;

    while (at < end) {
        int octet = encoded_words_octet(at, end, '%');
        *to++ = octet >= 0 ? (char)octet : *at;
        at += octet >= 0 ? 3 : 1;
    }
    octets.size = (size_t)(to - octets.data);
    return octets;
}

/* A section of a parameter as CPython's email.message and email.utils have it: its name without the "*", the digits of its
 * number without zeros before them, and its value without quotes or angle brackets. */
typedef struct {
    mip_text name, number, value;
    int is_quoted, is_encoded;
} section;

static int is_word(char octet)
{
    return (octet >= '0' && octet <= '9') || (octet >= 'A' && octet <= 'Z') || (octet >= 'a' && octet <= 'z') || octet == '_';
}

/* A quotation mark is one where no backslash is before it. */
static const char *skip_section(const char *at, const char *end)
{
    int is_quoted = 0;

    for (const char *begin = at; at < end && (is_quoted || *at != ';'); at++)
        is_quoted ^= *at == '"' && (at == begin || at[-1] != '\\');
    return at;
}

static void unquote(mip_text value, section *found)
{
    const char *at = text_skip_blanks(value.data, value.data + value.size), *end = value.data + value.size;
    int is_bracketed;

    while (end > at && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    found->is_quoted = end - at > 1 && *at == '"' && end[-1] == '"';
    is_bracketed = end - at > 1 && *at == '<' && end[-1] == '>';
    found->value = found->is_quoted || is_bracketed ? text_between(at + 1, end - 1) : text_between(at, end);
}

/* \w+ "*" [0-9]* ["*"] "=" */
static int read_section(mip_text segment, section *found)
{
    const char *end = segment.data + segment.size, *begin = text_skip_blanks(segment.data, end), *at = begin, *digits;

    while (at < end && is_word(*at))
        at++;
    found->name = text_between(begin, at);
    if (at == begin || at == end || *at != '*')
        return 0;
    for (digits = ++at; at < end && *at >= '0' && *at <= '9'; at++)
        if (digits == at && *at == '0')
            digits++;
    found->number = text_between(digits, at);
    found->is_encoded = at[-1] == '*' || (at < end && *at == '*');
    at = text_skip_blanks(at < end && *at == '*' ? at + 1 : at, end);
    if (at == end || *at != '=')
        return 0;
    unquote(text_between(at + 1, end), found);
    return 1;
}

static int compare(mip_text one, mip_text other)
{
    int order = memcmp(one.data, other.data, one.size < other.size ? one.size : other.size);

    return order ? order : (one.size > other.size) - (one.size < other.size);
}

/* By number, by value, and by place. */
static int compare_sections(const section *one, const section *other)
{
    int order = (one->number.size > other->number.size) - (one->number.size < other->number.size);

    if (order == 0)
        order = compare(one->number, other->number);
    if (order == 0)
        order = compare(one->value, other->value);
    return order ? order : (one->name.data > other->name.data) - (one->name.data < other->name.data);
}

/* The section of this name that comes after `last`, or first where that is NULL. */
static int next_section(mip_text body, mip_text name, const section *last, section *next)
{
    const char *at = body.data, *end = at + body.size, *behind;
    int is_found = 0;
    section found;

    for (; at < end; at = behind + 1) {
        behind = skip_section(at, end);
        if (!read_section(text_between(at, behind), &found) || !charsets_equal(found.name, name) ||
            (last && compare_sections(&found, last) <= 0))
            continue;
        if (!is_found || compare_sections(&found, next) < 0)
            *next = found;
        is_found = 1;
    }
    return is_found;
}

/* The octets of a section, in a block for text_free(). */
static mip_text octets_of_section(const section *found)
{
    mip_text octets = text_copy(found->value);
    const char *at = found->value.data, *end = at + found->value.size;
    char *to = (char *)octets.data;

    while (at < end) {
        int octet = found->is_encoded ? encoded_words_octet(at, end, '%') : -1;
        if (found->is_quoted && *at == '\\' && end - at > 1 && (at[1] == '\\' || at[1] == '"'))
            at++;
        *to++ = octet >= 0 ? (char)octet : *at;
        at += octet >= 0 ? 3 : 1;
    }
    octets.size = (size_t)(to - octets.data);
    return octets;
}

/* CPython's email.utils puts the octets of the sections of one name together, in the order of their numbers, and decodes
 * them then. */
static int sections_hold_line_end(mip_text body, mip_text name, mip_decoder *decode)
{
    room together = room_ample();
    section last, next;
    mip_text charset;
    int result = 0, is_encoded = 0;

    for (int is = next_section(body, name, NULL, &next); is; is = next_section(body, name, &last, &next)) {
        mip_text octets = octets_of_section(&next);
        append(&together, octets);
        text_free(octets);
        is_encoded = is_encoded || next.is_encoded;
        last = next;
    }
    if (is_encoded && read_charset(room_text(&together), &charset)) {
        const char *end = room_text(&together).data + room_text(&together).size, *quote = charset.data + charset.size + 1;
        quote = text_find(text_between(quote, end), text_of("'"));
        result = holds_line_end(text_between(quote + 1, end), charset, decode);
    }
    room_free(&together);
    return result;
}

static int all_sections_hold_line_end(mip_text body, mip_decoder *decode)
{
    const char *at = body.data, *end = at + body.size, *behind;
    int result = 0;
    section found;

    for (; at < end && !result; at = behind + 1) {
        behind = skip_section(at, end);
        if (read_section(text_between(at, behind), &found))
            result = sections_hold_line_end(body, found.name, decode);
    }
    return result;
}

static int parameters_hold_line_end(mip_text body, mip_decoder *decode)
{
    const char *at = body.data, *end = at + body.size;
    int result = 0;

    for (; at < end && !result; at++) {
        mip_text segment = text_between(at, skip_segment(at, end)), value = find_extended_value(segment), charset = {"", 0};
        mip_text octets = octets_of_value(value);
        read_charset(value, &charset);
        result = holds_line_end(octets, charset, decode);
        text_free(octets);
        at += segment.size;
    }
    return result || all_sections_hold_line_end(body, decode);
}

int careless_find_line_end(mip_text body, mip_text value, mip_syntax syntax, mip_decoder *decode)
{
    reading r = {body, value, decode};

    return words_hold_line_end(&r) || (syntax == MIP_PARAMETERS && parameters_hold_line_end(body, decode));
}
