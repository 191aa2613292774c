/* Values of parameters that change their form. */
#include "check.h"
#include "lex/octet.h"

static int folds_to(const char *body, size_t size, int well_formed, const char *expected)
{
    mip_text name = heap_text("X"), text = heap_octets(body, size);
    mip_style style = smtp_style();
    heap_output heap = new_output();
    mip_result result;
    int same;

    style.read = 1;
    style.well_formed = well_formed;
    result = mip_fold(name, text, MIP_PARAMETERS, &style, &heap.output);
    same = result.status == MIP_OK && heap.output.size == strlen(expected) &&
           memcmp(heap.output.data, expected, heap.output.size) == 0;
    if (!same)
        fprintf(stderr, "%.*s\n folds to %.*s", (int)size, body, (int)heap.output.size, heap.output.data);
    free_text(name);
    free_text(text);
    free_output(&heap);
    return same;
}

/* RFC 2231, 7: an octet is an ext-octet, unless it is unreserved. */
static void encode_each(void)
{
    for (int octet = 0; octet < 256; octet++) {
        char c = (char)(unsigned char)octet, body[] = {'a', '=', '"', '\x01', '\\', c, '"'}, expected[80];
        const char *charset = octet < 128 ? "us-ascii" : "unknown-8bit";
        const char *form = octet_is(c, OCTET_UNRESERVED) ? "X: a*=%s''%%01%c\r\n" : "X: a*=%s''%%01%%%02X\r\n";

        if (c == '\r' || c == '\n')
            continue;
        snprintf(expected, sizeof expected, form, charset, octet);
        CHECK(folds_to(body, sizeof body, 0, expected));
    }
}

/* Octets of ext-octets may be no UTF-8 where the body is. */
static void decode_well_formed(void)
{
    static const char body[] = "a*=\xC3\xA9%C3%A9", other[] = "a*=\xC3\xA9%E9", quoted[] = "a=\"\xC3\xA9\\\xC3\xA9\"";

    CHECK(folds_to(body, sizeof body - 1, 1, "X: a*=utf-8''%C3%A9%C3%A9\r\n"));
    CHECK(folds_to(other, sizeof other - 1, 1, "X: a*=unknown-8bit''%C3%A9%E9\r\n"));
    CHECK(folds_to(quoted, sizeof quoted - 1, 1, "X: a*=utf-8''%C3%A9%C3%A9\r\n"));
}

/* An output without grow() need not be larger than what comes out. */
static void fill_fixed(size_t limit)
{
    mip_text name = {"X", 1}, text = heap_text("a=\"\xC3\xA9_____________________\"");
    mip_style style = smtp_style();
    heap_output heap = new_output();
    size_t size;

    style.max_line_length = limit;
    mip_fold(name, text, MIP_PARAMETERS, &style, &heap.output);
    size = heap.output.size;
    free_output(&heap);
    for (size_t capacity = 0; capacity <= size; capacity++) {
        char *data = malloc(capacity ? capacity : 1);
        mip_output output = {data, 0, capacity, NULL};
        mip_result result = mip_fold(name, text, MIP_PARAMETERS, &style, &output);
        CHECK(result.status == (capacity < size ? MIP_NO_SPACE : MIP_OK));
        CHECK(output.size == (capacity < size ? 0 : size));
        free(data);
    }
    free_text(text);
}

/* Characters of two octets: three such values have less than 998 columns, but more octets. */
static void count_octets_of_quoted(void)
{
    char body[1300] = "a";
    mip_text name = {"X", 1}, text = {body, 1};
    mip_style style = {.utf8 = 1, .read = 1};
    heap_output heap = new_output();
    const char *end;

    for (int parameter = 0; parameter < 3; parameter++) {
        memcpy(body + text.size, "; b=", 4);
        text.size += 4;
        for (int character = 0; character < 150 + 25 * parameter; character++, text.size += 2)
            memcpy(body + text.size, "\xC3\xA9", 2);
    }
    CHECK(mip_fold(name, text, MIP_PARAMETERS, &style, &heap.output).status == MIP_OK);
    end = memchr(heap.output.data, '\r', heap.output.size);
    CHECK(end && end - heap.output.data <= 998);
    CHECK(heap.output.size == strlen("X: \r\n\r\n") + text.size + 3 * strlen("\"\""));
    free_output(&heap);
}

void test_parameters(void)
{
    count_octets_of_quoted();
    encode_each();
    decode_well_formed();
    fill_fixed(78); /* one line */
    fill_fixed(24); /* sections */
}
