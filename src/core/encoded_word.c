#include "encoded_word.h"

#include <string.h>

#include "charset.h"
#include "octet.h"
#include "utf8.h"

static const char hex_digits[] = "0123456789ABCDEF";
static const char base64_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* encoded-word = "=?" charset ["*" language] "?" encoding "?" encoded-text "?="
 * encoded-text = 1*<any printable US-ASCII character but "?" and SPACE>
 * RFC 2047, 2 and RFC 2231, 5.  Broken mailers leave encoded-text empty or put 8-bit octets in. */
int encoded_word_read(mip_text text, encoded_word *word)
{
    const char *at = text.data, *end = text.data + text.size, *begin;

    if (text.size < 7 || at[0] != '=' || at[1] != '?')
        return 0;
    at = begin = at + 2;
    while (at < end && octet_is(*at, OCTET_CHARSET))
        at++;
    word->charset.data = begin;
    word->charset.size = (size_t)(at - begin);
    if (at < end && *at == '*')
        while (at < end && *at != '?' && !octet_is(*at, OCTET_WSP))
            at++;
    if (word->charset.size == 0 || end - at < 5 || at[0] != '?' || at[2] != '?')
        return 0;
    if (at[1] == 'B' || at[1] == 'b')
        word->encoding = 'B';
    else if (at[1] == 'Q' || at[1] == 'q')
        word->encoding = 'Q';
    else
        return 0;
    at = begin = at + 3;
    while (at < end && *at != '?' && !octet_is(*at, OCTET_WSP))
        at++;
    if (end - at < 2 || at[0] != '?' || at[1] != '=')
        return 0;
    word->encoded_text.data = begin;
    word->encoded_text.size = (size_t)(at - begin);
    word->size = (size_t)(at + 2 - text.data);
    return 1;
}

static void put_octet(writer *w, int octet)
{
    char data = (char)(unsigned char)octet;
    mip_text text = {&data, 1};

    writer_put_scratch(w, text);
}

/* RFC 2047, 4.2: "=" and two hexadecimal digits are an octet, "_" is SPACE. */
static int decode_q(mip_text text, writer *w)
{
    for (size_t i = 0; i < text.size; i++) {
        int high, low;
        if (text.data[i] != '=') {
            put_octet(w, text.data[i] == '_' ? ' ' : text.data[i]);
            continue;
        }
        if (text.size - i < 3)
            return 0;
        high = octet_hex_value(text.data[i + 1]);
        low = octet_hex_value(text.data[i + 2]);
        if (high < 0 || low < 0)
            return 0;
        put_octet(w, high * 16 + low);
        i += 2;
    }
    return 1;
}

int encoded_word_base64_value(char octet)
{
    if (octet >= 'A' && octet <= 'Z')
        return octet - 'A';
    if (octet >= 'a' && octet <= 'z')
        return octet - 'a' + 26;
    if (octet >= '0' && octet <= '9')
        return octet - '0' + 52;
    return octet == '+' ? 62 : octet == '/' ? 63 : -1;
}

/* RFC 2047, 4.1 and RFC 4648, 4: groups of four digits, the last filled up with "=". */
static int decode_b(mip_text text, writer *w)
{
    size_t padding = 0;

    if (text.size % 4 != 0)
        return 0;
    while (padding < 2 && padding < text.size && text.data[text.size - 1 - padding] == '=')
        padding++;
    for (size_t i = 0; i < text.size; i += 4) {
        size_t digits = i + 4 == text.size ? 4 - padding : 4;
        int bits = 0;
        for (size_t j = 0; j < 4; j++) {
            int value = j < digits ? encoded_word_base64_value(text.data[i + j]) : 0;
            if (value < 0)
                return 0;
            bits = bits * 64 + value;
        }
        put_octet(w, bits >> 16);
        if (digits > 2)
            put_octet(w, bits >> 8 & 0xFF);
        if (digits > 3)
            put_octet(w, bits & 0xFF);
    }
    return 1;
}

int encoded_word_decode(const encoded_word *word, writer *w)
{
    if (word->encoding == 'B')
        return decode_b(word->encoded_text, w);
    return decode_q(word->encoded_text, w);
}

/* The octets that Q makes of one: RFC 2047, 5 (3), which is safe in a phrase as well. */
static size_t q_size(char octet)
{
    return octet_is(octet, OCTET_Q_ONE) ? 1 : 3;
}

static size_t b_size(size_t octets)
{
    return (octets + 2) / 3 * 4;
}

