/* octets16.h - sixteen octets at once, by the vector instructions of the machine or without any.
 *
 * A mask has a bit for each octet, the lowest for the first.  Where SSE2 is not there, or MIP_PLAIN is defined, it is C for
 * any machine that gives the same; tests/core compares the two. */
#ifndef MIP_OCTETS16_H
#define MIP_OCTETS16_H

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__) && !defined(MIP_PLAIN)
#define MIP_SSE2
#include <emmintrin.h>
#endif

enum { OCTETS8_SIZE = 8, OCTETS16_SIZE = 16, OCTETS16_ALL = 0xFFFF, OCTETS64_SIZE = 64 };

/* The places of the lowest and of the highest bit of a mask, which has one. */
static inline unsigned octets_first(uint64_t mask)
{
#if defined(__GNUC__)
    return (unsigned)__builtin_ctzll(mask);
#else
    unsigned place = 0;

    for (; !(mask & 1); mask >>= 1)
        place++;
    return place;
#endif
}

static inline unsigned octets_last(uint64_t mask)
{
#if defined(__GNUC__)
    return 63 - (unsigned)__builtin_clzll(mask);
#else
    unsigned place = 0;

    while (mask >>= 1)
        place++;
    return place;
#endif
}

/* How many bits of a mask are set. */
static inline size_t octets_count(uint64_t mask)
{
    mask -= mask >> 1 & UINT64_C(0x5555555555555555);
    mask = (mask & UINT64_C(0x3333333333333333)) + (mask >> 2 & UINT64_C(0x3333333333333333));
    mask = (mask + (mask >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (size_t)(mask * UINT64_C(0x0101010101010101) >> 56);
}

static const uint64_t octets8_high_bits = UINT64_C(0x8080808080808080), octets8_ones = UINT64_C(0x0101010101010101);

/* Eight octets in one word, in the order of the machine. */
static inline uint64_t octets8_load(const char *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof word);
    return word;
}

/* The highest bit of at least one octet is set if one of the eight is a control character. */
static inline uint64_t octets8_controls(const char *at)
{
    uint64_t word = octets8_load(at), without_del = word ^ octets8_ones * 0x7F;

    return ((word - octets8_ones * ' ') & ~word) | ((without_del - octets8_ones) & ~without_del);
}

/* The highest bit of at least one octet is set if one of the eight is not printable.  Only an octet that is not printable
 * borrows from the next or carries over to it. */
static inline uint64_t octets8_unprintable(const char *at)
{
    uint64_t word = octets8_load(at);

    return word | (word - octets8_ones * ' ') | (word + octets8_ones);
}

#if defined(MIP_SSE2)

static inline __m128i octets16_load(const char *at)
{
    return _mm_loadu_si128((const __m128i *)(const void *)at);
}

/* Which octets are not US-ASCII. */
static inline unsigned octets16_8bit(const char *at)
{
    return (unsigned)_mm_movemask_epi8(octets16_load(at));
}

/* Which octets are SP. */
static inline unsigned octets16_spaces(const char *at)
{
    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(octets16_load(at), _mm_set1_epi8(' ')));
}

/* All bits of the octets that are control characters, HTAB among them, or "?", which differs from DEL by one bit. */
static inline __m128i octets16_controls_and_questions(const char *at)
{
    __m128i octets = octets16_load(at), below_space = _mm_cmpeq_epi8(_mm_min_epu8(octets, _mm_set1_epi8(' ' - 1)), octets);

    return _mm_or_si128(below_space, _mm_cmpeq_epi8(_mm_or_si128(octets, _mm_set1_epi8(0x7F ^ '?')), _mm_set1_epi8(0x7F)));
}

/* Is one of the octets a control character, HTAB among them, or "?"? */
static inline int octets16_any_control_or_question(const char *at)
{
    return _mm_movemask_epi8(octets16_controls_and_questions(at)) != 0;
}

