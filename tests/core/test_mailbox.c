/* Mailboxes of the usual forms, which are written whole, against the same written element by element. */
#include "check.h"

#include "fields/addresses.h"
#include "fields/usual_mailboxes.h"
#include "lex/utf8.h"

/* addresses.c once more, with no mailbox usual to it. */
static const char *put_none(writer *w, const char *begin, const char *end)
{
    (void)w;
    (void)end;
    return begin;
}
#define addresses_fold fold_by_elements
#define usual_mailboxes_put put_none
#include "fields/addresses.c"
#undef addresses_fold
#undef usual_mailboxes_put

typedef void fold_function(writer *w, mip_text body, mip_syntax syntax);

static mip_result fold(fold_function *function, mip_text body, const mip_style *style, mip_output *output)
{
    mip_text name = {"To:", 3};
    writer w;

    writer_start(&w, output, style, body);
    writer_put_word(&w, name);
    writer_put_blanks(&w, space);
    w.has_word = 0;
    function(&w, body, MIP_ADDRESSES);
    writer_break(&w);
    return writer_finish(&w);
}

static int folds_alike(mip_text body, const mip_style *style)
{
    heap_output heap = new_output(), other = new_output();
    mip_result result = fold(addresses_fold, body, style, &heap.output);
    mip_result expected = fold(fold_by_elements, body, style, &other.output);
    size_t size = heap.output.size;
    int alike = result.status == expected.status && result.offset == expected.offset && size == other.output.size &&
                (size == 0 || memcmp(heap.output.data, other.output.data, size) == 0);

    if (!alike)
        fprintf(stderr, "%.*s\n folds to %.*s by elements to %.*s", (int)body.size, body.data, (int)size, heap.output.data,
                (int)other.output.size, other.output.data);
    free_output(&heap);
    free_output(&other);
    return alike;
}

#define PICK(pieces) pieces[random_below(sizeof pieces / sizeof pieces[0])]

static const char *const words[] = {
    "Ann",
    "Smith",
    "O'Neil",
    "R&D",
    "J.",
    "J\xC3\xBCrgen",
    "M\xC3\xBCller",
    "\xE6\x97\xA5\xE6\x9C\xAC",
    "\"Smith, Ann (R&D)\"",
    "\"M\xC3\xBCller, J.\"",
    "\"\"",
    "\xE9t\xE9",
    "\xC2\x85",
    "\xE2\x80\xA8",
    "=?utf-8?q?x?=",
    "=?",
    "what?",
    "a\\,b",
    "\"a \\\" b\"",
    "\"open",
    "(Ann)",
    "(\xC3\xA9)",
    "a@b",
    "a>b",
    "[x]",
    "\x01",
    "grp:",
    "",
    "An-Exceptionally-Long-Word-That-Fills-A-Line",
    "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9",
};
static const char *const addresses[] = {
    "<a@b.example>",
    "<user.name+tag@mail.example.org>",
    "user@example.com",
    "<>",
    "<\"a b\"@c.example>",
    "<\xC3\xA9@b>",
    "<@a,@b:c@d>",
    "<a@[127.0.0.1]>",
    "\"a b\"@c.example",
    "<open",
    "< a@b >",
    "<an-address-of-some-length@b.example>",
};
static const char *const blanks[] = {" ", " ", " ", " ", " ", " ", "", "  ", "\t", "                  "};
static const char *const separators[] = {",", ",", ",", ",", ",", ",", ",", ";", " ,", "", " (c),", ",,"};

/* Most pieces are of those at the beginning of the list, which are usual. */
static const char *pick_word(void)
{
    return random_below(4) ? words[random_below(10)] : PICK(words);
}

static mip_text random_mailboxes(void)
{
    char data[8192] = "";

    for (unsigned count = 1 + random_below(8); count > 0; count--) {
        for (unsigned more = random_below(4); more > 0; more--) {
            strcat(data, pick_word());
            strcat(data, PICK(blanks));
        }
        strcat(data, random_below(4) ? addresses[random_below(3)] : PICK(addresses));
        if (count > 1 || random_below(20) == 0)
            strcat(data, PICK(separators));
        if (count > 1 || random_below(20) == 0)
            strcat(data, PICK(blanks));
    }
    return heap_text(data);
}

