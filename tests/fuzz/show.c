/* mip_show(): what is shown can be set, and text that was decoded is no syntax. */
#include "charsets.h"
#include "encoded_words.h"
#include "input.h"
#include "room.h"
#include "text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t count(mip_text text, char octet)
{
    size_t found = 0;

    for (size_t i = 0; i < text.size; i++)
        found += text.data[i] == octet;
    return found;
}

static int holds(mip_text text, const char *part)
{
    return text_find(text, text_of(part)) != NULL;
}

/* Of charsets_decode(). */
static int is_without_memory(mip_text body)
{
    return holds(body, "x-memory") || holds(body, "X-") || holds(body, "-MEMORY");
}

/* May octets be decoded?  Those that are no text of their charset are shown as they are. */
static int may_decode(mip_text body)
{
    return holds(body, "=?") || holds(body, "%");
}

static void expect_octets(const input *in, mip_text shown)
{
    expect(in, count(shown, '\r') <= count(in->body, '\r'), "no CR is shown that is not in the body");
    expect(in, count(shown, '\n') <= count(in->body, '\n'), "no LF is shown that is not in the body");
    expect(in, count(shown, '\0') <= count(in->body, '\0') || may_decode(in->body),
           "a NUL that is shown is in the body or decoded");
    expect(in, text_is_utf8(shown) || !text_is_utf8(in->body) || may_decode(in->body), "what is shown of UTF-8 is UTF-8");
}

/* Only CPython decodes all of what looks like encoded-words; the others are as anybody reads them. */
static void expect_text(const input *in, mip_text shown)
{
    mip_text text = encoded_words_text(in->body);

    if (in->view == MIP_VIEW_TEXT && !holds(text, "=?") && !holds(text, "\r") && !holds(text, "\n") && !text_has_8bit(in->body))
        expect(in, text_equal(shown, text), "text is shown as it is read");
    text_free(text);
}

typedef struct {
    size_t mailboxes, groups, open_groups, malformed;
} parts_found;

static int take(void *taker, const mip_part *part)
{
    parts_found *found = taker;

    found->mailboxes += part->kind == MIP_PART_MAILBOX;
    found->malformed += part->kind == MIP_PART_MAILBOX && part->first.size + part->second.size + part->third.size == 0;
    /* A line end that was decoded is shown as a blank, or not at all. */
    found->malformed += text_find_line_end(part->first) || text_find_line_end(part->second) || text_find_line_end(part->third);
    found->groups += part->kind == MIP_PART_GROUP;
    found->open_groups += part->kind == MIP_PART_GROUP ? 1 : part->kind == MIP_PART_END_OF_GROUP ? (size_t)-1 : 0;
    return 0;
}

static parts_found parts_of(mip_text body, mip_view view)
{
    parts_found found = {0, 0, 0, 0};
    room scratch = room_ample();

    if (mip_read_parts(body, view, charsets_decode, take, &found, &scratch.output) != MIP_OK)
        found.open_groups = 0; /* for lack of memory */
    room_free(&scratch);
    return found;
}

/* Decoded text is no syntax: what is shown is as many mailboxes and groups as the body is.  Not so where a domain-literal
 * holds brackets, what was decoded is an encoded-word again, white space of Unicode is a local-part, a line end that is no
 * fold is shown as a blank, or what is no address is shown as it came, behind others. */
static void expect_mailboxes(const input *in, mip_text shown)
{
    parts_found given = parts_of(in->body, in->view), others;

    expect(in, given.open_groups == 0, "each group ends");
    if (in->view != MIP_VIEW_ADDRESSES || holds(shown, "=?") || holds(in->body, "[") || holds(in->body, "\\") ||
        text_find_line_end(in->body) || given.malformed > 0 || text_has_control(shown) || text_has_8bit(shown))
        return;
    others = parts_of(shown, in->view);
    expect(in, (given.groups > 0 || given.mailboxes == others.mailboxes) && given.groups == others.groups,
           "as many mailboxes are shown as there are");
}

static int ends_in_line_end(mip_text body)
{
    return body.size > 0 && (body.data[body.size - 1] == '\n' || body.data[body.size - 1] == '\r');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input in = input_read(data, size);
    room first = room_start((growth){0}), second = room_start(growth_unlimited(in.growth));
    room third = room_start(in.growth);
    mip_shown result = mip_show(in.body, in.view, charsets_decode, &first.output), other;
    mip_text shown = result == MIP_SHOWN ? room_text(&first) : in.body;

    in.output = shown;
    expect(&in, result == MIP_SHOWN || result == MIP_SHOWN_AS_IT_IS || ends_in_line_end(in.body) || is_without_memory(in.body),
           "of every body without a line end at its end something is shown");
    if (result == MIP_SHOWN || result == MIP_SHOWN_AS_IT_IS) {
        expect_octets(&in, shown);
        expect_text(&in, shown);
        expect_mailboxes(&in, shown);
    }
    if (result != MIP_SHOWN)
        expect(&in, room_is_as_before(&first), "what is not appended leaves the output as it was");
    other = mip_show(in.body, in.view, charsets_decode, &second.output);
    expect(&in, other == result && text_equal(room_text(&first), room_text(&second)),
           "the output does not depend on how the buffer grows");
    other = mip_show(in.body, in.view, charsets_decode, &third.output);
    expect(&in, other == MIP_SHOWN_NO_SPACE ? room_is_as_before(&third) : text_equal(room_text(&first), room_text(&third)),
           "out of memory leaves the output as it was");
    room_free(&first);
    room_free(&second);
    room_free(&third);
    input_free(&in);
    return 0;
}
