#include "msgidpolicy.h"

#include "lex/lexer.h"
#include "lex/limits.h"
#include "lex/octet.h"
#include "lex/span.h"
#include "write/writer.h"

/* msg-id = [CFWS] "<" id-left "@" id-right ">" [CFWS]   RFC 5322, 3.6.4
 * Whatever is in the brackets counts: real mail has ids with blanks, brackets and no "@". */
mip_text mip_next_msg_id(mip_msg_ids *msg_ids)
{
    mip_text body = span_given(msg_ids->body), msg_id = nothing;
    const char *at = body.data + msg_ids->offset, *end = body.data + body.size, *open = msg_ids->open_comment ? at : NULL;

    while (at < end && msg_id.size == 0) {
        const char *token_end = lexer_skip_token(at, end, &open);
        if (*at == '<' && token_end[-1] == '>')
            msg_id = span(at, token_end);
        at = token_end;
    }
    msg_ids->open_comment = open != NULL;
    msg_ids->offset = (size_t)(at - body.data);
    return msg_id;
}

enum {
    TIME_DIGITS = 9,
    ENTROPY_DIGITS = 20,
    FRAME_OCTETS = sizeof "Message-ID: <.@>" - 1 + TIME_DIGITS + ENTROPY_DIGITS, /* of a line with an id */
    PARTS_OCTETS = LINE_OCTETS - FRAME_OCTETS                                    /* left for idstring and domain */
};

/* Digits of five bits, in the order of US-ASCII: base32hex (RFC 4648, 7) in lower case, which no
 * spam filter takes for a random word in capitals. */
static const char digits[] = "0123456789abcdefghijklmnopqrstuv";

/* dot-atom-text = 1*atext *("." 1*atext)   RFC 5322, 3.2.3
 * Returns the offset of the first octet that does not belong, or the text's size if all do. */
static size_t check_dot_atom(mip_text text)
{
    size_t begin = 0, i;

    for (i = 0; i < text.size; i++) {
        if (text.data[i] == '.' && i > begin)
            begin = i + 1;
        else if (!octet_is(text.data[i], OCTET_ATEXT))
            return i;
    }
    return i == begin && i > 0 ? i - 1 : i;
}

/* The lowest `count` digits of a number. */
static void put_digits(char *at, size_t count, uint64_t number)
{
    while (count-- > 0) {
        at[count] = digits[number & 31];
        number >>= 5;
    }
}

static uint64_t read_octets(const unsigned char *octets, size_t count)
{
    uint64_t number = 0;

    for (size_t i = 0; i < count; i++)
        number = number << 8 | octets[i];
    return number;
}

/* 96 bits in 20 digits: twice 40 bits in 8, and 16 in 4. */
static void put_entropy(char *at, const unsigned char entropy[MIP_MSG_ID_ENTROPY])
{
    put_digits(at, 8, read_octets(entropy, 5));
    put_digits(at + 8, 8, read_octets(entropy + 5, 5));
    put_digits(at + 16, 4, read_octets(entropy + 10, 2));
}

static mip_result check_parts(mip_text idstring, mip_text domain)
{
    size_t before_domain = idstring.size > 0 ? idstring.size + 1 : 0;
    mip_result result = {MIP_BAD_DOMAIN, check_dot_atom(domain)};

    if (domain.size == 0 || result.offset < domain.size)
        return result;
    result.status = MIP_BAD_IDSTRING;
    result.offset = check_dot_atom(idstring);
    if (result.offset < idstring.size)
        return result;
    result.status = domain.size > PARTS_OCTETS || before_domain > PARTS_OCTETS - domain.size ? MIP_LINE_TOO_LONG : MIP_OK;
    result.offset = 0;
    return result;
}

mip_result mip_make_msg_id(uint64_t time, const unsigned char entropy[MIP_MSG_ID_ENTROPY], mip_text idstring, mip_text domain,
                           mip_output *output)
{
    static const mip_style style = {0};
    static const mip_text at_sign = {"@", 1}, close = {">", 1};
    char left[1 + TIME_DIGITS + 1 + ENTROPY_DIGITS + 1];
    mip_text left_text = {left, sizeof left};
    mip_result result = check_parts(idstring, domain);
    writer w;

    if (result.status != MIP_OK)
        return result;
    left[0] = '<';
    put_digits(left + 1, TIME_DIGITS, time);
    left[1 + TIME_DIGITS] = '.';
    put_entropy(left + 1 + TIME_DIGITS + 1, entropy);
    left[sizeof left - 1] = idstring.size > 0 ? '.' : '@';
    writer_start(&w, output, &style, domain);
    writer_put_scratch(&w, left_text);
    if (idstring.size > 0) {
        writer_put_scratch(&w, idstring);
        writer_put_scratch(&w, at_sign);
    }
    writer_put_scratch(&w, domain);
    writer_put_scratch(&w, close);
    return writer_finish(&w);
}