static void test_alike(void)
{
    static const size_t limits[] = {78, 78, 60, 40, 20, 14, 998, 0};

    for (int i = 0; i < 20000; i++) {
        mip_text body = random_mailboxes();
        mip_style style = smtp_style();

        style.max_line_length = PICK(limits);
        style.utf8 = random_below(4) == 0;
        style.read = (int)random_below(2);
        style.well_formed = utf8_is_valid(body) && random_below(2);
        CHECK(folds_alike(body, &style));
        free_text(body);
    }
}

/* The same of a body with many of an octet in it. */
static int folds_alike_around(const char *before, char octet, const char *behind)
{
    enum { MANY = 1000 };
    char data[2 * MANY];
    size_t size = strlen(before);
    mip_style style = smtp_style();
    mip_text body;
    int alike;

    memcpy(data, before, size);
    memset(data + size, octet, MANY);
    memcpy(data + size + MANY, behind, strlen(behind));
    body = heap_octets(data, size + MANY + strlen(behind));
    alike = folds_alike(body, &style);
    style.read = 1;
    alike = alike && folds_alike(body, &style);
    free_text(body);
    return alike;
}

/* Is this the rest of the body, behind its mailboxes of usual forms? */
static int leaves(const char *body, const char *rest)
{
    mip_text text = heap_text(body);
    mip_style style = smtp_style();
    heap_output heap = new_output();
    const char *end = text.data + text.size;
    writer w;
    int same;

    writer_start(&w, &heap.output, &style, text);
    same = usual_mailboxes_put(&w, text.data, end) == end - strlen(rest);
    free_text(text);
    free_output(&heap);
    return same;
}

void test_mailbox(void)
{
    test_alike();
    CHECK(folds_alike_around("J\xC3\xBCrgen <", 'x', "@b.example>, Ann <c@d.example>"));
    CHECK(folds_alike_around("J\xC3\xBCrgen <a", ' ', "@b.example>, Ann <c@d.example>"));
    CHECK(folds_alike_around("J\xC3\xBCrgen", ' ', "<a@b.example>, Ann <c@d.example>"));
    CHECK(folds_alike_around("Ann <a@b.example>, J\xC3\xBCrgen <c@d.example>, \xC3\xA9", ' ', ""));
    CHECK(folds_alike_around("J\xC3\xBCrgen <a@b.example>, Ann <c@d.example>, \xC3\xA9", ' ', ""));
    CHECK(leaves("", ""));
    CHECK(leaves(" ", " "));
    CHECK(leaves("a@b.example", ""));
    CHECK(leaves("Ann B. Smith <ann+tag@b.example>,\t<c@d.example>,  e@f.example", ""));
    CHECK(leaves("\"Smith, Ann (R&D)\" <a@b.example>", ""));
    CHECK(leaves("J\xC3\xBCrgen <a@b.example>, \"M\xC3\xBCller, J.\" <c@d.example>, \xE9 <e@f.example>", ""));
    CHECK(leaves("a@b, c@d,e@f", " c@d,e@f"));
    CHECK(leaves("a@b, c@d, ", " c@d, "));
    CHECK(leaves("a@b, c@d ", " c@d "));
    CHECK(leaves("a@b, c@d (Ann)", " c@d (Ann)"));
    CHECK(leaves("a@b, grp: c@d;", " grp: c@d;"));
    CHECK(leaves("a@b, =?utf-8?q?x?= <c@d>", " =?utf-8?q?x?= <c@d>"));
    CHECK(leaves("a@b, \"a \\\" b\" <c@d>", " \"a \\\" b\" <c@d>"));
    CHECK(leaves("a@b, \"open", " \"open"));
    CHECK(leaves("a@b, <open", " <open"));
    CHECK(leaves("a@b, J\xC3\xBCrgen<c@d>", " J\xC3\xBCrgen<c@d>"));
    CHECK(leaves("a@b, c@\xC3\xA9.example", " c@\xC3\xA9.example"));
    CHECK(leaves("a@b, <c@\xC3\xA9.example>", " <c@\xC3\xA9.example>"));
}
