#include "check.h"
#include "lex/encoded_word.h"
#include "lex/encoded_word_part.h"
#include "lex/limits.h"

static int reads(const char *string)
{
    mip_text text = heap_text(string);
    encoded_word word;
    int found = encoded_word_read(text, &word) && word.size == text.size;

    free_text(text);
    return found;
}

static int decodes_to(const char *string, const char *expected)
{
    mip_text text = heap_text(string);
    char octets[ENCODED_WORD_SIZE];
    encoded_word word;
    int is_well_formed, is_read = encoded_word_read(text, &word);
    size_t size = is_read ? encoded_word_decode(&word, octets, &is_well_formed) : 0;
    int same = is_read && is_well_formed && size == strlen(expected) && memcmp(octets, expected, size) == 0;

    free_text(text);
    return same;
}

static void test_read(void)
{
    CHECK(reads("=?utf-8?q?x?="));
    CHECK(reads("=?UTF-8*de?B?eA==?="));
    CHECK(reads("=?utf-8?q?"
                "?="));
    CHECK(!reads("=?utf-8?q?x y?="));
    CHECK(!reads("=?utf-8?x?x?="));
    CHECK(!reads("=?utf-8?q?x?y?="));
    CHECK(!reads("=?utf-8?q?x?"));
    CHECK(!reads("=?utf.8?q?x?="));
    CHECK(!reads("=?"
                 "?q?x?="));
    CHECK(!reads("=?utf-8?q?"));
    CHECK(!reads("=?"));
}

static void test_decode(void)
{
    CHECK(decodes_to("=?utf-8?q?a_b=20c=3d?=", "a b c="));
    CHECK(decodes_to("=?utf-8?b?eHl6?=", "xyz"));
    CHECK(decodes_to("=?utf-8?b?eHk=?=", "xy"));
    CHECK(decodes_to("=?utf-8?b?eA==?=", "x"));
    CHECK(!decodes_to("=?utf-8?b?eA?=", "x"));
    CHECK(!decodes_to("=?utf-8?b?eA=A?=", "x"));
    CHECK(!decodes_to("=?utf-8?b?==="
                      "=?=",
                      ""));
    CHECK(!decodes_to("=?utf-8?q?=4?=", "@"));
    CHECK(!decodes_to("=?utf-8?q?=4x?=", "@"));
}

/* Every part of every size that a text gives decodes to its octets, and fits. */
static void test_write(const char *string, char encoding)
{
    mip_text text = heap_text(string);

    for (size_t room = 0; room <= 90; room++) {
        for (int last = 0; last < 2; last++) {
            encoded_word_part part = encoded_word_fit(text, 1, encoding, last, room);
            char data[ENCODED_WORD_SIZE], octets[ENCODED_WORD_SIZE];
            mip_text written = {data, part.size};
            int is_well_formed;
            encoded_word word;

            if (part.octets == 0) {
                CHECK(room < 24);
                continue;
            }
            CHECK(written.size <= room && written.size <= ENCODED_WORD_SIZE);
            encoded_word_write(part, text.data, data);
            CHECK(encoded_word_read(written, &word) && word.size == written.size);
            CHECK(encoded_word_decode(&word, octets, &is_well_formed) == part.octets && is_well_formed);
            CHECK(memcmp(octets, text.data, part.octets) == 0);
            CHECK((part.octets == text.size && last) || data[written.size - 3] != '=' || part.encoding == 'Q');
            CHECK(part.octets == text.size || (text.data[part.octets] & 0xC0) != 0x80);
        }
    }
    free_text(text);
}

/* CPython's rule, octet by octet, at every share of characters that need three. */
static void test_choice_of_encoding(void)
{
    for (size_t size = 1; size < 200; size += 7) {
        for (size_t others = 0; others <= size; others++) {
            char data[200];
            size_t q = size + 2 * others, b = (size + 2) / 3 * 4;
            mip_text text;
            encoded_word_part whole;
            memset(data, 'a', sizeof data);
            memset(data, '\xA9', others);
            text = heap_octets(data, size);
            whole = encoded_word_whole(text, 1);
            CHECK(whole.encoding == (q >= b + 5 ? 'B' : 'Q'));
            CHECK(whole.size == 12 + (q >= b + 5 ? b : q));
            free_text(text);
        }
    }
}

void test_encoded_word(void)
{
    test_read();
    test_decode();
    test_write("\xC3\xA9t\xC3\xA9 \xE6\x97\xA5\xE6\x9C\xAC \xF0\x9F\x91\xA9 and so on, for more than one word", 'Q');
    test_write("\xC3\xA9t\xC3\xA9 \xE6\x97\xA5\xE6\x9C\xAC \xF0\x9F\x91\xA9 and so on, for more than one word", 'B');
    test_write("\xC3\xA9\xE6\x97\xA5\xE6\x9C\xAC\xE6\x97\xA5\xE6\x9C\xAC\xE6\x97\xA5\xE6\x9C\xAC\xE6\x97\xA5\xE6\x9C\xAC", 'B');
    test_write("x", 'B');
    test_choice_of_encoding();
}
