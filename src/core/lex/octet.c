#include "lex/octet.h"

#include <stdint.h>
#include <string.h>

#include "lex/octets16.h"

/* 0x001 WSP, 0x002 control, 0x004 ftext, 0x010 charset, 0x020 8-bit, 0x040 atext,
 * 0x080 unreserved, 0x100 qtext, 0x200 addr-spec */
/* clang-format off */
const unsigned short octet_classes[256] = {
    /*       0      1      2      3      4      5      6      7      8      9      a      b      c      d      e      f */
    /* 0 */ 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x001, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002,
    /* 1 */ 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002, 0x002,
    /* 2 */ 0x001, 0x354, 0x004, 0x354, 0x354, 0x354, 0x354, 0x354, 0x104, 0x104, 0x344, 0x354, 0x104, 0x3d4, 0x384, 0x344,
    /* 3 */ 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x100, 0x104, 0x104, 0x344, 0x104, 0x144,
    /* 4 */ 0x304, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4,
    /* 5 */ 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x104, 0x014, 0x104, 0x354, 0x3d4,
    /* 6 */ 0x354, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4,
    /* 7 */ 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x3d4, 0x354, 0x354, 0x354, 0x3d4, 0x002,
    /* 8 */ 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020,
    /* 9 */ 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020,
    /* a */ 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020,
    /* b */ 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020,
    /* c */ 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020,
    /* d */ 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020,
    /* e */ 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020,
    /* f */ 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020,
};
/* clang-format on */

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

size_t octet_count_printable(const char *octets, size_t size)
{
    enum { WORDS = 4 }; /* compilers read that many at once */
    uint64_t found = 0;
    size_t at = 0;

    for (; size - at >= OCTETS8_SIZE * WORDS; at += OCTETS8_SIZE * WORDS) {
        uint64_t each[WORDS];
        for (size_t i = 0; i < WORDS; i++)
            each[i] = octets8_unprintable(octets + at + i * OCTETS8_SIZE);
        for (size_t i = 0; i < WORDS; i++)
            found |= each[i];
        if (found & octets8_high_bits)
            return at;
    }
    for (; size - at >= OCTETS8_SIZE; at += OCTETS8_SIZE)
        if (octets8_unprintable(octets + at) & octets8_high_bits)
            return at;
    if (size >= OCTETS8_SIZE)
        return octets8_unprintable(octets + size - OCTETS8_SIZE) & octets8_high_bits ? at : size;
    while (at < size && (unsigned char)(octets[at] - ' ') <= '~' - ' ')
        at++;
    return at;
}

int octet_any_control(const char *octets, size_t size)
{
    uint64_t found = 0;
    size_t at = 0;

    for (; size - at >= OCTETS8_SIZE; at += OCTETS8_SIZE)
        found |= octets8_controls(octets + at);
    if (size >= OCTETS8_SIZE)
        found |= octets8_controls(octets + size - OCTETS8_SIZE);
    else
        for (; at < size; at++)
            found |= octet_is(octets[at], OCTET_CONTROL) || octets[at] == '\t' ? octets8_high_bits : 0;
    return (found & octets8_high_bits) != 0;
}

size_t octet_count_usual(const char *octets, size_t size)
{
    const char *at = octets, *end = octets + size;

    for (; end - at >= OCTETS16_SIZE; at += OCTETS16_SIZE)
        if (!octets16_are_usual(at))
            return (size_t)(at - octets);
    if (size >= OCTETS16_SIZE)
        return octets16_are_usual(end - OCTETS16_SIZE) ? size : (size_t)(at - octets);
    while (at < end && *at >= ' ' && *at <= '~' && *at != '?')
        at++;
    return (size_t)(at - octets);
}

int octet_any_control_or_question(const char *octets, size_t size)
{
    const char *at = octets, *end = octets + size;

    for (; end - at >= OCTETS64_SIZE; at += OCTETS64_SIZE)
        if (octets64_any_control_or_question(at))
            return 1;
    for (; end - at >= OCTETS16_SIZE; at += OCTETS16_SIZE)
        if (octets16_any_control_or_question(at))
            return 1;
    if (size >= OCTETS16_SIZE)
        return octets16_any_control_or_question(end - OCTETS16_SIZE);
    while (at < end && !octet_is(*at, OCTET_CONTROL) && *at != '\t' && *at != '?')
        at++;
    return at < end;
}

const char *octet_find_8bit(const char *at, const char *end)
{
    while (end - at >= OCTETS8_SIZE && !(octets8_load(at) & octets8_high_bits))
        at += OCTETS8_SIZE;
    while (at < end && !octet_is(*at, OCTET_8BIT))
        at++;
    return at;
}

/* Those of 16 to 64 octets.  What is loaded twice has the same bits of the mask. */
static inline size_t count_8bit_of_few(const char *octets, size_t size)
{
    size_t last = size - OCTETS16_SIZE;
    uint64_t found = octets16_8bit(octets) | (uint64_t)octets16_8bit(octets + last) << last;

    if (size > 2 * OCTETS16_SIZE) {
        size_t middle = last - OCTETS16_SIZE;
        found |= (uint64_t)octets16_8bit(octets + OCTETS16_SIZE) << OCTETS16_SIZE;
        found |= (uint64_t)octets16_8bit(octets + middle) << middle;
    }
    return octets_count(found);
}

size_t octet_count_8bit(const char *octets, size_t size, size_t enough)
{
    const char *at = octets, *end = octets + size;
    size_t count = 0;

    if (size >= OCTETS16_SIZE && size <= OCTETS64_SIZE)
        return count_8bit_of_few(octets, size);
    for (; end - at >= OCTETS64_SIZE && count < enough; at += OCTETS64_SIZE)
        count += octets_count(octets64_8bit(at));
    if (at < end && count < enough && size >= OCTETS64_SIZE)
        return count + octets_count(octets64_8bit(end - OCTETS64_SIZE) >> (OCTETS64_SIZE - (end - at)));
    for (; at < end && count < enough; at++)
        count += octet_is(*at, OCTET_8BIT) != 0;
    return count;
}
