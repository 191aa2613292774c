/* mip_show(): what is shown can be set, and text that was decoded is no syntax. */
#include "brackets.h"
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

/* Text may hold a NUL, as CPython has it. */
static void expect_octets(const input *in, mip_text shown)
{
    expect(in, count(shown, '\r') <= count(in->body, '\r'), "no CR is shown that is not in the body");
    expect(in, count(shown, '\n') <= count(in->body, '\n'), "no LF is shown that is not in the body");
    expect(in, count(shown, '\0') <= count(in->body, '\0') || in->view == MIP_VIEW_TEXT,
           "no NUL is shown that is not in the body, but for text");
    expect(in, text_is_utf8(shown) || !text_is_utf8(in->body), "what is shown of UTF-8 is UTF-8");
}

static void expect_text(const input *in, mip_text shown)
{
    mip_text text = encoded_words_text(in->body);

    if (in->view == MIP_VIEW_TEXT)
        expect(in, text_equal(shown, text), "text is shown as it is read");
    text_free(text);
}

static void expect_mailboxes(const input *in, mip_text shown)
{
    mip_text given = brackets_separators(in->body), others = brackets_separators(shown);

    if (in->view == MIP_VIEW_ADDRESSES && brackets_are_balanced(in->body)) {
        expect(in, brackets_are_balanced(shown), "each bracket that is shown is closed");
        expect(in, text_equal(given, others), "as many mailboxes are shown as there are");
    }
    text_free(given);
    text_free(others);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input in = input_read(data, size);
    room first = room_start((growth){0}), second = room_start(growth_unlimited(in.growth));
    room third = room_start(in.growth);
    mip_shown result = mip_show(in.body, in.view, NULL, &first.output), other;
    mip_text shown = room_text(&first).size > 0 ? room_text(&first) : in.body;

    in.output = shown;
    expect(&in, result == MIP_SHOWN || result == MIP_SHOWN_NOT, "there is a view or there is none");
    if (result == MIP_SHOWN) {
        expect_octets(&in, shown);
        expect_text(&in, shown);
        expect_mailboxes(&in, shown);
    } else {
        expect(&in, room_is_as_before(&first), "a failure leaves the output as it was");
    }
    other = mip_show(in.body, in.view, NULL, &second.output);
    expect(&in, other == result && text_equal(room_text(&first), room_text(&second)),
           "the output does not depend on how the buffer grows");
    other = mip_show(in.body, in.view, NULL, &third.output);
    expect(&in, other == MIP_SHOWN_NO_SPACE ? room_is_as_before(&third)
                                             : text_equal(room_text(&first), room_text(&third)),
           "out of memory leaves the output as it was");
    room_free(&first);
    room_free(&second);
    room_free(&third);
    input_free(&in);
    return 0;
}
