/* The grid of octet.c against ranges written from the ABNF. */
#include "check.h"
#include "lex/octet.h"
#include "lex/utf8.h"

void test_octet(void)
{
    for (int octet = 0; octet < 256; octet++) {
        int is_alnum = (octet >= '0' && octet <= '9') || (octet >= 'A' && octet <= 'Z') ||
                       (octet >= 'a' && octet <= 'z');
        int is_wsp = octet == ' ' || octet == '\t';
        int is_ftext = (octet >= 33 && octet <= 57) || (octet >= 59 && octet <= 126);
        int is_special = octet != 0 && strchr("()<>@,;:\"/[]?.=*", octet) != NULL;
        char c = (char)(unsigned char)octet;

        CHECK(!octet_is(c, OCTET_WSP) == !is_wsp);
        CHECK(!octet_is(c, OCTET_CONTROL) == !((octet < 32 && !is_wsp) || octet == 127));
        CHECK(!octet_is(c, OCTET_FTEXT) == !is_ftext);
        CHECK(!octet_is(c, OCTET_Q_ONE) == !(is_alnum || (octet != 0 && strchr("!*+-/ ", octet))));
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
