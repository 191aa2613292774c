#include "lex/utf8.h"

#include <string.h>

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

    if (text.size == 0)
        return 0;
    if (octet[0] < 0x80)
        return 1;
    if (octet[0] < 0xE0)
        return octet[0] >= 0xC2 && text.size > 1 && utf8_is_tail(text.data[1]) ? 2 : 0;
    if (text.size < 3 || !utf8_is_tail(text.data[1]) || !utf8_is_tail(text.data[2]))
        return 0;
    if (octet[0] < 0xF0)
        return (octet[0] == 0xE0 && octet[1] < 0xA0) || (octet[0] == 0xED && octet[1] > 0x9F) ? 0 : 3;
    if (octet[0] > 0xF4 || text.size < 4 || !utf8_is_tail(text.data[3]))
        return 0;
    return (octet[0] == 0xF0 && octet[1] < 0x90) || (octet[0] == 0xF4 && octet[1] > 0x8F) ? 0 : 4;
}

/* Does text begin with eight octets of US-ASCII? */
static int is_ascii_block(mip_text text)
{
    uint64_t block;

    if (text.size < sizeof block)
        return 0;
    memcpy(&block, text.data, sizeof block);
    return (block & UINT64_C(0x8080808080808080)) == 0;
}

int utf8_is_ascii(mip_text text)
{
    while (is_ascii_block(text)) {
        text.data += 8;
        text.size -= 8;
    }
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.data[i] >= 0x80)
            return 0;
    return 1;
}

int utf8_is_valid(mip_text text)
{
    while (text.size > 0) {
        size_t size = is_ascii_block(text) ? 8 : utf8_character(text);
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
