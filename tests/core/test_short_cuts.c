/* What is copied or encoded without a look at each word is what the folds that look at each write. */
#include "check.h"

#include "fields/addresses.h"
#include "lex/octet.h"
#include "fields/tokens.h"
#include "text/text.h"
#include "write/writer.h"

static const char *const words[] = {
    "a",
    "word",
    "Minutes",
    "of",
    "the",
    "meeting",
    "K\xC3\xB6ln",
    ("\xC3\xBC"
     "ber"),
    "\xE6\x97\xA5\xE6\x9C\xAC",
    "\xF0\x9F\x98\x80",
    "gar\xC3\xA7on",
    "(x)",
    "a=?b",
    "=x",
    "?",
    "<a@b.example>",
    "<c@d.example>,",
    "Ann",
    "ann@example.com,",
    "<ann@example.com>,",
    "ann@example.com",
    "Zo\xC3\xAB",
    "v=1;",
    ";b=",
    "\"q\"",
    "\"a,",
    "b\"",
    "12345678901234567890123456789012345678901234567890",
    "\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2",
};

static mip_text random_body(void)
{
    char data[4096];
    size_t size = 0, count = random_below(random_below(3) ? 12 : 80);

    while (count-- > 0) {
        const char *word = words[random_below(sizeof words / sizeof words[0])];
        size_t blanks = random_below(20) ? 1 : random_below(25);
        memcpy(data + size, word, strlen(word));
        size += strlen(word);
        while (blanks-- > 0)
            data[size++] = random_below(60) ? ' ' : '\t';
    }
    if (size > 0 && random_below(8))
        size--;
    return heap_octets(data, size);
}

/* The fold that looks at each word. */
static mip_result fold_slowly(mip_text name, mip_text body, mip_syntax syntax, const mip_style *style, mip_output *output)
{
    static const mip_text colon = {": ", 2};
    writer w;

    writer_start(&w, output, style, body);
    writer_put_word(&w, name);
    writer_put_word(&w, colon);
    w.has_word = 0;
    if (syntax == MIP_UNSTRUCTURED)
        text_fold_unstructured(&w, body);
    else if (syntax == MIP_ADDRESSES)
        addresses_fold(&w, body, syntax);
    else
        tokens_fold(&w, body, syntax);
    writer_break(&w);
    return writer_finish(&w);
}

void test_short_cuts(void)
{
    static const size_t limits[] = {78, 60, 30, 20, 14, 998, 0, 13};
    static const mip_syntax syntaxes[] = {MIP_UNSTRUCTURED, MIP_UNSTRUCTURED, MIP_ADDRESSES, MIP_TOKENS, MIP_MSG_IDS, MIP_TAGS};
    mip_text name = heap_text("X-Name");

    for (int i = 0; i < 20000; i++) {
        mip_text body = random_body();
        mip_syntax syntax = syntaxes[random_below(6)];
        mip_style style = smtp_style();
        heap_output fast = new_output(), slow = new_output();
        mip_result result, expected;

        style.max_line_length = limits[random_below(8)];
        style.utf8 = random_below(8) == 0;
        style.read = random_below(2) == 0;
        result = mip_fold(name, body, syntax, &style, &fast.output);
        expected = fold_slowly(name, body, syntax, &style, &slow.output);
        if (body.size > 0) { /* else no blank stands behind the colon */
            CHECK(result.status == expected.status && result.offset == expected.offset);
            CHECK(fast.output.size == slow.output.size && memcmp(fast.output.data, slow.output.data, slow.output.size) == 0);
        }
        free_text(body);
        free_output(&fast);
        free_output(&slow);
    }
    free_text(name);
}

void test_octets_together(void)
{
    for (size_t size = 0; size < 80; size++) {
        for (size_t place = 0; place < size; place++) {
            static const unsigned char others[] = {0, 9, 10, 31, 32, 126, 127, 128, 255, 'a', '?'};
            for (size_t i = 0; i < sizeof others; i++) {
                char data[80];
                mip_text text;
                int is_8bit = others[i] >= 128, is_control = others[i] < 32 || others[i] == 127;
                int is_question = others[i] == '?';
                memset(data, 'a', sizeof data);
                data[place] = (char)others[i];
                text = heap_octets(data, size);
                CHECK((octet_count_printable(text.data, size) == size) == !(is_control || is_8bit));
                CHECK(octet_any_control(text.data, size) == is_control);
                CHECK((octet_count_usual(text.data, size) == size) == !(is_control || is_8bit || is_question));
                CHECK(octet_any_control_or_question(text.data, size) == (is_control || is_question));
                CHECK(octet_count_8bit(text.data, size, 80) == (size_t)is_8bit);
                CHECK(octet_find_8bit(text.data, text.data + size) == text.data + (is_8bit ? place : size));
                free_text(text);
            }
        }
    }
}

/* However many there are, and however long the text: each is counted once, and all unless there are enough. */
void test_8bit_octets_are_counted(void)
{
    for (size_t size = 0; size < 200; size++) {
        char data[200];
        size_t count = 0;
        mip_text text;
        for (size_t i = 0; i < size; i++) {
            data[i] = (char)(random_below(3) == 0 ? 128 + random_below(128) : random_below(128));
            count += (unsigned char)data[i] >= 128;
        }
        text = heap_octets(data, size);
        CHECK(octet_count_8bit(text.data, size, size + 1) == count);
        CHECK(octet_count_8bit(text.data, size, 10) >= (count < 10 ? count : 10));
        free_text(text);
    }
}
