#include <string.h>

#include "bodies.h"
#include "lex/span.h"
#include "write/output.h"

/* quoted-printable := *(qp-segment transport-padding CRLF) qp-line
 * qp-segment       := *(qp-char / SPACE / TAB) "="
 * qp-char          := hex-octet / safe-char        RFC 2045, 6.7 */

/* May an octet stand for itself, where it is not the last of its line?  RFC 2045, 6.7 (2) and (3). */
static int stands_for_itself(unsigned char octet)
{
    return (octet >= ' ' && octet <= '~' && octet != '=') || octet == '\t';
}

static size_t columns_of(unsigned char octet)
{
    return stands_for_itself(octet) ? 1 : 3;
}

static char *put_hex_octet(char *at, unsigned char octet)
{
    static const char hex[] = "0123456789ABCDEF";

    at[0] = '=';
    at[1] = hex[octet >> 4];
    at[2] = hex[octet & 15];
    return at + 3;
}

static char *put_qp_char(char *at, unsigned char octet)
{
    if (!stands_for_itself(octet))
        return put_hex_octet(at, octet);
    *at = (char)octet;
    return at + 1;
}

static char *put_soft_break(char *at)
{
    at[0] = '=';
    at[1] = '\n';
    return at + 2;
}

/* The blank at the end of a line, which must not end it: `left` columns of those of a line are taken, this blank one of
 * them.  It is encoded, or something stands behind it. */
static char *put_last_blank(char *at, unsigned char blank, size_t left, size_t columns)
{
    if (left + 2 <= columns)
        return put_hex_octet(at, blank);
    if (left < columns) {
        *at = (char)blank;
        return put_soft_break(at + 1);
    }
    return put_hex_octet(put_soft_break(at), blank);
}

/* A line without its end, in as many lines as it takes. */
static char *put_line(char *at, mip_text line, size_t columns)
{
    const unsigned char *octet = (const unsigned char *)line.data, *end = octet + line.size;
    size_t left = 0, taken = 0;

    for (const unsigned char *o = octet; o < end; o++)
        left += columns_of(*o);
    while (left > columns) {
        for (; taken + columns_of(*octet) < columns; octet++) {
            taken += columns_of(*octet);
            at = put_qp_char(at, *octet);
        }
        at = put_soft_break(at);
        left -= taken;
        taken = 0;
    }
    if (octet == end)
        return at;
    if (left == (size_t)(end - octet)) {
        memcpy(at, octet, left - 1);
        at += left - 1;
    } else {
        for (; octet < end - 1; octet++)
            at = put_qp_char(at, *octet);
    }
    return end[-1] == ' ' || end[-1] == '\t' ? put_last_blank(at, end[-1], left, columns) : put_qp_char(at, end[-1]);
}

mip_status mip_quoted_printable(mip_text text, size_t columns, mip_output *output)
{
    const char *at = span_given(text).data, *end = at + text.size;
    size_t start = output->size;

    if (columns < MIP_LEAST_COLUMNS)
        return MIP_LIMIT_TOO_SMALL;
    if (text.size > MIP_MOST_OCTETS)
        return MIP_NO_SPACE;
    while (at < end) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        mip_text line = span(at, line_end ? line_end : end);

        /* Each octet has at most three columns, each line but the last at least columns - 3, and behind it two octets;
         * what a blank at the end takes is two, twice, and then a LF. */
        if (!output_make_room(output, 3 * line.size + (3 * line.size / (columns - 3) + 1) * 2 + 5)) {
            output->size = start;
            return MIP_NO_SPACE;
        }
        char *put = put_line(output->data + output->size, line, columns);
        if (line_end)
            *put++ = '\n';
        output->size = (size_t)(put - output->data);
        at = line_end ? line_end + 1 : end;
    }
    return MIP_OK;
}
