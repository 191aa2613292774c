/* The grid of octet.c against ranges written from the ABNF. */
#include "check.h"
#include "lex/encoded_text.h"
#include "lex/octet.h"
#include "lex/octets16.h"
#include "lex/utf8.h"

void test_octet(void)
{
    for (int octet = 0; octet < 256; octet++) {
        int is_alnum = (octet >= '0' && octet <= '9') || (octet >= 'A' && octet <= 'Z') || (octet >= 'a' && octet <= 'z');
        int is_wsp = octet == ' ' || octet == '\t';
        int is_ftext = (octet >= 33 && octet <= 57) || (octet >= 59 && octet <= 126);
        int is_special = octet != 0 && strchr("()<>@,;:\"/[]?.=*", octet) != NULL;
        char c = (char)(unsigned char)octet;

        CHECK(!octet_is(c, OCTET_WSP) == !is_wsp);
        CHECK(!octet_is(c, OCTET_CONTROL) == !((octet < 32 && !is_wsp) || octet == 127));
        CHECK(!octet_is(c, OCTET_FTEXT) == !is_ftext);
        CHECK(encoded_text_q_size_of(c) == (is_alnum || (octet != 0 && strchr("!*+-/ ", octet)) ? 1u : 3u));
        CHECK(!octet_is(c, OCTET_CHARSET) == !(octet > 32 && octet < 127 && !is_special));
        CHECK(!octet_is(c, OCTET_ATEXT) == !(is_alnum || (octet != 0 && strchr("!#$%&'*+-/=?^_`{|}~", octet))));
        CHECK(!octet_is(c, OCTET_8BIT) == !(octet > 127));
        CHECK(!octet_is(c, OCTET_UNRESERVED) == !(is_alnum || (octet != 0 && strchr("-._~", octet))));
        CHECK(!octet_is(c, OCTET_QTEXT) == !(octet > 32 && octet < 127 && octet != '"' && octet != '\\'));
        CHECK(!octet_is(c, OCTET_ADDR_SPEC) == !((octet_is(c, OCTET_ATEXT) && c != '?') || c == '.' || c == '@'));
    }
}

/* The octets of a code point, as RFC 3629, 3 has them. */
static size_t encode(unsigned long point, char octets[4])
{
    static const unsigned char first[] = {0, 0, 0xC0, 0xE0, 0xF0};
    size_t size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;

    for (size_t i = size; i-- > 1; point >>= 6)
        octets[i] = (char)(0x80 | (point & 0x3F));
    octets[0] = (char)(size == 1 ? point : first[size] | point);
    return size;
}

void test_utf8(void)
{
    char octets[4];

    for (unsigned long point = 0; point < 0x110000; point += point < 0x3000 ? 1 : 61) {
        mip_text text = {octets, encode(point, octets)};
        int is_surrogate = point >= 0xD800 && point <= 0xDFFF;
        CHECK(utf8_character(text) == (is_surrogate ? 0 : text.size));
        CHECK(!utf8_is_control(text, text.size) == !((point >= 0x80 && point < 0xA0) || point == 0x2028 || point == 0x2029));
        text.size--;
        CHECK(utf8_character(text) == 0);
    }
    for (unsigned first = 0; first < 256; first++) {
        for (unsigned second = 0; second < 256; second++) {
            char pair[2] = {(char)(unsigned char)first, (char)(unsigned char)second};
            mip_text text = {pair, 2};
            int is_pair = first >= 0xC2 && first <= 0xDF && second >= 0x80 && second <= 0xBF;
            CHECK(utf8_character(text) == (first < 0x80 ? 1u : is_pair ? 2u : 0u));
        }
    }
}

/* What the vector instructions of this machine say of sixteen octets is what C says, and that is what each octet is. */
void test_octets16(void)
{
    static const char others[] = " \t\x1F?@~\x7F\x80\xFF=a\xC3";

    for (int i = 0; i < 20000; i++) {
        char octets[OCTETS16_SIZE];
        unsigned spaces = 0, eight_bit = 0;
        int is_usual = 1, is_unusual = 0;
        for (unsigned place = 0; place < OCTETS16_SIZE; place++) {
            char octet = random_below(3) ? 'x' : i % 2 ? others[random_below(12)] : (char)random_below(256);
            int is_8bit = (unsigned char)octet >= 0x80, is_control = (unsigned char)octet < ' ' || octet == 0x7F;
            octets[place] = octet;
            spaces |= (unsigned)(octet == ' ') << place;
            eight_bit |= (unsigned)is_8bit << place;
            is_usual &= !is_8bit && !is_control && octet != '?';
            is_unusual |= is_control || octet == '?';
        }
        CHECK(octets16_spaces(octets) == spaces && plain_spaces(octets) == spaces);
        CHECK(octets16_8bit(octets) == eight_bit && plain_8bit(octets) == eight_bit);
        CHECK(octets16_are_usual(octets) == is_usual && plain_are_usual(octets) == is_usual);
        CHECK(octets16_any_control_or_question(octets) == is_unusual && plain_any_control_or_question(octets) == is_unusual);
    }
    for (unsigned place = 0; place < 64; place++) {
        uint64_t mask = (uint64_t)1 << place;
        CHECK(octets_first(mask) == place && octets_last(mask) == place && octets_count(mask) == 1);
        CHECK(octets_first(~(mask - 1)) == place && octets_last(mask | (mask - 1)) == place);
        CHECK(octets_count(mask - 1) == place && octets_count(~(mask - 1)) == 64 - place);
    }
}
