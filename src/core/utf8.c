#include "utf8.h"

/* RFC 3629, 4:
 *   UTF8-1 = %x00-7F
 *   UTF8-2 = %xC2-DF UTF8-tail
 *   UTF8-3 = %xE0 %xA0-BF UTF8-tail / %xE1-EC 2( UTF8-tail ) /
 *            %xED %x80-9F UTF8-tail / %xEE-EF 2( UTF8-tail )
 *   UTF8-4 = %xF0 %x90-BF 2( UTF8-tail ) / %xF1-F3 3( UTF8-tail ) /
 *            %xF4 %x80-8F 2( UTF8-tail )
 *   UTF8-tail = %x80-BF */
size_t utf8_character(mip_text text)
{
    const unsigned char *octet = (const unsigned char *)text.data;
    unsigned char low = 0x80, high = 0xBF;
    size_t size;

    if (text.size == 0)
        return 0;
    if (octet[0] < 0x80)
        return 1;
    if (octet[0] < 0xC2 || octet[0] > 0xF4)
        return 0;
    size = octet[0] < 0xE0 ? 2 : octet[0] < 0xF0 ? 3 : 4;
    if (text.size < size)
        return 0;
    if (octet[0] == 0xE0)
        low = 0xA0;
    else if (octet[0] == 0xED)
        high = 0x9F;
    else if (octet[0] == 0xF0)
        low = 0x90;
    else if (octet[0] == 0xF4)
        high = 0x8F;
    if (octet[1] < low || octet[1] > high)
        return 0;
    for (size_t i = 2; i < size; i++)
        if (octet[i] < 0x80 || octet[i] > 0xBF)
            return 0;
    return size;
}

int utf8_is_valid(mip_text text)
{
    while (text.size > 0) {
        size_t size = utf8_character(text);
        if (size == 0)
            return 0;
        text.data += size;
        text.size -= size;
    }
    return 1;
}

size_t utf8_columns(mip_text text)
{
    size_t columns = 0;

    while (text.size > 0) {
        size_t size = utf8_character(text);
        if (size == 0)
            size = 1;
        text.data += size;
        text.size -= size;
        columns++;
    }
    return columns;
}

int utf8_is_control(mip_text text, size_t size)
{
    const unsigned char *octet = (const unsigned char *)text.data;

    if (size == 2)
        return octet[0] == 0xC2 && octet[1] < 0xA0;
    if (size == 3)
        return octet[0] == 0xE2 && octet[1] == 0x80 && (octet[2] == 0xA8 || octet[2] == 0xA9);
    return 0;
}