static inline int octets64_any_control_or_question(const char *at)
{
    __m128i first = _mm_or_si128(octets16_controls_and_questions(at), octets16_controls_and_questions(at + 16));
    __m128i second = _mm_or_si128(octets16_controls_and_questions(at + 32), octets16_controls_and_questions(at + 48));

    return _mm_movemask_epi8(_mm_or_si128(first, second)) != 0;
}

/* Are all octets SP or VCHAR (RFC 5234, B.1), and none of them "?"? */
static inline int octets16_are_usual(const char *at)
{
    __m128i octets = octets16_load(at), next = _mm_add_epi8(octets, _mm_set1_epi8(1)); /* of DEL that is negative */
    __m128i printable = _mm_cmpgt_epi8(next, _mm_set1_epi8(' ')), questions = _mm_cmpeq_epi8(octets, _mm_set1_epi8('?'));

    return _mm_movemask_epi8(_mm_andnot_si128(questions, printable)) == OCTETS16_ALL;
}

#else

/* Eight octets in one word, the first in the lowest bits. */
static inline uint64_t octets8_load_in_order(const char *at)
{
    const unsigned char *octet = (const unsigned char *)at;

    return (uint64_t)octet[0] | (uint64_t)octet[1] << 8 | (uint64_t)octet[2] << 16 | (uint64_t)octet[3] << 24 |
           (uint64_t)octet[4] << 32 | (uint64_t)octet[5] << 40 | (uint64_t)octet[6] << 48 | (uint64_t)octet[7] << 56;
}

/* The mask of the octets whose highest bit is set. */
static inline unsigned octets8_mask(uint64_t word)
{
    return (unsigned)((word >> 7 & octets8_ones) * UINT64_C(0x0102040810204080) >> 56);
}

/* The highest bit of each octet that is this one is set, and no other. */
static inline uint64_t octets8_same(uint64_t word, char octet)
{
    const uint64_t low = octets8_ones * 0x7F;

    word ^= octets8_ones * (unsigned char)octet;
    return ~(((word & low) + low) | word | low);
}

static inline unsigned octets16_8bit(const char *at)
{
    return octets8_mask(octets8_load_in_order(at)) | octets8_mask(octets8_load_in_order(at + 8)) << 8;
}

static inline unsigned octets16_spaces(const char *at)
{
    return octets8_mask(octets8_same(octets8_load_in_order(at), ' ')) |
           octets8_mask(octets8_same(octets8_load_in_order(at + 8), ' ')) << 8;
}

static inline uint64_t octets16_questions(const char *at)
{
    return octets8_same(octets8_load(at), '?') | octets8_same(octets8_load(at + 8), '?');
}

static inline int octets16_any_control_or_question(const char *at)
{
    return ((octets8_controls(at) | octets8_controls(at + 8) | octets16_questions(at)) & octets8_high_bits) != 0;
}

static inline int octets16_are_usual(const char *at)
{
    return ((octets8_unprintable(at) | octets8_unprintable(at + 8) | octets16_questions(at)) & octets8_high_bits) == 0;
}

static inline int octets64_any_control_or_question(const char *at)
{
    return octets16_any_control_or_question(at) || octets16_any_control_or_question(at + 16) ||
           octets16_any_control_or_question(at + 32) || octets16_any_control_or_question(at + 48);
}

#endif

/* The same of 64 octets. */
static inline uint64_t octets64_8bit(const char *at)
{
    return octets16_8bit(at) | (uint64_t)octets16_8bit(at + 16) << 16 | (uint64_t)octets16_8bit(at + 32) << 32 |
           (uint64_t)octets16_8bit(at + 48) << 48;
}

static inline uint64_t octets64_spaces(const char *at)
{
    return octets16_spaces(at) | (uint64_t)octets16_spaces(at + 16) << 16 | (uint64_t)octets16_spaces(at + 32) << 32 |
           (uint64_t)octets16_spaces(at + 48) << 48;
}

#endif
