/* Bodies made of what the grammar cares for, in every syntax and style: no octet is read past the
 * end, a failure leaves nothing behind, lines end as they should. */
#include "check.h"
#include "shown.h"

static unsigned long state = 1;

/* A linear congruential generator, so that every run is the same (C99, 7.20.2.2). */
unsigned random_below(unsigned limit)
{
    state = state * 1103515245UL + 12345UL;
    return (unsigned)(state >> 16 & 0x7FFF) % limit;
}

static const char *const pieces[] = {
    " ", "  ", "\t", "a", "word", "(", ")", "<", ">", "\"", "\\", ";", ",", "=?", "?=", "=?utf-8?q?",
    "=?utf-8?b?w6k=?=", "=?utf-8?q?=C3?=", "=?utf-8?b?qQ==?=", "=?us-ascii?q?=E9?=", "=?x?q?y?=",
    "<a@b.example>", "\xC3\xA9", "\xE6\x97\xA5", "\xF0\x9F\x91\xA9", "\xE9", "\xC3", "\x01", "\x7F",
    "\xC2\x85", "\xE2\x80\xA8", "(\xC3\xA9 x)", ":", "[", "]", "Mon, ", "23 ", "Nov ", "2026 ", "10:00:00 ", "+0000", "text/plain", "name=", "x*=", "b=", ";keydata = ", "utf-8''", "%C3%A9", "%", "a@b.example", "\"\xC3\xA9, b\"", "\r\n ", "\n", "12345678901234567890123456789012345678901234567890",
};

mip_text body_of_pieces(void)
{
    char data[4096];
    size_t size = 0, count = random_below(40);

    while (count-- > 0) {
        const char *piece = pieces[random_below(sizeof pieces / sizeof pieces[0])];
        size_t repeat = random_below(50) == 0 ? 30 : 1;
        while (repeat-- > 0 && size + strlen(piece) < sizeof data) {
            memcpy(data + size, piece, strlen(piece));
            size += strlen(piece);
        }
    }
    return heap_octets(data, size);
}

static int is_folded(const mip_output *output)
{
    for (size_t i = 0; i + 1 < output->size; i++)
        if (output->data[i] == '\n' && output->data[i + 1] != ' ' && output->data[i + 1] != '\t')
            return 0;
    return output->size > 2 && memcmp(output->data + output->size - 2, "\r\n", 2) == 0;
}

void test_random(void)
{
    static const size_t limits[] = {78, 60, 20, 14, 998, 0, 5};
    static const mip_syntax syntaxes[] = {MIP_UNSTRUCTURED, MIP_TOKENS, MIP_MSG_IDS, MIP_ADDRESSES, MIP_PHRASES,
                                          MIP_PARAMETERS, MIP_TAGS};
    mip_text name = heap_text("X-Name");

    for (int i = 0; i < 20000; i++) {
        mip_text body = body_of_pieces();
        mip_style style = smtp_style();
        heap_output heap = new_output();
        mip_msg_ids ids = {body, 0, 0};
        mip_result result;

        style.max_line_length = limits[random_below(7)];
        style.utf8 = (int)random_below(2);
        style.read = (int)random_below(2);
        result = mip_fold(name, body, syntaxes[random_below(7)], &style, &heap.output);
        if (result.status == MIP_OK) {
            CHECK(is_folded(&heap.output));
        } else {
            CHECK(heap.output.size == 0 && result.offset <= body.size);
            CHECK(!style.read || result.status == MIP_LINE_END || result.status == MIP_LIMIT_TOO_SMALL);
        }
        mip_check(name, body, NULL, &heap.output, NULL);
        mip_unfold(name, body, &heap.output);
        mip_show(body, (mip_view)random_below(MIP_VIEW_MSG_IDS + 1), &heap.output);
        while (mip_next_msg_id(&ids).size > 0)
            continue;
        CHECK(ids.offset == body.size);
        free_text(body);
        free_output(&heap);
    }
    free_text(name);
}
