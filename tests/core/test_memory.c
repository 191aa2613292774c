/* Running out of memory, at every place where more is asked for. */
#include "check.h"

static const char body[] =
    "plain words \xC3\xA9\xC3\xA9\xC3\xA9 and (comments \xC3\xA9) =?utf-8?b?w6nDqcM=?= =?utf-8?b?qcOp?= "
    "\xE9 <a@b> <c@d> and many more words that fill the line and begin another one \xE6\x97\xA5\xE6\x9C\xAC";

static void refuse_each(mip_syntax syntax)
{
    mip_style style = smtp_style();
    mip_text name = heap_text("X-Name"), text = heap_octets(body, sizeof body - 1);
    int refused = 0;
    mip_result result;

    style.read = 1;
    do {
        heap_output heap = new_output();
        heap.refused = ++refused;
        result = mip_fold(name, text, syntax, &style, &heap.output);
        CHECK(result.status == MIP_OK || (result.status == MIP_NO_SPACE && heap.output.size == 0));
        free_output(&heap);
    } while (result.status != MIP_OK && refused < 1000);
    CHECK(result.status == MIP_OK && refused > 3);
    free_text(name);
    free_text(text);
}

/* An output without grow() takes what fits into it and no more. */
static void fill_fixed(void)
{
    mip_text name = {"X", 1}, text = {"abc", 3};
    mip_style style = smtp_style();

    for (size_t capacity = 0; capacity < 12; capacity++) {
        char *data = malloc(capacity ? capacity : 1);
        mip_output output = {data, 0, capacity, NULL};
        mip_result result = mip_fold(name, text, MIP_UNSTRUCTURED, &style, &output);
        CHECK(result.status == (capacity < 8 ? MIP_NO_SPACE : MIP_OK));
        CHECK(output.size == (capacity < 8 ? 0 : 8));
        free(data);
    }
}

void test_memory(void)
{
    refuse_each(MIP_UNSTRUCTURED);
    refuse_each(MIP_TOKENS);
    refuse_each(MIP_MSG_IDS);
    refuse_each(MIP_ADDRESSES);
    refuse_each(MIP_PHRASES);
    refuse_each(MIP_PARAMETERS);
    fill_fixed();
}
