/* Bodies of every length at every limit, in exactly the room that they have. */
#include "bodies.h"
#include "check.h"

enum { MOST = 60 };

static const char octets[] = "a= \t\n\xc3\xbc b=\r\n  \nx\t\n\n= \r\r\n\xff\x7f.\n-- \n   ~a b c d e f g h i j k";

static mip_text body_of(size_t begin, size_t size)
{
    return heap_octets(octets + begin, size);
}

/* No line has more columns, and none ends in a blank. */
static void check_lines(const mip_output *output, size_t columns)
{
    size_t column = 0;

    for (size_t i = 0; i < output->size; i++) {
        if (output->data[i] != '\n') {
            CHECK(++column <= columns);
            continue;
        }
        CHECK(column == 0 || (output->data[i - 1] != ' ' && output->data[i - 1] != '\t'));
        column = 0;
    }
}

static void check_encoders(mip_text body, size_t columns)
{
    heap_output output = new_output();

    CHECK(mip_base64(body, columns, &output.output) == MIP_OK);
    check_lines(&output.output, columns);
    CHECK(output.output.size >= (body.size + 2) / 3 * 4);
    output.output.size = 0;
    CHECK(mip_quoted_printable(body, columns, &output.output) == MIP_OK);
    check_lines(&output.output, columns);
    free_output(&output);
}

static void check_line_ends(mip_text body, mip_text linesep)
{
    size_t size = mip_size_with_line_ends(body, linesep);
    heap_output output = new_output();
    mip_output fixed = {NULL, 0, size, NULL};

    fixed.data = malloc(size ? size : 1);
    CHECK(mip_with_line_ends(body, linesep, &fixed) == MIP_OK && fixed.size == size);
    CHECK(mip_with_line_ends(body, linesep, &output.output) == MIP_OK && output.output.size == size);
    CHECK(size == 0 || memcmp(fixed.data, output.output.data, size) == 0);
    free(fixed.data);
    free_output(&output);
}

/* A longest line begins and ends where there is no line end, and no more octets stand in a row. */
static void check_longest_line(mip_text body)
{
    size_t longest = 0, line = 0;

    for (size_t i = 0; i < body.size; i++) {
        line = body.data[i] == '\r' || body.data[i] == '\n' ? 0 : line + 1;
        longest = line > longest ? line : longest;
    }
    CHECK(mip_longest_line(body) == longest);
}

void test_bodies(void)
{
    mip_text none = {NULL, 0}, crlf = {"\r\n", 2}, lf = {"\n", 1}, empty = {"", 0};
    mip_output full = {NULL, 0, 0, NULL};

    for (size_t begin = 0; begin < sizeof octets - 1; begin++) {
        for (size_t size = 0; size <= MOST && begin + size < sizeof octets; size++) {
            mip_text body = body_of(begin, size);
            for (size_t columns = MIP_LEAST_COLUMNS; columns <= 12; columns++)
                check_encoders(body, columns);
            check_encoders(body, 76);
            check_line_ends(body, crlf);
            check_line_ends(body, lf);
            check_line_ends(body, empty);
            check_longest_line(body);
            free_text(body);
        }
    }
    check_line_ends(none, crlf);
    check_longest_line(none);
    CHECK(mip_base64(none, 76, &full) == MIP_OK && mip_quoted_printable(none, 76, &full) == MIP_OK);
    CHECK(mip_base64(lf, 76, &full) == MIP_NO_SPACE && mip_quoted_printable(lf, 76, &full) == MIP_NO_SPACE);
    CHECK(mip_base64(lf, 3, &full) == MIP_LIMIT_TOO_SMALL && mip_quoted_printable(lf, 3, &full) == MIP_LIMIT_TOO_SMALL);
    CHECK(mip_with_line_ends(lf, crlf, &full) == MIP_NO_SPACE && full.size == 0);
}
