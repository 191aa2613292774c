/* mip_fold_bound(): with so much room, and no more, no call ends for lack of space. */
#include "check.h"

/* What grows most when it is folded: octets that are encoded, and what parts them from each other. */
static const char *const pieces[] = {
    "\xE9", "\x01", "\xC3\xA9", "\xF0\x9F\x91\xA9", "a", " ", ",", ":", "(", ")", ";", "=", "\"", "=?", "=?utf-8?q?=41?=", "<@",
};
enum { PIECES = sizeof pieces / sizeof pieces[0], MOST_PIECES = 3 };

static const size_t limits[] = {78, 0, 998, 76, 75, 40, 26, 25, 24, 23, 22, 21, 20, 19, 18, 16, 15, 14, 5, 1};
/* The last one so long that it shows how many lines there are. */
static const mip_text lineseps[] = {
    {"\r\n", 2}, {NULL, 0}, {"\n", 1}, {"", 0}, {"\r\n.....................................", 39},
};

/* Fold in a buffer of the bound's size, from malloc(), so that a sanitizer sees an octet too many. */
static void fold_within_bound(mip_text name, mip_text body, mip_syntax syntax, const mip_style *style)
{
    size_t bound = mip_fold_bound(name.size, body.size, style);
    mip_output output = {malloc(bound), 0, bound, NULL};
    mip_result result;

    if (!output.data)
        abort();
    result = mip_fold(name, body, syntax, style, &output);
    if (result.status == MIP_NO_SPACE)
        fprintf(stderr, "%zu octets of syntax %d at limit %zu need more: %.*s\n", body.size, syntax, style->max_line_length,
                (int)body.size, body.data);
    CHECK(result.status != MIP_NO_SPACE);
    free(output.data);
}

static void check_within_bound(mip_text name, mip_text body)
{
    size_t bound = mip_fold_bound(name.size, body.size, &mip_smtp);
    mip_output output = {malloc(bound), 0, bound, NULL};

    if (!output.data)
        abort();
    CHECK(mip_check(name, body, NULL, &output, NULL).status != MIP_NO_SPACE);
    CHECK(output.size == 0);
    free(output.data);
}

static void fold_in_all_syntaxes(mip_text body)
{
    static const mip_text names[] = {{"X", 1}, {"Content-Type", 12}};
    mip_style style = mip_smtp;

    for (int syntax = MIP_UNSTRUCTURED; syntax <= MIP_TAGS; syntax++)
        for (int variant = 0; variant < 4; variant++) {
            style.read = variant & 1;
            style.utf8 = variant >> 1;
            style.keep = style.read && random_below(2);
            style.max_line_length = limits[random_below(sizeof limits / sizeof limits[0])];
            style.linesep = lineseps[random_below(sizeof lineseps / sizeof lineseps[0])];
            fold_within_bound(names[variant == 0], body, (mip_syntax)syntax, &style);
        }
    check_within_bound(names[1], body);
}

/* So many pieces, over and over. */
static void fold_repeated(const char *const *chosen, size_t count, size_t most)
{
    char data[400];
    size_t size = 0;
    mip_text body;

    for (size_t i = 0; size + strlen(chosen[i % count]) <= most; i++) {
        memcpy(data + size, chosen[i % count], strlen(chosen[i % count]));
        size += strlen(chosen[i % count]);
    }
    body = heap_octets(data, size);
    fold_in_all_syntaxes(body);
    free_text(body);
}

static void fold_all_repeated(void)
{
    const char *chosen[MOST_PIECES];

    for (int number = 0; number < PIECES * PIECES * PIECES; number++) {
        chosen[0] = pieces[number % PIECES];
        chosen[1] = pieces[number / PIECES % PIECES];
        chosen[2] = pieces[number / PIECES / PIECES];
        fold_repeated(chosen, 3, 1 + random_below(120));
        if (number < PIECES * PIECES)
            fold_repeated(chosen, 2, 400);
        if (number < PIECES)
            fold_repeated(chosen, 1, 400);
    }
}

