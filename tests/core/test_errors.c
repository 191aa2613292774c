/* Each status, with the offset of the first octet at fault. */
#include "check.h"

static int fails(const char *name, const char *body, mip_syntax syntax, mip_status status, size_t offset)
{
    mip_text name_text = heap_text(name), body_text = heap_text(body);
    mip_style style = smtp_style();
    heap_output heap = new_output();
    mip_result result;

    if (status == MIP_LIMIT_TOO_SMALL)
        style.max_line_length = 13;
    result = mip_fold(name_text, body_text, syntax, &style, &heap.output);
    if (result.status != status || result.offset != offset)
        fprintf(stderr, "%s: %s\n gives %d at %zu\n", name, body, result.status, result.offset);
    free_text(name_text);
    free_text(body_text);
    free_output(&heap);
    return result.status == status && result.offset == offset && heap.output.size == 0;
}

static int unfolds_to(const char *body, const char *expected, mip_status status, size_t offset)
{
    mip_text text = heap_text(body);
    heap_output heap = new_output();
    mip_text name = {"X", 1};
    mip_result result = mip_unfold(name, text, &heap.output);
    int same = result.status == status && result.offset == offset && heap.output.size == strlen(expected) &&
               (heap.output.size == 0 || memcmp(heap.output.data, expected, heap.output.size) == 0);

    free_text(text);
    free_output(&heap);
    return same;
}

/* Does an id of these parts fail so? */
static int refuses(const char *idstring, const char *domain, mip_status status, size_t offset)
{
    static const unsigned char entropy[MIP_MSG_ID_ENTROPY] = {0};
    mip_text idstring_text = heap_text(idstring), domain_text = heap_text(domain);
    heap_output heap = new_output();
    mip_result result = mip_make_msg_id(0, entropy, idstring_text, domain_text, &heap.output);
    int same = result.status == status && result.offset == offset && heap.output.size == 0;

    free_text(idstring_text);
    free_text(domain_text);
    free_output(&heap);
    return same;
}

static void test_bad_parts(void)
{
    char long_domain[1000];

    memset(long_domain, 'x', sizeof long_domain);
    long_domain[999] = '\0';
    CHECK(refuses("", "", MIP_BAD_DOMAIN, 0));
    CHECK(refuses("", "a b", MIP_BAD_DOMAIN, 1));
    CHECK(refuses("", "a..b", MIP_BAD_DOMAIN, 2));
    CHECK(refuses("", ".a", MIP_BAD_DOMAIN, 0));
    CHECK(refuses("", "a.", MIP_BAD_DOMAIN, 1));
    CHECK(refuses("", "[127.0.0.1]", MIP_BAD_DOMAIN, 0));
    CHECK(refuses("", "a\r\nBcc:", MIP_BAD_DOMAIN, 1));
    CHECK(refuses("x@y", "a.example", MIP_BAD_IDSTRING, 1));
    CHECK(refuses("", long_domain, MIP_LINE_TOO_LONG, 0));
    long_domain[954] = '\0'; /* "Message-ID: <" and 9 digits, ".", 20 digits, "@" and ">" are 45 octets */
    CHECK(refuses("", long_domain, MIP_LINE_TOO_LONG, 0));
    long_domain[952] = '\0';
    CHECK(!refuses("", long_domain, MIP_LINE_TOO_LONG, 0));
    CHECK(refuses("x", long_domain, MIP_LINE_TOO_LONG, 0));
}

