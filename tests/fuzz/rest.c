/* mip_check(), mip_unfold(), mip_next_msg_id(), mip_make_msg_id(), and how encoded-words are decoded. */
#include <string.h>

#include "careless.h"
#include "charsets.h"
#include "encoded_words.h"
#include "input.h"
#include "room.h"
#include "text.h"
#include "text/charset.h"
#include "write/writer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Of a parenthesis among parameters each program has its own reading, and so of what it parts. */
static int has_own_reading(const input *in)
{
    return mip_syntax_of(in->name) == MIP_PARAMETERS && text_find(in->body, text_of("("));
}

/* mip_check() asks what mip_fold() asks, and lets nothing pass of which anybody would decode a line end. */
static void expect_check(const input *in)
{
    room scratch = room_start(growth_unlimited(in->growth)), refused = room_start(in->growth), output = room_ample();
    mip_result result = mip_check(in->name, in->body, in->style.decode, &scratch.output, NULL), other;
    mip_style style = in->style;

    style.read = 0;
    expect(in, room_is_as_before(&scratch), "the scratch output is left as it was");
    other = mip_fold(in->name, in->body, mip_syntax_of(in->name), &style, &output.output);
    if (other.status == MIP_LINE_END || other.status == MIP_BAD_FIELD_NAME)
        expect(in, other.status == result.status && other.offset == result.offset, "what cannot be folded cannot be set");
    else if (other.status != MIP_NO_SPACE)
        expect(in, result.status == MIP_OK, "what can be folded can be set");
    if (result.status == MIP_OK && !has_own_reading(in))
        expect(in,
               !text_find_line_end(input_value(in)) &&
                   !careless_find_line_end(input_value(in), in->body, mip_syntax_of(in->name), in->style.decode),
               "no line end can be set");
    other = mip_check(in->name, in->body, in->style.decode, &refused.output, NULL);
    expect(in, room_is_as_before(&refused), "the scratch output is left as it was without memory");
    expect(in, other.status == MIP_NO_SPACE || other.status == result.status, "the answer does not depend on the memory");
    room_free(&scratch);
    room_free(&output);
    room_free(&refused);
}

static int is_line_end(char octet)
{
    return octet == '\r' || octet == '\n';
}

/* The end of the line end at `at`. */
static const char *skip_line_end(const char *at, const char *end)
{
    return at + (*at == '\r' && end - at > 1 && at[1] == '\n' ? 2 : 1);
}

/* Unfold a body octet by octet.  The first line end that is no fold, or NULL. */
static const char *unfold(mip_text body, room *unfolded)
{
    const char *at = body.data, *end = at + body.size;
    int is_first = 1; /* nothing but folds was read */

    while (at < end) {
        if (!is_line_end(*at)) {
            if (room_append(&unfolded->output, at++, 1) != 0)
                return at;
            is_first = 0;
            continue;
        }
        if (skip_line_end(at, end) == end || !text_is_blank(*skip_line_end(at, end)))
            return at;
        at = skip_line_end(at, end);
        if (is_first)
            at = text_skip_blanks(at, end);
    }
    return NULL;
}

static void expect_unfold(const input *in)
{
    room first = room_start(growth_unlimited(in->growth)), second = room_start(in->growth);
    room expected = room_ample();
    mip_result result = mip_unfold(in->name, in->body, &first.output), other;
    const char *fault = unfold(input_value(in), &expected);

    if (result.status == MIP_BAD_FIELD_NAME)
        expect(in, text_find_line_end(in->name) != NULL, "a field name that was read has no line end");
    else if (fault)
        expect(in, result.status == MIP_LINE_END && result.offset == (size_t)(fault - in->body.data), "a line end is no fold");
    else
        expect(in, result.status == MIP_OK && text_equal(room_text(&first), room_text(&expected)),
               "folds are taken out and nothing else");
    expect(in, result.status == MIP_OK || room_is_as_before(&first), "a failure leaves the output as it was");
    other = mip_unfold(in->name, in->body, &second.output);
    expect(in, other.status == MIP_NO_SPACE ? room_is_as_before(&second) : text_equal(room_text(&first), room_text(&second)),
           "out of memory leaves the output as it was");
    room_free(&first);
    room_free(&second);
    room_free(&expected);
}

static void expect_msg_ids(const input *in)
{
    mip_msg_ids ids = {in->body, 0, 0};
    const char *at = in->body.data, *end = at + in->body.size;
    mip_text msg_id;

    while ((msg_id = mip_next_msg_id(&ids)).size > 0) {
        expect(in, msg_id.data >= at && msg_id.size <= (size_t)(end - msg_id.data), "msg-ids lie in the body, in order");
        expect(in, msg_id.size >= 2 && *msg_id.data == '<' && msg_id.data[msg_id.size - 1] == '>', "a msg-id is in brackets");
        at = msg_id.data + msg_id.size;
        expect(in, ids.offset == (size_t)(at - in->body.data), "the next msg-id is looked for after this one");
    }
    expect(in, ids.offset == in->body.size && mip_next_msg_id(&ids).size == 0, "after the last msg-id there is none");
}

