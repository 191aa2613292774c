/* What mip_check() found out of a body: with it mip_fold() writes what it writes without. */
#include "check.h"

static const char *const pieces[] = {
    "a",
    " word",
    " of the meeting",
    " K\xC3\xB6ln",
    "\t",
    "\x01",
    "\r\n",
    "\n",
    " =?utf-8?q?=C3=A9?=",
    " =?x?q?a?=",
    " =?",
    "\xE9",
    ", ",
    " <a@b.example>",
    "\"q\"",
    "; filename=",
    "\"\xC3\xA9\"",
    "*=utf-8''%C3%A9",
    "%0A",
    "(c)",
    "12345678901234567890123456789012345678901234567890",
};

static mip_text random_value(void)
{
    char data[1024];
    size_t size = 0, count = random_below(12);

    while (count-- > 0) {
        const char *piece = pieces[random_below(sizeof pieces / sizeof pieces[0])];
        memcpy(data + size, piece, strlen(piece));
        size += strlen(piece);
    }
    return heap_octets(data, size);
}

void test_known(void)
{
    static const char *const names[] = {"Subject", "To", "Keywords", "Content-Disposition", "References", "Received"};
    size_t passed = 0;

    for (int i = 0; i < 20000; i++) {
        mip_text name = heap_text(names[random_below(6)]), body = random_value();
        mip_syntax syntax = random_below(4) ? mip_syntax_of(name) : MIP_TOKENS; /* as a name that a policy protects */
        mip_style style = smtp_style();
        heap_output scratch = new_output(), with = new_output(), without = new_output();
        mip_known known = 99;
        mip_result result = mip_check(name, body, NULL, &scratch.output, &known), other;

        CHECK((result.status == MIP_OK) == ((known & MIP_KNOWN_CHECKED) != 0));
        style.utf8 = random_below(4) == 0;
        style.read = random_below(4) == 0;
        other = mip_fold(name, body, syntax, &style, &without.output);
        style.known = known;
        if (result.status == MIP_OK) {
            result = mip_fold(name, body, syntax, &style, &with.output);
            CHECK(result.status == other.status && result.offset == other.offset && with.output.size == without.output.size);
            CHECK(with.output.size == 0 || memcmp(with.output.data, without.output.data, with.output.size) == 0);
            passed += result.status == MIP_OK;
        }
        free_text(name);
        free_text(body);
        free_output(&scratch);
        free_output(&with);
        free_output(&without);
    }
    CHECK(passed > 1000);
}
