/* mip_fold(): what holds of a field and of the value that went in. */
#include <stdlib.h>
#include <string.h>

#include "brackets.h"
#include "charsets.h"
#include "encoded_words.h"
#include "folded.h"
#include "input.h"
#include "room.h"
#include "text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Does the syntax leave encoded-words alone?  Comments aside. */
static int has_no_encoded_words(const input *in)
{
    int has = in->syntax == MIP_UNSTRUCTURED || in->syntax == MIP_PHRASES || in->syntax == MIP_ADDRESSES;

    return !has && !text_find(in->body, text_of("("));
}

/* US-ASCII with nothing in it to encode or decode? */
static int is_plain(const input *in, mip_text body)
{
    return text_is_printable(body) && (has_no_encoded_words(in) || !text_find(body, text_of("=?")));
}

/* May it be that somebody decodes a line end? */
static int may_hold_line_end(const input *in, mip_text body)
{
    return text_find(body, text_of("=?")) ||
           (in->syntax == MIP_PARAMETERS && (text_find(body, text_of("*")) || text_find(body, text_of("%"))));
}

/* Is there a parameter without "=", which gets a value if it was set?  A semicolon in quotes is taken for one, too. */
static int has_bare_parameter(mip_text body)
{
    const char *at = body.data, *end = at + body.size;

    while ((at = text_find(text_between(at, end), text_of(";"))) != NULL) {
        const char *equals, *next = text_find(text_between(++at, end), text_of(";"));
        equals = text_find(text_between(at, next ? next : end), text_of("="));
        if (!equals)
            return 1;
    }
    return 0;
}

/* Is it of those to which what was set may add something?  A list is folded behind its commas. */
static int may_grow(const input *in, mip_text body)
{
    return (in->syntax == MIP_PARAMETERS && has_bare_parameter(body)) ||
           (in->syntax == MIP_ADDRESSES && text_find(body, text_of(",")));
}

/* Is there a separator without white space behind it?  Words with an "@" are one item, and so is a name with a
 * separator behind its white space, so one SP may be put in there though there is white space in what is beside it. */
static int has_bare_separator(mip_text body)
{
    for (size_t i = 0; i + 1 < body.size; i++)
        if (memchr(",;:", body.data[i], 3) && body.data[i + 1] != ' ' && body.data[i + 1] != '\t')
            return 1;
    return 0;
}

/* Is a name glued to an angle-addr or a comment?  Then they share a line: only at white space between them is a name
 * kept together parted from them (rule 8). */
static int has_glued_name(mip_text body)
{
    for (size_t i = 0; i + 1 < body.size; i++) {
        char octet = body.data[i], next = body.data[i + 1];
        if ((memchr("<(", next, 2) && !memchr(" \t,;:<(", octet, 7)) ||
            (memchr(">)", octet, 2) && !memchr(" \t,;:>)", next, 7)))
            return 1;
    }
    return 0;
}

/* Are lists folded by item, not at each white space?  Those with neither are folded between words. */
static int has_long_items(const input *in, mip_text body)
{
    int is_list = in->syntax == MIP_ADDRESSES || in->syntax == MIP_PHRASES;

    return is_list && (has_bare_separator(body) || has_glued_name(body));
}

/* Can a line of 998 octets hold each word with the white space around it?  White space in brackets parts no words. */
static int fits_lines(const input *in, mip_text body)
{
    size_t used = in->name.size + 2;
    const char *at = body.data, *end = at + body.size;

    if (in->syntax == MIP_PARAMETERS || has_long_items(in, body))
        return used + body.size <= LINE_OCTETS; /* a longer value is encoded, white space and all */
    while (at < end) {
        const char *word = text_skip_blanks(at, end);
        const char *behind = in->syntax == MIP_UNSTRUCTURED ? text_skip_word(word, end) : brackets_skip_item(word, end);
        if (used + (size_t)(text_skip_blanks(behind, end) - at) > LINE_OCTETS)
            return 0;
        used = 0;
        at = behind;
    }
    return used <= LINE_OCTETS;
}

/* Of US-ASCII only a line end is refused that somebody decodes. */
static void expect_refusal(const input *in, mip_text body, mip_status status)
{
    int is_about_body = status != MIP_BAD_FIELD_NAME && status != MIP_LIMIT_TOO_SMALL && status != MIP_NO_SPACE;

    if (is_about_body && is_plain(in, body) && fits_lines(in, body))
        expect(in, status == MIP_LINE_END && may_hold_line_end(in, body), "US-ASCII is not refused");
}

