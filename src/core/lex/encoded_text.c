#include "lex/encoded_text.h"

#include <stdint.h>
#include <string.h>

#include "lex/octet.h"

/* clang-format off */
#define SAME(c) {{c, 0, 0}, 1}
#define ESCAPE(high, low) {{'=', high, low}, 3}
#define ESCAPES(high)                                                                                                     \
    ESCAPE(high, '0'), ESCAPE(high, '1'), ESCAPE(high, '2'), ESCAPE(high, '3'), ESCAPE(high, '4'), ESCAPE(high, '5'),      \
    ESCAPE(high, '6'), ESCAPE(high, '7'), ESCAPE(high, '8'), ESCAPE(high, '9'), ESCAPE(high, 'A'), ESCAPE(high, 'B'),      \
    ESCAPE(high, 'C'), ESCAPE(high, 'D'), ESCAPE(high, 'E'), ESCAPE(high, 'F')

const encoded_text_q encoded_text_q_of[256] = {
    ESCAPES('0'), ESCAPES('1'),
    SAME('_'), SAME('!'), ESCAPE('2', '2'), ESCAPE('2', '3'), ESCAPE('2', '4'), ESCAPE('2', '5'), ESCAPE('2', '6'),
    ESCAPE('2', '7'), ESCAPE('2', '8'), ESCAPE('2', '9'), SAME('*'), SAME('+'), ESCAPE('2', 'C'), SAME('-'),
    ESCAPE('2', 'E'), SAME('/'),
    SAME('0'), SAME('1'), SAME('2'), SAME('3'), SAME('4'), SAME('5'), SAME('6'), SAME('7'), SAME('8'), SAME('9'),
    ESCAPE('3', 'A'), ESCAPE('3', 'B'), ESCAPE('3', 'C'), ESCAPE('3', 'D'), ESCAPE('3', 'E'), ESCAPE('3', 'F'),
    ESCAPE('4', '0'), SAME('A'), SAME('B'), SAME('C'), SAME('D'), SAME('E'), SAME('F'), SAME('G'), SAME('H'), SAME('I'),
    SAME('J'), SAME('K'), SAME('L'), SAME('M'), SAME('N'), SAME('O'),
    SAME('P'), SAME('Q'), SAME('R'), SAME('S'), SAME('T'), SAME('U'), SAME('V'), SAME('W'), SAME('X'), SAME('Y'),
    SAME('Z'), ESCAPE('5', 'B'), ESCAPE('5', 'C'), ESCAPE('5', 'D'), ESCAPE('5', 'E'), ESCAPE('5', 'F'),
    ESCAPE('6', '0'), SAME('a'), SAME('b'), SAME('c'), SAME('d'), SAME('e'), SAME('f'), SAME('g'), SAME('h'), SAME('i'),
    SAME('j'), SAME('k'), SAME('l'), SAME('m'), SAME('n'), SAME('o'),
    SAME('p'), SAME('q'), SAME('r'), SAME('s'), SAME('t'), SAME('u'), SAME('v'), SAME('w'), SAME('x'), SAME('y'),
    SAME('z'), ESCAPE('7', 'B'), ESCAPE('7', 'C'), ESCAPE('7', 'D'), ESCAPE('7', 'E'), ESCAPE('7', 'F'),
    ESCAPES('8'), ESCAPES('9'), ESCAPES('A'), ESCAPES('B'),
    ESCAPES('C'), ESCAPES('D'), ESCAPES('E'), ESCAPES('F'),
};
/* clang-format on */

/* They are added up four at a time, as each name of a list is measured. */
static size_t sum_q_sizes(mip_text text)
{
    const char *at = text.data, *end = at + text.size;
    size_t sum = 0;

    for (; end - at >= 4; at += 4)
        sum += encoded_text_q_size_of(at[0]) + encoded_text_q_size_of(at[1]) + encoded_text_q_size_of(at[2]) +
               encoded_text_q_size_of(at[3]);
    for (; at < end; at++)
        sum += encoded_text_q_size_of(*at);
    return sum;
}

enum { COUNTED = 16 }; /* a text of so many octets is long enough to count those that are not US-ASCII first */

size_t encoded_text_q_size(mip_text text, size_t enough)
{
    size_t least = text.size;

    if (text.size >= COUNTED && enough > least)
        least += 2 * octet_count_8bit(text.data, text.size, (enough - least + 1) / 2);
    return least >= enough ? least : sum_q_sizes(text);
}

/* Four octets are written, of which only those that count stay. */
static inline char *write_q_octet(char octet, char *at)
{
    const encoded_text_q *q = &encoded_text_q_of[(unsigned char)octet];

    memcpy(at, q, sizeof *q);
    return at + q->size;
}

char *encoded_text_write_q(mip_text text, char *at)
{
    const char *octet = text.data, *last;
    const encoded_text_q *q;

    if (text.size == 0)
        return at;
    for (last = octet + text.size - 1; last - octet > 1; octet += 2) {
        at = write_q_octet(octet[0], at);
        at = write_q_octet(octet[1], at);
    }
    if (octet < last)
        at = write_q_octet(*octet, at);
    q = &encoded_text_q_of[(unsigned char)*last];
    if (q->size == 1)
        *at = q->octets[0];
    else
        memcpy(at, q->octets, sizeof q->octets);
    return at + q->size;
}

