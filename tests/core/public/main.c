/* The tests that ask for nothing but msgidpolicy.h, so that they run with the core as one file; and a digest of what random
 * fields fold to, which is the same on every machine. */
#include "check.h"

static unsigned long digest = 2166136261UL;

/* FNV-1a of 32 bits. */
static void add_to_digest(const char *octets, size_t size)
{
    for (size_t i = 0; i < size; i++)
        digest = ((digest ^ (unsigned char)octets[i]) * 16777619UL) & 0xFFFFFFFFUL;
}

static void fold_random_body(void)
{
    static const size_t limits[] = {78, 0, 998, 40, 14};
    mip_text body = body_of_pieces(), name = {"X-Name", 6};

    for (int variant = 0; variant < 4; variant++) {
        mip_style style = mip_smtp;
        heap_output heap = new_output();
        mip_syntax syntax = (mip_syntax)random_below(MIP_TAGS + 1);
        mip_result result;
        char end[3];
        style.read = variant & 1;
        style.utf8 = variant >> 1;
        style.max_line_length = limits[random_below(sizeof limits / sizeof limits[0])];
        result = mip_fold(name, body, syntax, &style, &heap.output);
        end[0] = (char)result.status;
        end[1] = (char)(result.offset & 0x7F);
        end[2] = (char)(result.offset >> 7 & 0x7F);
        add_to_digest(heap.output.data, heap.output.size);
        add_to_digest(end, sizeof end);
        free_output(&heap);
    }
    free_text(body);
}

int main(void)
{
    for (int i = 0; i < 20000; i++)
        fold_random_body();
    printf("digest %08lx\n", digest);
    test_field_name();
    test_msg_id();
    test_fold();
    test_errors();
    test_bound();
    return summary();
}
