#include "lex/encoded_word_part.h"

#include <string.h>

#include "lex/limits.h"
#include "lex/octet.h"
#include "lex/utf8.h"

static const char hex_digits[] = "0123456789ABCDEF";
static const char base64_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* How many octets Q writes for one octet, in the form that is safe in a phrase as well: RFC 2047, 5 (3). */
static size_t q_size(char octet)
{
    return octet_is(octet, OCTET_Q_ONE) ? 1 : 3;
}

static size_t b_size(size_t octets)
{
    return (octets + 2) / 3 * 4;
}

static const char begin_utf_8[] = "=?utf-8?", begin_unknown[] = "=?unknown-8bit?";

size_t encoded_word_frame(int is_utf8)
{
    return (is_utf8 ? sizeof begin_utf_8 : sizeof begin_unknown) - 1 + 4; /* and "q", "?" and "?=" */
}

static size_t q_one(char octet)
{
    return (size_t)octet_is(octet, OCTET_Q_ONE);
}

/* How many octets of a text Q writes as one octet.  They are counted four at a time, as each name of a list is
 * measured. */
static size_t count_q_ones(mip_text text)
{
    const char *at = text.data, *end = at + text.size;
    size_t ones = 0;

    for (; end - at >= 4; at += 4)
        ones += q_one(at[0]) + q_one(at[1]) + q_one(at[2]) + q_one(at[3]);
    for (; at < end; at++)
        ones += q_one(*at);
    return ones / OCTET_Q_ONE;
}

enum { COUNTED = 16 }; /* a text of so many octets is long enough to count those that are not US-ASCII first */

/* How many octets a text has in Q; or only a number of at least `enough`, if the octets of a long text that are not
 * US-ASCII show that it has as many. */
static size_t q_text_size(mip_text text, size_t enough)
{
    size_t least = text.size < COUNTED ? 0 : text.size + 2 * octet_count_8bit(text.data, text.size);

    return least >= enough ? least : 3 * text.size - 2 * count_q_ones(text);
}

encoded_word_part encoded_word_whole(mip_text text, int is_utf8)
{
    size_t b = b_size(text.size), q = q_text_size(text, b + 5);
    encoded_word_part part = {text.size, encoded_word_frame(is_utf8) + q, 'Q', is_utf8};

    if (q >= b + 5) {
        part.size = encoded_word_frame(is_utf8) + b;
        part.encoding = 'B';
    }
    return part;
}

/* The size of text's first character; 1 for an octet of unknown-8bit that is part of no character. */
static size_t character_size(mip_text text, int is_utf8)
{
    size_t size = is_utf8 ? utf8_size(*text.data) : utf8_character(text);

    return size ? size : 1;
}

/* The longest Q part of at most `room` octets of encoded-text. */
static encoded_word_part fit_q(mip_text text, int is_utf8, size_t room)
{
    encoded_word_part part = {0, encoded_word_frame(is_utf8), 'Q', is_utf8};
    size_t used = 0;

    while (text.size > 0) {
        size_t octets = character_size(text, is_utf8), size = octets > 1 ? 3 * octets : q_size(*text.data);

        if (used + size > room)
            break;
        used += size;
        part.octets += octets;
        text.data += octets;
        text.size -= octets;
    }
    part.size += used;
    return part;
}

/* The most octets that a text in UTF-8 can be cut after: between two characters, a multiple of 3, and not over
 * `most`. */
static size_t cut_utf8(mip_text text, size_t most)
{
    size_t octets = text.size < most ? text.size / 3 * 3 : most;

    while (octets > 0 && octets < text.size && utf8_is_tail(text.data[octets]))
        octets -= 3;
    return octets;
}

/* The most octets that a text of unknown-8bit, which may hold characters too, can be cut after: inside no character, a
 * multiple of 3, and not over `most`. */
static size_t cut_octets(mip_text text, size_t most)
{
    size_t octets = 0, found = 0;

    while (octets < text.size && octets <= most) {
        mip_text rest = {text.data + octets, text.size - octets};
        octets += character_size(rest, 0);
        if (octets % 3 == 0 && octets <= most)
            found = octets;
    }
    return found;
}

/* The longest B part of at most `room` octets of encoded-text, without padding unless it is the last. */
static encoded_word_part fit_b(mip_text text, int is_utf8, int last, size_t room)
{
    encoded_word_part part = {text.size, encoded_word_frame(is_utf8), 'B', is_utf8};
    size_t most = room / 4 * 3;

    if (!last || text.size > most)
        part.octets = is_utf8 ? cut_utf8(text, most) : cut_octets(text, most);
    part.size += b_size(part.octets);
    return part;
}

encoded_word_part encoded_word_fit(mip_text text, int is_utf8, char encoding, int last, size_t room)
{
    encoded_word_part part = {0, 0, encoding, is_utf8};
    size_t frame = encoded_word_frame(is_utf8);

    if (room > ENCODED_WORD_SIZE)
        room = ENCODED_WORD_SIZE;
    if (room <= frame)
        return part;
    if (encoding == 'B')
        part = fit_b(text, is_utf8, last, room - frame);
    if (part.octets == 0)
        part = fit_q(text, is_utf8, room - frame);
    return part;
}

encoded_word_part encoded_word_first(mip_text text, int is_utf8)
{
    mip_text first = {text.data, character_size(text, is_utf8)};

    return fit_q(first, is_utf8, ENCODED_WORD_SIZE);
}

static char *write_q(const char *text, size_t size, char *at)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char octet = (unsigned char)text[i];
        if (octet_is(text[i], OCTET_Q_ONE)) {
            *at++ = octet == ' ' ? '_' : text[i];
        } else {
            at[0] = '=';
            at[1] = hex_digits[octet >> 4];
            at[2] = hex_digits[octet & 15];
            at += 3;
        }
    }
    return at;
}

/* Two digits of base64, for 12 bits (RFC 4648, 4): compilers make the best of two at a time. */
static inline void write_two_digits(unsigned bits, char at[2])
{
    at[0] = base64_alphabet[bits >> 6];
    at[1] = base64_alphabet[bits & 63];
}

static inline void write_digits(unsigned first, unsigned second, unsigned third, char at[4])
{
    write_two_digits(first << 4 | second >> 4, at);
    write_two_digits((second & 15) << 8 | third, at + 2);
}

static char *write_b(const char *text, size_t size, char *at)
{
    const unsigned char *octet = (const unsigned char *)text, *end = octet + size;

    for (; end - octet >= 3; octet += 3, at += 4)
        write_digits(octet[0], octet[1], octet[2], at);
    if (octet < end) {
        write_digits(octet[0], end - octet > 1 ? octet[1] : 0, 0, at);
        at[3] = '=';
        if (end - octet == 1)
            at[2] = '=';
        at += 4;
    }
    return at;
}

void encoded_word_write(encoded_word_part part, const char *text, char *word)
{
    char *at = word;

    if (part.is_utf8) { /* nearly always */
        memcpy(at, begin_utf_8, sizeof begin_utf_8 - 1);
        at += sizeof begin_utf_8 - 1;
    } else {
        memcpy(at, begin_unknown, sizeof begin_unknown - 1);
        at += sizeof begin_unknown - 1;
    }
    *at++ = part.encoding == 'B' ? 'b' : 'q';
    *at++ = '?';
    at = part.encoding == 'B' ? write_b(text, part.octets, at) : write_q(text, part.octets, at);
    *at++ = '?';
    *at = '=';
}
