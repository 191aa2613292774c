#include "text.h"

#include <stdlib.h>
#include <string.h>

mip_text text_of(const char *string)
{
    mip_text text = {string, strlen(string)};

    return text;
}

mip_text text_between(const char *begin, const char *end)
{
    mip_text text = {begin, (size_t)(end - begin)};

    return text;
}

mip_text text_copy(mip_text text)
{
    char *data = malloc(text.size > 0 ? text.size : 1);
    mip_text copy = {data, text.size};

    if (!data)
        abort();
    memcpy(data, text.data, text.size);
    return copy;
}

void text_free(mip_text text)
{
    free((char *)text.data);
}

int text_equal(mip_text one, mip_text other)
{
    return one.size == other.size && (one.size == 0 || memcmp(one.data, other.data, one.size) == 0);
}

const char *text_find(mip_text text, mip_text part)
{
    const char *at = text.data, *end = at + text.size;

    while (part.size > 0 && (size_t)(end - at) >= part.size) {
        at = memchr(at, *part.data, (size_t)(end - at) - part.size + 1);
        if (!at || memcmp(at, part.data, part.size) == 0)
            return at;
        at++;
    }
    return NULL;
}

int text_is_blank(char octet)
{
    return octet == ' ' || octet == '\t';
}

const char *text_skip_blanks(const char *at, const char *end)
{
    while (at < end && text_is_blank(*at))
        at++;
    return at;
}

const char *text_skip_word(const char *at, const char *end)
{
    while (at < end && !text_is_blank(*at))
        at++;
    return at;
}

int text_has_blank(mip_text text)
{
    return text_skip_word(text.data, text.data + text.size) < text.data + text.size;
}

int text_is_printable(mip_text text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] != '\t' && (text.data[i] < ' ' || text.data[i] > '~'))
            return 0;
    return 1;
}

int text_has_8bit(mip_text text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.data[i] > 0x7F)
            return 1;
    return 0;
}

const char *text_find_line_end(mip_text text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] == '\r' || text.data[i] == '\n')
            return text.data + i;
    return NULL;
}

/* The number of a character and its octets; 0 octets where there is none.  The least numbers of one to four octets, and
 * the surrogates, are of RFC 3629, 3. */
static size_t read_character(mip_text text, unsigned long *number)
{
    static const unsigned long least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char lead = (unsigned char)*text.data;
    size_t size = lead < 0x80 ? 1 : lead < 0xC0 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF8 ? 4 : 0;

    if (size == 0 || size > text.size)
        return 0;
    *number = size == 1 ? lead : lead & (0x7FU >> size);
    for (size_t i = 1; i < size; i++) {
        if (((unsigned char)text.data[i] & 0xC0) != 0x80)
            return 0;
        *number = *number << 6 | ((unsigned char)text.data[i] & 0x3FU);
    }
    if (*number < least[size] || *number > 0x10FFFF || (*number >= 0xD800 && *number <= 0xDFFF))
        return 0;
    return size;
}

int text_has_control(mip_text text)
{
    while (text.size > 0) {
        unsigned long number = 0;
        size_t size = read_character(text, &number);
        if (size > 0 &&
            ((number < ' ' && number != '\t') || (number >= 0x7F && number <= 0x9F) || number == 0x2028 || number == 0x2029))
            return 1;
        text.data += size > 0 ? size : 1;
        text.size -= size > 0 ? size : 1;
    }
    return 0;
}

size_t text_characters(mip_text text)
{
    size_t characters = 0;

    for (; text.size > 0; characters++) {
        unsigned long number;
        size_t size = read_character(text, &number);
        text.data += size > 0 ? size : 1;
        text.size -= size > 0 ? size : 1;
    }
    return characters;
}

int text_is_utf8(mip_text text)
{
    while (text.size > 0) {
        unsigned long number;
        size_t size = read_character(text, &number);
        if (size == 0)
            return 0;
        text.data += size;
        text.size -= size;
    }
    return 1;
}
