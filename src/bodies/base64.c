#include "bodies.h"
#include "write/output.h"

/* RFC 4648, 4 */
static const char body_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static char *put_three_octets(char *at, const unsigned char *octets)
{
    unsigned bits = (unsigned)octets[0] << 16 | (unsigned)octets[1] << 8 | octets[2];

    at[0] = body_digits[bits >> 18];
    at[1] = body_digits[bits >> 12 & 63];
    at[2] = body_digits[bits >> 6 & 63];
    at[3] = body_digits[bits & 63];
    return at + 4;
}

/* The one or two octets at the end of all, and the padding. */
static char *put_last_octets(char *at, const unsigned char *octets, size_t size)
{
    unsigned char three[3] = {octets[0], 0, 0};

    if (size > 1)
        three[1] = octets[1];
    put_three_octets(at, three);
    if (size == 1)
        at[2] = '=';
    at[3] = '=';
    return at + 4;
}

mip_status mip_base64(mip_text octets, size_t columns, mip_output *output)
{
    const unsigned char *octet = (const unsigned char *)octets.data;
    size_t line = columns / 4 * 3, left = octets.size;
    char *at;

    if (left == 0)
        return MIP_OK;
    if (line == 0)
        return MIP_LIMIT_TOO_SMALL;
    if (left > MIP_MOST_OCTETS || !output_make_room(output, (left + 2) / 3 * 4 + (left + line - 1) / line))
        return MIP_NO_SPACE;
    at = output->data + output->size;
    while (left > 0) {
        size_t size = left < line ? left : line;

        left -= size;
        for (; size >= 3; size -= 3, octet += 3)
            at = put_three_octets(at, octet);
        if (size > 0)
            at = put_last_octets(at, octet, size);
        *at++ = '\n';
    }
    output->size = (size_t)(at - output->data);
    return MIP_OK;
}
