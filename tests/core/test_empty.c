/* A text of no octets may be at no address, a style of zeros is one, and an output may have no room. */
#include "check.h"
#include "shown.h"

static const mip_text nowhere = {NULL, 0}, field_name = {"X", 1};

/* Does the field fold to this? */
static int folds_to(mip_text name, mip_text body, mip_syntax syntax, const mip_style *style, const char *expected)
{
    heap_output heap = new_output();
    mip_result result = mip_fold(name, body, syntax, style, &heap.output);
    int same = result.status == MIP_OK && heap.output.size == strlen(expected) &&
               memcmp(heap.output.data, expected, heap.output.size) == 0;

    free_output(&heap);
    return same;
}

static void fold_nothing(void)
{
    for (int variant = 0; variant < 4; variant++) {
        mip_style style = smtp_style();
        style.read = variant & 1;
        style.utf8 = variant >> 1;
        for (int syntax = MIP_UNSTRUCTURED; syntax <= MIP_TAGS; syntax++) {
            CHECK(folds_to(field_name, nowhere, (mip_syntax)syntax, &style, "X:\r\n"));
            CHECK(folds_to(nowhere, nowhere, (mip_syntax)syntax, &style, ":\r\n") == style.read);
        }
    }
}

static void read_nothing(void)
{
    static const mip_text names[] = {{"X", 1}, {"Content-Type", 12}};
    heap_output heap = new_output();
    mip_msg_ids ids = {{NULL, 0}, 0, 0};

    for (size_t i = 0; i < 2; i++)
        CHECK(mip_check(names[i], nowhere, NULL, &heap.output, NULL).status == MIP_OK);
    CHECK(mip_check(nowhere, nowhere, NULL, &heap.output, NULL).status == MIP_BAD_FIELD_NAME);
    CHECK(mip_unfold(nowhere, nowhere, &heap.output).status == MIP_OK);
    CHECK(mip_syntax_of(nowhere) == MIP_UNSTRUCTURED);
    CHECK(mip_next_msg_id(&ids).size == 0 && ids.offset == 0);
    for (int view = MIP_VIEW_TEXT; view <= MIP_VIEW_VERSION; view++) {
        mip_text empty = {"", 0};
        mip_shown shown = mip_show(nowhere, (mip_view)view, NULL, &heap.output);
        CHECK(shown == mip_show(empty, (mip_view)view, NULL, &heap.output));
    }
    CHECK(heap.output.size == 0);
    free_output(&heap);
}

static void make_of_nothing(void)
{
    static const unsigned char entropy[MIP_MSG_ID_ENTROPY] = {0};
    static const mip_text domain = {"a", 1};
    heap_output heap = new_output();

    CHECK(mip_make_msg_id(0, entropy, nowhere, nowhere, &heap.output).status == MIP_BAD_DOMAIN);
    CHECK(mip_make_msg_id(0, entropy, nowhere, domain, &heap.output).status == MIP_OK);
    free_output(&heap);
}

/* Lines end in CRLF where the style does not say how, and in nothing where it says that. */
static void fold_without_a_style(void)
{
    static const mip_style zeros;
    mip_style joined = {.linesep = {"", 0}, .max_line_length = 14};
    mip_text words = {"word word word", 14};

    CHECK(folds_to(field_name, words, MIP_UNSTRUCTURED, &zeros, "X: word word word\r\n"));
    CHECK(folds_to(field_name, words, MIP_TOKENS, &joined, "X: word word word"));
    joined.linesep = nowhere;
    CHECK(folds_to(field_name, words, MIP_PHRASES, &joined, "X: word word\r\n word\r\n"));
}

/* Nothing fits into it, and nothing is written to it. */
static void fold_without_an_output(void)
{
    static const char *const bodies[] = {"", "a", "\xC3\xA9", "=?utf-8?q?\xE9?=", "=?x?q?a?="};

    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        mip_text body = heap_text(bodies[i]);
        for (int syntax = MIP_UNSTRUCTURED; syntax <= MIP_TAGS; syntax++) {
            mip_style style = {.read = 1};
            mip_output output = {0};
            CHECK(mip_fold(field_name, body, (mip_syntax)syntax, &style, &output).status == MIP_NO_SPACE);
            CHECK(output.size == 0 && output.data == NULL);
        }
        free_text(body);
    }
}

void test_empty(void)
{
    fold_nothing();
    read_nothing();
    make_of_nothing();
    fold_without_a_style();
    fold_without_an_output();
}
