/* utf8.h - characters in UTF-8 (RFC 3629). */
#ifndef MIP_UTF8_H
#define MIP_UTF8_H

#include "msgidpolicy.h"

/* The size of the character that text begins with, 1 to 4 octets; 0 when it begins with no character. */
size_t utf8_character(mip_text text);

/* UTF8-tail = %x80-BF */
static inline int utf8_is_tail(char octet)
{
    return ((unsigned char)octet & 0xC0) == 0x80;
}

/* The size of a character, 1 to 4 octets, whose first octet is known to be `lead`. */
static inline size_t utf8_size(char lead)
{
    unsigned char octet = (unsigned char)lead;

    return octet < 0x80 ? 1 : octet < 0xE0 ? 2 : octet < 0xF0 ? 3 : 4;
}

/* Is every octet US-ASCII? */
int utf8_is_ascii(mip_text text);

/* Is every octet part of a character? */
int utf8_is_valid(mip_text text);

/* The columns that text takes: one for each character, and one for each octet that is part of no character. */
size_t utf8_columns(mip_text text);

/* Does text begin with a character that no line may hold as it is: a C1 control (NEL is one),
 * LINE SEPARATOR or PARAGRAPH SEPARATOR?  `size` is that of the character. */
int utf8_is_control(mip_text text, size_t size);

#endif
