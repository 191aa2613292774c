#include "folded.h"

#include <string.h>

#include "careless.h"
#include "encoded_words.h"
#include "text.h"

enum {
    ENCODED_WORD_OCTETS = 75,  /* RFC 2047, 2 */
    ENCODED_LINE_COLUMNS = 76, /* the same */
    LEAST_LIMIT = 20           /* columns of "=?unknown-8bit?q??=" and more: with less there may be no way to fold */
};

/* Leave out each line end, of which the field has none but those of its lines. */
static mip_text unfold(mip_text name, mip_text wire)
{
    mip_text body = text_copy(wire);
    char *to = (char *)body.data;
    size_t at = name.size + 1;

    at += at < wire.size && wire.data[at] == ' ';
    for (; at < wire.size; at++)
        if (wire.data[at] != '\r' && wire.data[at] != '\n')
            *to++ = wire.data[at];
    body.size = (size_t)(to - body.data);
    return body;
}

folded folded_of(const input *in, mip_text body, const mip_style *style, growth kind)
{
    folded field = {{MIP_OK, 0}, room_start(kind), {"", 0}, {NULL, 0}};

    field.result = mip_fold(in->name, body, in->syntax, style, &field.room.output);
    if (field.result.status == MIP_OK)
        field.wire = room_text(&field.room);
    field.body = unfold(in->name, field.wire);
    return field;
}

void folded_free(folded *field)
{
    room_free(&field->room);
    text_free(field->body);
}

void folded_expect_failure(const input *in, const folded *field)
{
    mip_status status = field->result.status;
    mip_text at_fault = status == MIP_BAD_FIELD_NAME ? in->name : in->body;
    const growth *kind = &field->room.kind;
    int may_run_out = kind->refused > 0 || kind->is_fixed || text_find(in->body, text_of("x-memory"));

    expect(in, room_is_as_before(&field->room), "a failure leaves the output as it was");
    expect(in, field->result.offset <= at_fault.size, "the offset of a failure lies in the text");
    expect(in, status != MIP_NO_SPACE || may_run_out, "there is space where there is memory");
    expect(in, status != MIP_LIMIT_TOO_SMALL || in->style.max_line_length <= LEAST_LIMIT,
           "no limit is too small that leaves room for an encoded-word");
    if (status != MIP_LINE_END && status != MIP_NO_SPACE && status != MIP_LIMIT_TOO_SMALL)
        expect(in, !in->style.read || (status == MIP_BAD_FIELD_NAME && text_find_line_end(in->name)),
               "what was read is not refused for its grammar");
    if (status == MIP_LINE_END && in->style.read)
        expect(in, text_find_line_end(in->body) != NULL, "only a line end that is there is refused in what was read");
}

/* The line without the field's name, and without the white space at either end. */
static mip_text inner_of(mip_text line, size_t name)
{
    const char *end = line.data + line.size, *at = text_skip_blanks(line.data + name, end);

    while (end > at && text_is_blank(end[-1]))
        end--;
    return text_between(at, end);
}

static int has_bracket(mip_text text)
{
    static const char brackets[] = "\"(<[\\";

    for (size_t i = 0; i < text.size; i++)
        if (memchr(brackets, text.data[i], sizeof brackets - 1))
            return 1;
    return 0;
}

/* In brackets, and in quotes that a value got, it is a question of grammar what may be folded. */
static int has_brackets(const input *in, mip_text line)
{
    return in->syntax != MIP_UNSTRUCTURED && (has_bracket(in->body) || has_bracket(line));
}

/* May the body be folded at any of its white space?  Lists and parameters are folded by item. */
static int is_folded_at_blanks(const input *in)
{
    return in->syntax != MIP_PHRASES && in->syntax != MIP_ADDRESSES && in->syntax != MIP_PARAMETERS;
}

static void expect_white_space(const input *in, mip_text line, int is_first, int is_last)
{
    mip_text inner = inner_of(line, is_first ? in->name.size + 1 : 0);

    expect(in, is_first || (line.size > 0 && text_is_blank(*line.data)), "a continuation line begins with white space");
    expect(in, is_first || inner.size > 0, "a continuation line is never blank");
    expect(in, !is_first || is_last || inner.size > 0, "the first line carries the first word");
    expect(in, is_last || !text_is_blank(line.data[line.size - 1]), "no white space stands before a fold");
    expect(in, !text_find_line_end(line), "CR and LF end a line and nothing else");
}

