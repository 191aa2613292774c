#include "lex/octet.h"

#include <stdint.h>
#include <string.h>


/* 0x001 WSP, 0x002 control, 0x004 ftext, 0x008 one octet in Q, 0x010 charset, 0x020 8-bit, 0x040 atext,
 * 0x080 unreserved, 0x100 qtext, 0x200 addr-spec */
const unsigned short octet_classes[256] = {
    /*       0      1      2      3      4      5      6      7      8      9      a      b      c      d      e      f */
    /* 0 */ 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x001, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002,
    /* 1 */ 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002,
    /* 2 */ 0x009, 0x35c, 0x004, 0x354, 0x354, 0x354, 0x354, 0x354, 0x104, 0x104, 0x34c, 0x35c, 0x104, 0x3dc, 0x384, 0x34c,
    /* 3 */ 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x100, 0x104, 0x104, 0x344, 0x104, 0x144,
    /* 4 */ 0x304, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc,
    /* 5 */ 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x104, 0x014, 0x104, 0x354, 0x3d4,
    /* 6 */ 0x354, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc,
    /* 7 */ 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x3dc, 0x354, 0x354, 0x354, 0x3d4, 0x002,
    /* 8 */ 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020,
    /* 9 */ 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020,
    /* a */ 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020,
    /* b */ 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020,
    /* c */ 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020,
    /* d */ 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020,
    /* e */ 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020,
    /* f */ 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020,
};

int octet_hex_value(char octet)
{
    if (octet >= '0' && octet <= '9')
        return octet - '0';
    if (octet >= 'A' && octet <= 'F')
        return octet - 'A' + 10;
    if (octet >= 'a' && octet <= 'f')
        return octet - 'a' + 10;
    return -1;
}

/* Eight octets in one word, and the highest and the lowest bit of each. */
typedef uint64_t octets8;

enum { OCTETS = sizeof(octets8) };

static const octets8 high_bits = UINT64_C(0x8080808080808080), low_bits = UINT64_C(0x0101010101010101);

static inline octets8 load(const char *octets)
{
    octets8 word;

    memcpy(&word, octets, sizeof word);
    return word;
}

/* The high bit of at least one octet is set if one of the eight is not printable.  Only an octet that is not printable
 * borrows from the next or carries over to it. */
static inline octets8 find_unprintable(octets8 word)
{
    return word | (word - low_bits * ' ') | (word + low_bits);
}

/* The high bit of at least one octet is set if one of the eight is a control character. */
static inline octets8 find_control(octets8 word)
{
    octets8 without_del = word ^ low_bits * 0x7F;

    return ((word - low_bits * ' ') & ~word) | ((without_del - low_bits) & ~without_del);
}

size_t octet_count_printable(const char *octets, size_t size)
{
    enum { WORDS = 4 }; /* compilers read that many at once */
    octets8 found = 0;
    size_t at = 0;

    for (; size - at >= OCTETS * WORDS; at += OCTETS * WORDS) {
        octets8 each[WORDS];
        for (size_t i = 0; i < WORDS; i++)
            each[i] = find_unprintable(load(octets + at + i * OCTETS));
        for (size_t i = 0; i < WORDS; i++)
            found |= each[i];
        if (found & high_bits)
            return at;
    }
    for (; size - at >= OCTETS; at += OCTETS)
        if (find_unprintable(load(octets + at)) & high_bits)
            return at;
    if (size >= OCTETS)
        return find_unprintable(load(octets + size - OCTETS)) & high_bits ? at : size;
    while (at < size && (unsigned char)(octets[at] - ' ') <= '~' - ' ')
        at++;
    return at;
}

int octet_any_control(const char *octets, size_t size)
{
    octets8 found = 0;
    size_t at = 0;

    for (; size - at >= OCTETS; at += OCTETS)
        found |= find_control(load(octets + at));
    if (size >= OCTETS)
        found |= find_control(load(octets + size - OCTETS));
    else
        for (; at < size; at++)
            found |= octet_is(octets[at], OCTET_CONTROL) || octets[at] == '\t' ? high_bits : 0;
    return (found & high_bits) != 0;
}

const char *octet_find_8bit(const char *at, const char *end)
{
    while (end - at >= OCTETS && !(load(at) & high_bits))
        at += OCTETS;
    while (at < end && !octet_is(*at, OCTET_8BIT))
        at++;
    return at;
}

size_t octet_count_8bit(const char *octets, size_t size)
{
    size_t count = 0, at = 0;

    for (; size - at >= OCTETS; at += OCTETS)
        count += (size_t)(((load(octets + at) & high_bits) >> 7) * low_bits >> (8 * (OCTETS - 1)));
    for (; at < size; at++)
        count += octet_is(octets[at], OCTET_8BIT) != 0;
    return count;
}