/* Is this the body, but for SP that was put in? */
static int is_spaced(mip_text spaced, mip_text body)
{
    size_t i = 0;

    for (size_t at = 0; at < spaced.size; at++) {
        if (i < body.size && spaced.data[at] == body.data[i])
            i++;
        else if (spaced.data[at] != ' ')
            return 0;
    }
    return i == body.size;
}

/* Take the white space out of a text, which is in a block of its own. */
static mip_text without_blanks(mip_text text)
{
    char *to = (char *)text.data;

    for (size_t i = 0; i < text.size; i++)
        if (!text_is_blank(text.data[i]))
            *to++ = text.data[i];
    text.size = (size_t)(to - text.data);
    return text;
}

/* Does an encoded-word stand for no text of its charset, or for one with a line end (rule 10)?  What was set is then no
 * encoded-word, but text itself, and so is what no line can hold. */
static int is_spoiled(mip_text word)
{
    encoded_word_found found;
    mip_text text = encoded_words_text(word);
    int is = 0;

    if (!text_equal(text, word) && encoded_words_read(word.data, word.data + word.size, &found))
        is = text.size == 0 || !text_is_utf8(text) || text_find_line_end(text) ||
             (charsets_is(found.charset, "us-ascii") && text_has_8bit(text));
    text_free(text);
    return is;
}

/* Does an encoded-word stand for a text that encoded_words_text() does not know, and the core's decoder does? */
static int is_in_own_charset(mip_text word)
{
    encoded_word_found found;

    return encoded_words_read(word.data, word.data + word.size, &found) && charsets_is(found.charset, "x-line-end");
}

static int has_word(mip_text body, int (*is)(mip_text))
{
    const char *at = body.data, *end = at + body.size;

    while (at < end) {
        const char *word = text_skip_blanks(at, end);
        at = text_skip_word(word, end);
        if (is(text_between(word, at)))
            return 1;
    }
    return 0;
}

/* Nothing is lost of a text.  Programs are not one about white space beside an encoded-word that cannot be decoded, nor
 * about raw octets in one. */
static void expect_text(const input *in, mip_text body, const folded *field)
{
    mip_text given = encoded_words_text(body), written = encoded_words_text(field->body);

    if (!text_find(body, text_of("=?")))
        expect(in, text_equal(written, body), "text is read as it was written");
    given = without_blanks(given);
    written = without_blanks(written);
    if (text_is_printable(body) && in->style.decode && !has_word(body, is_in_own_charset) &&
        (!has_word(body, is_spoiled) || (in->style.read && fits_lines(in, body))))
        expect(in, text_equal(written, given), "US-ASCII is read as it was written, white space aside");
    text_free(given);
    text_free(written);
}

/* Rule 1: US-ASCII unfolds to itself, but for SP where no line could hold it, and text that is then encoded. */
static void expect_value(const input *in, mip_text body, const folded *field)
{
    int grows = !in->style.read && may_grow(in, body);

    if (is_plain(in, body) && fits_lines(in, body) && !grows)
        expect(in, text_equal(field->body, body), "US-ASCII unfolds to itself");
    else if (is_plain(in, body) && in->syntax != MIP_UNSTRUCTURED && in->syntax != MIP_PARAMETERS)
        expect(in, is_spaced(field->body, body), "nothing but SP is put into US-ASCII");
    if (in->syntax == MIP_UNSTRUCTURED)
        expect_text(in, body, field);
}

/* Rules 4 and 8: no mailbox and no msg-id comes or goes. */
static void expect_items(const input *in, mip_text body, const folded *field)
{
    mip_msg_ids given = {body, 0, 0}, written = {field->body, 0, 0};
    mip_text msg_id;

    /* What was set and looks like an encoded-word is encoded, a separator in it and all. */
    if (in->syntax == MIP_ADDRESSES && brackets_are_balanced(body) && (in->style.read || !text_find(body, text_of("=?")))) {
        mip_text separators = brackets_separators(body), others = brackets_separators(field->body);
        expect(in, text_equal(separators, others), "there are as many mailboxes and groups as before");
        text_free(separators);
        text_free(others);
    }
    if (in->syntax != MIP_MSG_IDS || (!fits_lines(in, body) && !brackets_are_balanced(body)))
        return; /* where SP is put in, and what is open is a matter of taste */
    while ((msg_id = mip_next_msg_id(&given)).size > 0) {
        expect(in, text_equal(mip_next_msg_id(&written), msg_id), "msg-ids stay as they are");
        if (!text_has_blank(msg_id) || (fits_lines(in, body) && fits_lines(in, field->body)))
            expect(in, text_find(field->wire, msg_id) != NULL, "a msg-id is on one line");
    }
    expect(in, mip_next_msg_id(&written).size == 0, "there are no more msg-ids than before");
}