/* The bodies of which most is made, at each limit. */
static void fold_the_worst(void)
{
    static const char *const worst[] = {"\x01",        "\xE9",       "\xE9\x01", "\xE9,", ":\xE9", "\xE9,\xE9",
                                        "=?\xE9\xE9,", "\xE9 \x01 ", "(\xE9)",   "a,",    "a "};
    char data[400];

    for (size_t i = 0; i < sizeof worst / sizeof worst[0]; i++) {
        mip_text body = {data, 0}, name = {"X", 1};
        for (; body.size + strlen(worst[i]) <= sizeof data; body.size += strlen(worst[i]))
            memcpy(data + body.size, worst[i], strlen(worst[i]));
        for (size_t limit = 0; limit < 100; limit++)
            for (size_t linesep = 0; linesep < sizeof lineseps / sizeof lineseps[0]; linesep++)
                for (int syntax = MIP_UNSTRUCTURED; syntax <= MIP_TAGS; syntax++) {
                    mip_style style = {.max_line_length = limit, .linesep = lineseps[linesep], .read = linesep % 2};
                    fold_within_bound(name, body, (mip_syntax)syntax, &style);
                }
    }
}

/* A value in sections, each with the name of the parameter again: RFC 2231, 3. */
static void fold_sections(void)
{
    char data[600];

    for (size_t attribute = 1; attribute < 300; attribute += 7)
        for (size_t value = 1; attribute + 4 + value < sizeof data; value += 13) {
            mip_text body = {data, attribute + 4 + value}, name = {"X", 1};
            mip_style style = mip_smtp;
            memset(data, 'x', sizeof data);
            memcpy(data, "a; ", 3);
            data[attribute + 3] = '=';
            memset(data + attribute + 4, '\xE9', value);
            for (style.max_line_length = 20; style.max_line_length < 400; style.max_line_length += 1 + random_below(40))
                fold_within_bound(name, body, MIP_PARAMETERS, &style);
        }
}

/* Is a tenth less than the bound too little for this body? */
static int is_tight(mip_text body, mip_syntax syntax, size_t limit)
{
    mip_text name = {"X", 1};
    mip_style style = mip_smtp;
    mip_output output = {NULL, 0, 0, NULL};
    mip_status status;

    style.max_line_length = limit;
    output.capacity = mip_fold_bound(name.size, body.size, &style) / 10 * 9;
    output.data = malloc(output.capacity);
    if (!output.data)
        abort();
    status = mip_fold(name, body, syntax, &style, &output).status;
    free(output.data);
    return status == MIP_NO_SPACE;
}

static void bound_is_tight(void)
{
    char short_lines[1000], long_lines[1000];
    mip_text one_each = {short_lines, sizeof short_lines}, two_each = {long_lines, sizeof long_lines};

    memset(short_lines, '\xE9', sizeof short_lines);
    for (size_t i = 0; i < sizeof long_lines; i++)
        long_lines[i] = i % 2 ? '\xE9' : ',';
    CHECK(is_tight(one_each, MIP_UNSTRUCTURED, 21));
    CHECK(is_tight(one_each, MIP_PHRASES, 23));
    CHECK(!is_tight(one_each, MIP_PHRASES, 78));
    CHECK(!is_tight(two_each, MIP_PHRASES, 75));
}

/* What no size_t counts. */
static void bound_has_a_bound(void)
{
    mip_style style = mip_smtp;

    CHECK(mip_fold_bound(0, 0, &style) >= sizeof ":\r\n" - 1);
    CHECK(mip_fold_bound(MIP_MOST_OCTETS, MIP_MOST_OCTETS, &style) < SIZE_MAX);
    CHECK(mip_fold_bound(MIP_MOST_OCTETS + 1, 0, &style) == SIZE_MAX);
    CHECK(mip_fold_bound(0, MIP_MOST_OCTETS + 1, &style) == SIZE_MAX);
    style.max_line_length = 20;
    CHECK(mip_fold_bound(MIP_MOST_OCTETS, MIP_MOST_OCTETS, &style) < SIZE_MAX);
    style.linesep.size = 100;
    CHECK(mip_fold_bound(0, MIP_MOST_OCTETS, &style) == SIZE_MAX);
    style.linesep.size = SIZE_MAX;
    CHECK(mip_fold_bound(0, 0, &style) == SIZE_MAX);
}

void test_bound(void)
{
    for (int i = 0; i < 5000; i++) {
        mip_text body = body_of_pieces();
        fold_in_all_syntaxes(body);
        free_text(body);
    }
    fold_all_repeated();
    fold_the_worst();
    fold_sections();
    bound_is_tight();
    bound_has_a_bound();
}