/* An encoded-word that did not come so keeps to RFC 2047, 2 and 5 (3). */
static void expect_encoded_word(const input *in, mip_text word)
{
    mip_text text = encoded_words_text(word);

    expect(in, word.size <= ENCODED_WORD_OCTETS, "an encoded-word has at most 75 octets");
    expect(in, text.size > 0 && !text_equal(text, word), "an encoded-word can be decoded, and is not empty");
    expect(in, text_is_utf8(text) || text_find(word, text_of("=?unknown-8bit?")) == word.data,
           "an encoded-word holds whole characters");
    text_free(text);
}

/* Does what stands on a line hold such encoded-words? */
static int expect_encoded_words(const input *in, mip_text line)
{
    const char *at = line.data, *end = at + line.size;
    int found = 0;
    mip_text word;

    for (; (at = encoded_words_find(at, end, &word)) != NULL; at = word.data + word.size) {
        if (text_find(in->body, word))
            continue;
        expect_encoded_word(in, word);
        found = 1;
    }
    return found;
}

static void expect_sizes(const input *in, mip_text line, int is_first)
{
    mip_text inner = inner_of(line, is_first ? in->name.size + 1 : 0);
    size_t limit = in->style.max_line_length ? in->style.max_line_length : LINE_OCTETS;
    size_t columns = in->style.utf8 ? text_characters(line) : line.size;

    expect(in, line.size <= LINE_OCTETS || in->style.read, "no line is over 998 octets");
    if (expect_encoded_words(in, inner) && limit > ENCODED_LINE_COLUMNS)
        limit = ENCODED_LINE_COLUMNS;
    if (has_brackets(in, inner))
        return;
    expect(in, line.size <= LINE_OCTETS || !text_has_blank(inner), "no line over 998 octets could have been folded");
    if (is_folded_at_blanks(in))
        expect(in, columns <= limit || !text_has_blank(inner), "no line over the limit could have been folded");
}

/* RFC 5322, 2.2 and 3.2.2: what goes out of a value that was set, and of text.  Of the rest that was read no control
 * character but what came in. */
static void expect_octets(const input *in, const folded *field)
{
    mip_text body = field->body;

    if (in->syntax == MIP_UNSTRUCTURED || !in->style.read) {
        expect(in, in->style.utf8 || !text_has_8bit(body), "all octets are US-ASCII");
        expect(in, text_is_utf8(body), "all octets are UTF-8");
        expect(in, !text_has_control(body), "no control character goes out");
    }
    for (size_t i = 0; i < body.size && in->style.read; i++)
        if ((unsigned char)body.data[i] < ' ' || body.data[i] == 0x7F)
            expect(in, memchr(in->body.data, body.data[i], in->body.size) != NULL,
                   "no control character goes out that did not come in");
    /* Among octets that are encoded, a careless reader sees words where nobody wrote any. */
    expect(in,
           in->style.read || !text_is_printable(in->body) ||
               !careless_find_line_end(body, in->body, in->syntax, in->style.decode),
           "nobody decodes a line end");
}

void folded_expect_lines(const input *in, const folded *field)
{
    const char *at = field->wire.data, *end = at + field->wire.size, *line_end;
    int is_first = 1;

    expect(in, field->wire.size > in->name.size + 2, "a field has a name and a line end");
    expect(in, memcmp(at, in->name.data, in->name.size) == 0 && at[in->name.size] == ':', "a field begins with its name");
    expect(in, memcmp(end - 2, "\r\n", 2) == 0, "a field ends with a line end");
    for (; at < end; at = line_end + 2) {
        mip_text line;
        line_end = text_find(text_between(at, end), text_of("\r\n"));
        line = text_between(at, line_end);
        expect_white_space(in, line, is_first, line_end + 2 == end);
        expect_sizes(in, line, is_first);
        is_first = 0;
    }
    expect_octets(in, field);
}