/* Is a quote or a bracket left open?  What was set around one and is encoded takes others along, and what of the rest
 * is a comment, a name or a parameter can then be another matter. */
static int is_open(const input *in, mip_text body)
{
    return in->syntax != MIP_UNSTRUCTURED && !brackets_are_balanced(body);
}

/* Rule 12: what was folded and read is folded to the same, if its lines could be kept within 998 octets. */
static void expect_same_again(const input *in, mip_text body, const folded *field)
{
    mip_style style = in->style;
    folded again;

    if (!fits_lines(in, body) || !fits_lines(in, field->body) || (!is_plain(in, body) && is_open(in, body)))
        return;

    style.read = 1;
    again = folded_of(in, field->body, &style, (growth){0});
    expect(in, again.result.status == MIP_OK, "what was folded can be folded again");
    expect(in, text_equal(again.body, field->body), "folding again changes no octet of the value");
    if (is_plain(in, body) && is_plain(in, field->body))
        expect(in, text_equal(again.wire, field->wire), "folding US-ASCII again changes no break");
    folded_free(&again);
}

static void expect_same(const input *in, const folded *one, const folded *other, const char *sentence)
{
    expect(in,
           one->result.status == other->result.status && one->result.offset == other->result.offset &&
               text_equal(one->wire, other->wire),
           sentence);
}

/* The output's memory shows nowhere in it. */
static void expect_same_in_any_room(const input *in, const folded *field)
{
    growth unlimited = growth_unlimited(in->growth);
    folded other = folded_of(in, in->body, &in->style, unlimited);

    expect_same(in, field, &other, "the output does not depend on how the buffer grows");
    folded_free(&other);
    other = folded_of(in, in->body, &in->style, in->growth);
    if (other.result.status == MIP_NO_SPACE)
        folded_expect_failure(in, &other);
    else
        expect_same(in, field, &other, "where there is space the output is the same");
    folded_free(&other);
}

/* What the style knows, or has otherwise, makes no other difference. */
static void expect_same_in_other_styles(const input *in, mip_text body, const folded *field)
{
    mip_style style = in->style;
    folded other;

    if (text_is_utf8(body)) {
        style.well_formed = 1;
        other = folded_of(in, in->body, &style, (growth){0});
        expect_same(in, field, &other, "UTF-8 that is known to be is folded the same");
        folded_free(&other);
    }
    style.linesep = text_of("\n");
    other = folded_of(in, in->body, &style, (growth){0});
    expect(in, field->result.status == other.result.status && text_equal(field->body, other.body),
           "lines that end in LF hold the same");
    folded_free(&other);
    style = in->style;
    style.read = !style.read;
    if (is_plain(in, body) && fits_lines(in, body) && !may_grow(in, body) && field->result.status == MIP_OK) {
        other = folded_of(in, in->body, &style, (growth){0});
        if (other.result.status == MIP_OK)
            expect_same(in, field, &other, "US-ASCII that was set and that was read is folded the same");
        folded_free(&other);
    }
}

/* A fixed output of the bound's size is enough where no function of the caller's appends to it. */
static void expect_bound(const input *in)
{
    mip_style style = in->style;
    mip_output output = {NULL, 0, 0, NULL};

    style.decode = NULL;
    style.to_a_labels = NULL;
    output.capacity = mip_fold_bound(in->name.size, in->body.size, &style);
    output.data = malloc(output.capacity);
    expect(in, output.data != NULL, "there is memory for this");
    expect(in, mip_fold(in->name, in->body, in->syntax, &style, &output).status != MIP_NO_SPACE, "the bound is enough");
    free(output.data);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input in = input_read(data, size);
    mip_text body = input_value(&in);
    folded field = folded_of(&in, in.body, &in.style, (growth){0});

    in.output = field.wire;
    if (field.result.status != MIP_OK) {
        folded_expect_failure(&in, &field);
        expect_refusal(&in, body, field.result.status);
    } else {
        folded_expect_lines(&in, &field);
        expect_value(&in, body, &field);
        expect_items(&in, body, &field);
        expect_same_again(&in, body, &field);
    }
    expect_same_in_any_room(&in, &field);
    expect_same_in_other_styles(&in, body, &field);
    expect_bound(&in);
    folded_free(&field);
    input_free(&in);
    return 0;
}
