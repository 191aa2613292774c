#include "check.h"

/* Does name: body fold to this, whatever is in the output already? */
static int folds_to(const char *name, const char *body, mip_syntax syntax, const char *expected)
{
    mip_text name_text = heap_text(name), body_text = heap_text(body);
    mip_style style = smtp_style();
    heap_output heap = new_output();
    mip_result first, second;
    size_t size = strlen(expected);
    int same;

    first = mip_fold(name_text, body_text, syntax, &style, &heap.output);
    second = mip_fold(name_text, body_text, syntax, &style, &heap.output);
    same = first.status == MIP_OK && second.status == MIP_OK && heap.output.size == 2 * size &&
           memcmp(heap.output.data, expected, size) == 0 && memcmp(heap.output.data + size, expected, size) == 0;
    if (!same)
        fprintf(stderr, "%s: %s\n folds to %.*s", name, body, (int)heap.output.size, heap.output.data);
    free_text(name_text);
    free_text(body_text);
    free_output(&heap);
    return same;
}

static int has_syntax(const char *name, mip_syntax syntax)
{
    mip_text text = heap_text(name);
    int same = mip_syntax_of(text) == syntax;

    free_text(text);
    return same;
}

void test_field_name(void)
{
    CHECK(has_syntax("Subject", MIP_UNSTRUCTURED));
    CHECK(has_syntax("", MIP_UNSTRUCTURED));
    CHECK(has_syntax("message-ID", MIP_MSG_IDS));
    CHECK(has_syntax("Message-I", MIP_UNSTRUCTURED));
    CHECK(has_syntax("Message-IDs", MIP_UNSTRUCTURED));
    CHECK(has_syntax("ACCEPT-LANGUAGE", MIP_TOKENS));
    CHECK(has_syntax("xref", MIP_TOKENS));
    CHECK(has_syntax("To", MIP_ADDRESSES));
    CHECK(has_syntax("Content-Type", MIP_PARAMETERS));
    CHECK(has_syntax("List-Id", MIP_PHRASES));
}

/* Do the msg-ids of a body, one behind the other, make this? */
static int has_msg_ids(const char *body, const char *expected)
{
    mip_msg_ids ids = {heap_text(body), 0, 0};
    char found[200] = "";
    mip_text id;

    while ((id = mip_next_msg_id(&ids)).size > 0)
        strncat(found, id.data, id.size);
    free_text(ids.body);
    return strcmp(found, expected) == 0;
}

void test_msg_id(void)
{
    CHECK(has_msg_ids("", ""));
    CHECK(has_msg_ids("<a@b> <c@d>", "<a@b><c@d>"));
    CHECK(has_msg_ids("<a@b><c d@e>", "<a@b><c d@e>"));
    CHECK(has_msg_ids("(<x@y>) <a@b> \"<x@y>\"", "<a@b>"));
    CHECK(has_msg_ids("(open <a@b> ( <c@d>", "<a@b><c@d>"));
    CHECK(has_msg_ids("a@b <c@d", ""));
    CHECK(has_msg_ids("<a\\>@b>", "<a\\>@b>"));
}

/* Is this the id of time, entropy, idstring and domain? */
static int makes(uint64_t time, unsigned char octet, const char *idstring, const char *domain, const char *expected)
{
    unsigned char entropy[MIP_MSG_ID_ENTROPY];
    mip_text idstring_text = heap_text(idstring), domain_text = heap_text(domain);
    heap_output heap = new_output();
    mip_result result;
    int same;

    memset(entropy, octet, sizeof entropy);
    entropy[MIP_MSG_ID_ENTROPY - 1] = (unsigned char)(octet + 1);
    result = mip_make_msg_id(time, entropy, idstring_text, domain_text, &heap.output);
    same = result.status == MIP_OK && heap.output.size == strlen(expected) &&
           memcmp(heap.output.data, expected, heap.output.size) == 0;
    free_text(idstring_text);
    free_text(domain_text);
    free_output(&heap);
    return same;
}

static void test_make_msg_id(void)
{
    CHECK(makes(0, 0, "", "a.example", "<000000000.00000000000000000001@a.example>"));
    CHECK(makes(31, 0, "x.y", "a.example", "<00000000v.00000000000000000001.x.y@a.example>"));
    CHECK(makes(1795478994000, 0xFF, "", "a", "<1k85e6f2g.vvvvvvvvvvvvvvvv1vo0@a>"));
}

void test_fold(void)
{
    test_make_msg_id();
    CHECK(folds_to("Subject", "", MIP_UNSTRUCTURED, "Subject:\r\n"));
    CHECK(folds_to("Subject", "a", MIP_UNSTRUCTURED, "Subject: a\r\n"));
    CHECK(folds_to("X", "(\xC3\xA9", MIP_UNSTRUCTURED, "X: =?utf-8?b?KMOp?=\r\n"));
    CHECK(folds_to("X", "<a> (\xC3\xA9) <b>", MIP_TOKENS, "X: <a> (=?utf-8?q?=C3=A9?=) <b>\r\n"));
    CHECK(folds_to("X", "=?us-ascii?q?=41=42=43=44=45=46=47=48=49=4A=4B=4C=4D=4E=4F=50=51=52=53=54=55?=", MIP_UNSTRUCTURED,
                   "X: =?utf-8?q?ABCDEFGHIJKLMNOPQRSTU?=\r\n")); /* without a decoder */
    CHECK(folds_to("X", "\\", MIP_TOKENS, "X: \\\r\n"));
    CHECK(folds_to("X", "\"", MIP_MSG_IDS, "X: \"\r\n"));
    CHECK(folds_to("X", "(", MIP_MSG_IDS, "X: (\r\n"));
}
