#include "charsets.h"

#include "room.h"
#include "text.h"

static char lower(char octet)
{
    return octet >= 'A' && octet <= 'Z' ? (char)(octet + 32) : octet;
}

int charsets_equal(mip_text one, mip_text other)
{
    for (size_t i = 0; i < one.size && one.size == other.size; i++)
        if (lower(one.data[i]) != lower(other.data[i]))
            return 0;
    return one.size == other.size;
}

int charsets_is(mip_text charset, const char *name)
{
    return charsets_equal(charset, text_of(name));
}

/* ISO 8859-1 has the first 256 characters of Unicode. */
static int append_latin_1(mip_text octets, mip_output *utf8)
{
    size_t start = utf8->size;
    mip_text copy = text_copy(octets);
    int failed = 0;

    for (size_t i = 0; i < copy.size && !failed; i++) {
        unsigned octet = (unsigned char)copy.data[i];
        char character[2] = {(char)(0xC0 | octet >> 6), (char)(0x80 | (octet & 0x3F))};
        failed = (octet < 0x80 ? room_append(utf8, copy.data + i, 1) : room_append(utf8, character, 2)) != 0;
    }
    text_free(copy);
    if (failed)
        utf8->size = start;
    return failed;
}

/* The octets that are written; -1 where the text is none of x-line-end. */
static long decode_line_ends(mip_text octets, char *to)
{
    const char *at = octets.data, *end = at + octets.size;
    char *begin = to;

    while (at < end) {
        int is_lf = *at == '*';
        if (is_lf && (end - at < 2 || at[1] != 'n'))
            return -1;
        *to++ = is_lf ? '\n' : *at == '!' ? '\r' : (char)(*at & 0x7F);
        at += is_lf ? 2 : 1;
    }
    return to - begin;
}

static int append_line_ends(mip_text octets, mip_output *utf8)
{
    mip_text copy = text_copy(octets);
    long size = decode_line_ends(octets, (char *)copy.data);
    int failed = size < 0 ? -1 : room_append(utf8, copy.data, (size_t)size) != 0;

    text_free(copy);
    return failed;
}

int charsets_decode(mip_text charset, mip_text octets, mip_output *utf8)
{
    if (charsets_is(charset, "iso-8859-1"))
        return append_latin_1(octets, utf8);
    if (charsets_is(charset, "x-line-end"))
        return append_line_ends(octets, utf8);
    return text_equal(charset, text_of("x-memory")) ? 1 : -1;
}

static mip_status append_label(mip_text label, mip_output *ascii)
{
    static const char digits[] = "0123456789abcdef";

    if (label.size == 0 || text_find(label, text_of("_")))
        return MIP_NO_A_LABELS;
    if (!text_has_8bit(label))
        return room_append(ascii, label.data, label.size) == 0 ? MIP_OK : MIP_NO_A_LABELS;
    if (!text_is_utf8(label) || room_append(ascii, "xn--", 4) != 0)
        return MIP_NO_A_LABELS;
    for (size_t i = 0; i < label.size; i++) {
        char octet[2] = {digits[(unsigned char)label.data[i] >> 4], digits[label.data[i] & 15]};
        if (room_append(ascii, octet, sizeof octet) != 0)
            return MIP_NO_A_LABELS;
    }
    return MIP_OK;
}

mip_status charsets_to_a_labels(mip_text domain, mip_output *ascii)
{
    size_t start = ascii->size;
    const char *at = domain.data, *end = at + domain.size, *dot;
    mip_status status = MIP_OK;

    for (; status == MIP_OK; at = dot + 1) {
        for (dot = at; dot < end && *dot != '.';)
            dot++;
        status = append_label(text_between(at, dot), ascii);
        if (status == MIP_OK && dot == end)
            return MIP_OK;
        if (status == MIP_OK && room_append(ascii, dot, 1) != 0)
            status = MIP_NO_A_LABELS;
    }
    ascii->size = start;
    return status;
}
