/* Bodies made of what the grammar cares for, in every syntax and style: no octet is read past the
 * end, a failure leaves nothing behind, lines end as they should. */
#include "check.h"
#include "shown.h"

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
    static const mip_syntax syntaxes[] = {MIP_UNSTRUCTURED, MIP_TOKENS,     MIP_MSG_IDS, MIP_ADDRESSES,
                                          MIP_PHRASES,      MIP_PARAMETERS, MIP_TAGS};
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
        mip_show(body, (mip_view)random_below(MIP_VIEW_VERSION + 1), NULL, &heap.output);
        while (mip_next_msg_id(&ids).size > 0)
            continue;
        CHECK(ids.offset == body.size);
        free_text(body);
        free_output(&heap);
    }
    free_text(name);
}