/* "=?" charset "?" encoding "?" and "?=" */
static size_t frame_size(mip_text charset)
{
    return charset.size + 7;
}

static size_t q_one(char octet)
{
    return (size_t)octet_is(octet, OCTET_Q_ONE);
}

/* How many octets Q writes as one; four at a time, as each name of a list is measured. */
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

/* The octets of text in Q, or at least `enough` where what is not US-ASCII in a long one takes so many. */
static size_t q_text_size(mip_text text, size_t enough)
{
    size_t least = text.size < ENCODED_WORD_SIZE ? 0 : text.size + 2 * octet_count_8bit(text.data, text.size);

    return least >= enough ? least : 3 * text.size - 2 * count_q_ones(text);
}

encoded_word_part encoded_word_whole(mip_text text, mip_text charset)
{
    size_t b = b_size(text.size), q = q_text_size(text, b + 5);
    encoded_word_part part = {text.size, frame_size(charset) + q, 'Q'};

    if (q >= b + 5) {
        part.size = frame_size(charset) + b;
        part.encoding = 'B';
    }
    return part;
}

/* The octets of text's first character, which may be an octet of unknown-8bit that is in none. */
static size_t character_size(mip_text text, int is_utf8)
{
    size_t size = is_utf8 ? utf8_size(*text.data) : utf8_character(text);

    return size ? size : 1;
}

/* The longest Q part of at most `space` octets of encoded-text. */
static encoded_word_part fit_q(mip_text text, mip_text charset, size_t space)
{
    encoded_word_part part = {0, frame_size(charset), 'Q'};
    int is_utf8 = charset_is_utf8(charset);
    size_t used = 0;

    while (text.size > 0) {
        size_t octets = character_size(text, is_utf8), size = octets > 1 ? 3 * octets : q_size(*text.data);

        if (used + size > space)
            break;
        used += size;
        part.octets += octets;
        text.data += octets;
        text.size -= octets;
    }
    part.size += used;
    return part;
}

/* The most octets, a multiple of 3 up to `most`, before a character of UTF-8. */
static size_t cut_utf8(mip_text text, size_t most)
{
    size_t octets = text.size < most ? text.size / 3 * 3 : most;

    while (octets > 0 && octets < text.size && utf8_is_tail(text.data[octets]))
        octets -= 3;
    return octets;
}

/* The same of unknown-8bit, which may hold characters too. */
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

/* The longest B part of at most `space` octets of encoded-text, without padding unless it is the last. */
static encoded_word_part fit_b(mip_text text, mip_text charset, int last, size_t space)
{
    encoded_word_part part = {text.size, frame_size(charset), 'B'};
    size_t most = space / 4 * 3;

    if (!last || text.size > most)
        part.octets = charset_is_utf8(charset) ? cut_utf8(text, most) : cut_octets(text, most);
    part.size += b_size(part.octets);
    return part;
}

encoded_word_part encoded_word_fit(mip_text text, mip_text charset, char encoding, int last, size_t room)
{
    encoded_word_part part = {0, 0, encoding};
    size_t frame = frame_size(charset), space;

    if (room > ENCODED_WORD_SIZE)
        room = ENCODED_WORD_SIZE;
    if (room <= frame)
        return part;
    space = room - frame;
    if (encoding == 'B')
        part = fit_b(text, charset, last, space);
    if (part.octets == 0)
        part = fit_q(text, charset, space);
    return part;
}

encoded_word_part encoded_word_first(mip_text text, mip_text charset)
{
    mip_text first = {text.data, character_size(text, charset_is_utf8(charset))};

    return fit_q(first, charset, ENCODED_WORD_SIZE);
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

/* The digits of base64 for three octets, two at a time, which compilers make the best of: RFC 4648, 4. */
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

size_t encoded_word_write(encoded_word_part part, const char *text, mip_text charset, char *word)
{
    static const char utf_8[] = "=?utf-8?"; /* nearly always */
    char *at = word;

    if (charset_is_utf8(charset)) {
        memcpy(at, utf_8, sizeof utf_8 - 1);
        at += sizeof utf_8 - 1;
    } else {
        *at++ = '=';
        *at++ = '?';
        memcpy(at, charset.data, charset.size);
        at += charset.size;
        *at++ = '?';
    }
    *at++ = part.encoding == 'B' ? 'b' : 'q';
    *at++ = '?';
    at = part.encoding == 'B' ? write_b(text, part.octets, at) : write_q(text, part.octets, at);
    *at++ = '?';
    *at++ = '=';
    return (size_t)(at - word);
}