/* What the reason of each status has to say, which no other says. */
static const char *const said[] = {
    [MIP_OK] = "nothing is wrong",
    [MIP_NO_SPACE] = "no space left",
    [MIP_BAD_FIELD_NAME] = "invalid field name",
    [MIP_LINE_END] = "a CR or LF that is not part of a fold",
    [MIP_CONTROL] = "control character",
    [MIP_NOT_ASCII] = "outside US-ASCII, which only",
    [MIP_NOT_UTF8] = "octets that are not UTF-8",
    [MIP_LINE_TOO_LONG] = "no place to fold within the 998 octets",
    [MIP_LIMIT_TOO_SMALL] = "max_line_length is too small",
    [MIP_NO_IDNA] = "needs a style with to_a_labels",
    [MIP_NO_A_LABELS] = "no internationalized domain name",
    [MIP_BAD_DOMAIN] = "domain of a Message-ID",
    [MIP_BAD_IDSTRING] = "idstring of a Message-ID",
};

static void test_reasons(void)
{
    int count = sizeof said / sizeof said[0];

    for (int status = 0; status < count; status++)
        for (int other = 0; other < count; other++)
            CHECK(said[other] && (strstr(mip_reason((mip_status)status), said[other]) != NULL) == (status == other));
    CHECK(strcmp(mip_reason((mip_status)count), "an unknown status") == 0);
}

void test_errors(void)
{
    char long_id[1202];

    test_bad_parts();
    memset(long_id, 'x', sizeof long_id);
    long_id[0] = '<';
    long_id[1200] = '>';
    long_id[1201] = '\0';
    CHECK(fails("", "x", MIP_UNSTRUCTURED, MIP_BAD_FIELD_NAME, 0));
    CHECK(fails("X Y", "x", MIP_UNSTRUCTURED, MIP_BAD_FIELD_NAME, 1));
    CHECK(fails("X", "ab\nc", MIP_UNSTRUCTURED, MIP_LINE_END, 2));
    CHECK(fails("X", "ab\r\n\r\n", MIP_TOKENS, MIP_LINE_END, 2));
    CHECK(fails("X", "a =?utf-8?q?=0A?=", MIP_UNSTRUCTURED, MIP_LINE_END, 2));
    CHECK(fails("X", "a\x01", MIP_TOKENS, MIP_CONTROL, 1));
    CHECK(fails("X", "a <\xC3\xA9>", MIP_MSG_IDS, MIP_NOT_ASCII, 3));
    CHECK(fails("X", "(a(\xC3\xA9)b\\", MIP_TOKENS, MIP_NOT_ASCII, 3));
    CHECK(fails("X", "a <\xE9>", MIP_MSG_IDS, MIP_NOT_UTF8, 3));
    CHECK(fails("X", "a <b@x.\xC3\xA9>", MIP_ADDRESSES, MIP_NO_IDNA, 7));
    CHECK(fails("X", "a <\xC3\xA9@x.\xC3\xA9>", MIP_ADDRESSES, MIP_NOT_ASCII, 3));
    CHECK(fails("X", long_id, MIP_MSG_IDS, MIP_LINE_TOO_LONG, 0));
    CHECK(fails("X", "a \xC3\xA9", MIP_UNSTRUCTURED, MIP_LIMIT_TOO_SMALL, 0));
    CHECK(unfolds_to("a\r\n b\n\tc\r d", "a b\tc d", MIP_OK, 0));
    CHECK(unfolds_to("a\r\nb", "", MIP_LINE_END, 1));
    CHECK(unfolds_to("a\n\n b", "", MIP_LINE_END, 1));
    CHECK(unfolds_to("a\n\n", "", MIP_LINE_END, 1));
    CHECK(unfolds_to("a\n", "a", MIP_OK, 0));
    CHECK(unfolds_to("a\r\n", "a", MIP_OK, 0));
    CHECK(unfolds_to("a\r", "a", MIP_OK, 0));
    CHECK(unfolds_to("\n", "", MIP_OK, 0));
    CHECK(unfolds_to("\r\n\t \n b\n c", "b c", MIP_OK, 0));
    CHECK(unfolds_to("\n a\nb", "", MIP_LINE_END, 3));
    CHECK(unfolds_to("\nb", "", MIP_LINE_END, 0));
    test_reasons();
}