/* dot-atom-text = 1*atext *("." 1*atext)   RFC 5322, 3.2.3 */
static int is_dot_atom(mip_text text)
{
    static const char specials[] = "()<>[]:;@\\,\"";
    char last = '.';

    for (size_t i = 0; i < text.size; i++) {
        char octet = text.data[i];
        if (octet <= ' ' || octet > '~' || memchr(specials, octet, sizeof specials - 1))
            return 0;
        if (octet == '.' && last == '.')
            return 0;
        last = octet;
    }
    return last != '.';
}

/* msg-id = "<" dot-atom-text "@" dot-atom-text ">"   RFC 5322, 3.6.4 */
static void expect_msg_id(const input *in, mip_text msg_id)
{
    static const char field[] = "Message-ID: ";
    const char *at = text_find(msg_id, text_of("@")), *end = msg_id.data + msg_id.size;
    mip_msg_ids ids = {msg_id, 0, 0};

    expect(in, sizeof field - 1 + msg_id.size <= 998, "a line can hold a msg-id that was made");
    expect(in, at && *msg_id.data == '<' && end[-1] == '>', "a msg-id that was made is one");
    expect(in, is_dot_atom(text_between(msg_id.data + 1, at)) && is_dot_atom(text_between(at + 1, end - 1)),
           "a msg-id that was made is of two dot-atoms");
    expect(in, mip_next_msg_id(&ids).size == msg_id.size, "a msg-id that was made is read as one");
}

/* Of the first octets of the body, the name as its idstring, and the rest as its domain. */
static void expect_make(const input *in)
{
    unsigned char entropy[MIP_MSG_ID_ENTROPY] = {0};
    size_t used = in->body.size < sizeof entropy ? in->body.size : sizeof entropy;
    mip_text domain = text_between(in->body.data + used, in->body.data + in->body.size);
    uint64_t time = (uint64_t)used * in->style.max_line_length * UINT64_C(0x9E3779B97F4A7C15);
    room first = room_start(growth_unlimited(in->growth)), second = room_start(in->growth);
    mip_result result;

    memcpy(entropy, in->body.data, used);
    result = mip_make_msg_id(time, entropy, in->name, domain, &first.output);
    if (result.status == MIP_OK)
        expect_msg_id(in, room_text(&first));
    else if (result.status == MIP_BAD_DOMAIN)
        expect(in, !is_dot_atom(domain) && (result.offset < domain.size || domain.size == 0), "a bad domain is no dot-atom");
    else if (result.status == MIP_BAD_IDSTRING)
        expect(in, !is_dot_atom(in->name) && result.offset < in->name.size, "a bad idstring is no dot-atom");
    else
        expect(in, result.status == MIP_LINE_TOO_LONG && in->name.size + domain.size > 900, "a long msg-id has long parts");
    expect(in, result.status == MIP_OK || room_is_as_before(&first), "a failure leaves the output as it was");
    result = mip_make_msg_id(time, entropy, in->name, domain, &second.output);
    expect(in, result.status == MIP_NO_SPACE ? room_is_as_before(&second) : text_equal(room_text(&first), room_text(&second)),
           "out of memory leaves the output as it was");
    room_free(&first);
    room_free(&second);
}

/* Is it what charset_decode() is asked about: encoded-words of one charset with nothing but white space between? */
static int is_run(mip_text text)
{
    const char *at = text.data, *end = at + text.size;
    encoded_word_found first, next;

    if (!encoded_words_read(at, end, &first))
        return 0;
    for (next = first; charsets_equal(next.charset, first.charset);) {
        const char *behind = next.whole.data + next.whole.size;
        if (behind == end)
            return 1;
        if (!encoded_words_read(text_skip_blanks(behind, end), end, &next))
            return 0;
    }
    return 0;
}

/* Encoded-words, where the whole body is that. */
static void expect_decode(const input *in)
{
    room scratch = room_start(growth_unlimited(in->growth));
    writer w;

    writer_start(&w, &scratch.output, &in->style, in->body);
    if (is_run(in->body) && charset_decode(&w, in->body)) {
        mip_text text = room_text(&scratch), expected = encoded_words_text(in->body);
        expect(in, text.size > 0 && !text_find_line_end(text), "encoded-words stand for a text without line ends");
        expect(in, text_is_utf8(text) || !charset_decodes_to_utf8(in->body), "what was decoded is UTF-8");
        expect(in, text_equal(text, expected) || text_equal(expected, in->body) || text_find(in->body, text_of(" ")),
               "encoded-words are decoded as they are read");
        text_free(expected);
    } else {
        expect(in, room_is_as_before(&scratch), "a failure leaves the output as it was");
    }
    room_free(&scratch);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input in = input_read(data, size);

    expect_check(&in);
    expect_unfold(&in);
    expect_msg_ids(&in);
    expect_make(&in);
    expect_decode(&in);
    input_free(&in);
    return 0;
}