/* The pairs of digits of base64 that begin with one digit (RFC 4648, 4). */
/* clang-format off */
#define PAIRS(d)                                                                                                          \
    {d, 'A'}, {d, 'B'}, {d, 'C'}, {d, 'D'}, {d, 'E'}, {d, 'F'}, {d, 'G'}, {d, 'H'}, {d, 'I'}, {d, 'J'}, {d, 'K'},          \
    {d, 'L'}, {d, 'M'}, {d, 'N'}, {d, 'O'}, {d, 'P'}, {d, 'Q'}, {d, 'R'}, {d, 'S'}, {d, 'T'}, {d, 'U'}, {d, 'V'},          \
    {d, 'W'}, {d, 'X'}, {d, 'Y'}, {d, 'Z'}, {d, 'a'}, {d, 'b'}, {d, 'c'}, {d, 'd'}, {d, 'e'}, {d, 'f'}, {d, 'g'},          \
    {d, 'h'}, {d, 'i'}, {d, 'j'}, {d, 'k'}, {d, 'l'}, {d, 'm'}, {d, 'n'}, {d, 'o'}, {d, 'p'}, {d, 'q'}, {d, 'r'},          \
    {d, 's'}, {d, 't'}, {d, 'u'}, {d, 'v'}, {d, 'w'}, {d, 'x'}, {d, 'y'}, {d, 'z'}, {d, '0'}, {d, '1'}, {d, '2'},          \
    {d, '3'}, {d, '4'}, {d, '5'}, {d, '6'}, {d, '7'}, {d, '8'}, {d, '9'}, {d, '+'}, {d, '/'}

/* The two digits for each value of 12 bits. */
static const char digit_pairs[4096][2] = {
    PAIRS('A'), PAIRS('B'), PAIRS('C'), PAIRS('D'), PAIRS('E'), PAIRS('F'), PAIRS('G'), PAIRS('H'), PAIRS('I'), PAIRS('J'),
    PAIRS('K'), PAIRS('L'), PAIRS('M'), PAIRS('N'), PAIRS('O'), PAIRS('P'), PAIRS('Q'), PAIRS('R'), PAIRS('S'), PAIRS('T'),
    PAIRS('U'), PAIRS('V'), PAIRS('W'), PAIRS('X'), PAIRS('Y'), PAIRS('Z'), PAIRS('a'), PAIRS('b'), PAIRS('c'), PAIRS('d'),
    PAIRS('e'), PAIRS('f'), PAIRS('g'), PAIRS('h'), PAIRS('i'), PAIRS('j'), PAIRS('k'), PAIRS('l'), PAIRS('m'), PAIRS('n'),
    PAIRS('o'), PAIRS('p'), PAIRS('q'), PAIRS('r'), PAIRS('s'), PAIRS('t'), PAIRS('u'), PAIRS('v'), PAIRS('w'), PAIRS('x'),
    PAIRS('y'), PAIRS('z'), PAIRS('0'), PAIRS('1'), PAIRS('2'), PAIRS('3'), PAIRS('4'), PAIRS('5'), PAIRS('6'), PAIRS('7'),
    PAIRS('8'), PAIRS('9'), PAIRS('+'), PAIRS('/'),
};
/* clang-format on */

static inline void write_pair(uint64_t bits, char at[2])
{
    memcpy(at, digit_pairs[bits & 4095], 2);
}

/* Eight octets as a number, the first the highest. */
static inline uint64_t load_first_highest(const unsigned char *octet)
{
    return (uint64_t)octet[0] << 56 | (uint64_t)octet[1] << 48 | (uint64_t)octet[2] << 40 | (uint64_t)octet[3] << 32 |
           (uint64_t)octet[4] << 24 | (uint64_t)octet[5] << 16 | (uint64_t)octet[6] << 8 | (uint64_t)octet[7];
}

static inline uint64_t load_six(const unsigned char *octet)
{
    return (uint64_t)octet[0] << 56 | (uint64_t)octet[1] << 48 | (uint64_t)octet[2] << 40 | (uint64_t)octet[3] << 32 |
           (uint64_t)octet[4] << 24 | (uint64_t)octet[5] << 16;
}

/* The first six of them as eight digits. */
static inline void write_six(uint64_t bits, char *at)
{
    write_pair(bits >> 52, at);
    write_pair(bits >> 40, at + 2);
    write_pair(bits >> 28, at + 4);
    write_pair(bits >> 16, at + 6);
}

char *encoded_text_write_b(mip_text text, char *at)
{
    const unsigned char *octet = (const unsigned char *)text.data;
    size_t left = text.size;

    for (; left >= 14; left -= 12, octet += 12, at += 16) {
        write_six(load_first_highest(octet), at);
        write_six(load_first_highest(octet + 6), at + 8);
    }
    for (; left >= 8; left -= 6, octet += 6, at += 8)
        write_six(load_first_highest(octet), at);
    if (left >= 6) {
        write_six(load_six(octet), at);
        left -= 6;
        octet += 6;
        at += 8;
    }
    for (; left >= 3; left -= 3, octet += 3, at += 4) {
        write_pair((unsigned)octet[0] << 4 | octet[1] >> 4, at);
        write_pair((unsigned)octet[1] << 8 | octet[2], at + 2);
    }
    if (left > 0) {
        unsigned second = left > 1 ? octet[1] : 0;
        write_pair((unsigned)octet[0] << 4 | second >> 4, at);
        write_pair(second << 8, at + 2);
        at[3] = '=';
        if (left == 1)
            at[2] = '=';
        at += 4;
    }
    return at;
}
