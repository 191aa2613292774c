#include "lex/encoded_word.h"

#include "lex/octet.h"

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

int encoded_word_is(mip_text text)
{
    encoded_word word;

    return encoded_word_read(text, &word) && word.size == text.size;
}

/* RFC 2047, 4.2: "=" and two hexadecimal digits are an octet, "_" is SPACE. */
static size_t decode_q(mip_text text, char *octets, int *is_well_formed)
{
    size_t size = 0;

    for (size_t i = 0; i < text.size; i++) {
        int octet = text.data[i] == '=' ? octet_hex_pair(text.data + i + 1, text.data + text.size) : -1;
        if (octet >= 0)
            i += 2;
        else if (text.data[i] == '=')
            *is_well_formed = 0;
        octets[size++] = octet >= 0 ? (char)(unsigned char)octet : text.data[i] == '_' ? ' ' : text.data[i];
    }
    return size;
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
static size_t decode_b(mip_text text, char *octets, int *is_well_formed)
{
    unsigned bits = 0, count = 0;
    size_t size = 0, digits = text.size;

    while (digits > 0 && text.size - digits < 2 && text.data[digits - 1] == '=')
        digits--;
    if (text.size % 4 != 0)
        *is_well_formed = 0;
    for (size_t i = 0; i < text.size; i++) {
        int value = encoded_word_base64_value(text.data[i]);
        if (value < 0) {
            *is_well_formed = *is_well_formed && i >= digits;
            continue;
        }
        bits = (bits << 6 | (unsigned)value) & 0xFFFF;
        count += 6;
        if (count >= 8) {
            count -= 8;
            octets[size++] = (char)(unsigned char)(bits >> count & 0xFF);
        }
    }
    return size;
}

size_t encoded_word_decode(const encoded_word *word, char *octets, int *is_well_formed)
{
    *is_well_formed = 1;
    if (word->encoding == 'B')
        return decode_b(word->encoded_text, octets, is_well_formed);
    return decode_q(word->encoded_text, octets, is_well_formed);
}
