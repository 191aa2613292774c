#include "fields/element.h"

#include <string.h>

#include "lex/encoded_word.h"
#include "lex/lexer.h"
#include "lex/octet.h"
#include "lex/span.h"

element_reader element_start(mip_text body)
{
    element_reader reader = {body.data, body.data + body.size, {NULL}, 0, 0, NULL, NULL};

    reader.open_literal = reader.open_quote = reader.end;
    return reader;
}

/* Was the "(" at `at` found not to be closed?  After the last that there is room for, each is taken for one that is
 * not. */
static int is_open_comment(const element_reader *reader, const char *at)
{
    for (int i = 0; i < reader->open_comment_count; i++)
        if (at == reader->open_comments[i])
            return 1;
    return reader->open_comment_count == ELEMENT_OPEN_COMMENTS && at > reader->open_comments[ELEMENT_OPEN_COMMENTS - 1];
}

/* The end of the comment at `at`; NULL where none begins or it is left open. */
static const char *skip_comment(element_reader *reader, const char *at)
{
    const char *end;

    if (*at != '(' || is_open_comment(reader, at))
        return NULL;
    end = lexer_skip_comment(at, reader->end);
    if (end)
        return end;
    if (reader->open_comment_count == 0)
        reader->is_ambiguous = span_holds(span(at + 1, reader->end), '(') || span_holds(span(at + 1, reader->end), ')');
    if (reader->open_comment_count < ELEMENT_OPEN_COMMENTS)
        reader->open_comments[reader->open_comment_count++] = at;
    return NULL;
}

/* domain-literal = [CFWS] "[" *([FWS] dtext) [FWS] "]" [CFWS]   RFC 5322, 3.4.1 */
static const char *skip_domain_literal(element_reader *reader, const char *at)
{
    const char *close = at < reader->open_literal ? memchr(at, ']', (size_t)(reader->end - at)) : NULL;

    if (close)
        return close + 1;
    if (at < reader->open_literal)
        reader->open_literal = at;
    return at + 1;
}

/* quoted-string = [CFWS] DQUOTE *([FWS] qcontent) [FWS] DQUOTE [CFWS]   RFC 5322, 3.2.4
 * A quote that is left open begins no quoted-string, which would take the addresses after it along. */
static const char *skip_quoted_string(element_reader *reader, const char *at)
{
    const char *behind = at < reader->open_quote ? lexer_skip_quoted_string(at, reader->end) : NULL;

    if (!behind && at < reader->open_quote)
        reader->open_quote = at;
    return behind ? behind : at + 1;
}

/* angle-addr     = [CFWS] "<" addr-spec ">" [CFWS]     RFC 5322, 3.4
 * obs-angle-addr = [CFWS] "<" obs-route addr-spec ">"  RFC 5322, 4.4
 * A local-part in quotes may hold a ">". */
static const char *skip_angle_addr(const char *at, const char *end)
{
    const char *close = lexer_skip(at, end), *quote = memchr(at, '"', (size_t)(close - at)), *behind;

    if (!quote || (quote[-1] != '<' && quote[-1] != ':'))
        return close;
    behind = lexer_skip(quote, end);
    if (behind == end || *behind != '@')
        return close;
    close = memchr(behind, '>', (size_t)(end - behind));
    return close ? close + 1 : end;
}

/* Skip one octet of a word, or as much of it as is in quotes or brackets or is an encoded-word. */
static const char *skip_in_word(element_reader *reader, const char *at)
{
    encoded_word encoded;

    if (*at == '[')
        return skip_domain_literal(reader, at);
    if (*at == '"')
        return skip_quoted_string(reader, at);
    if (*at == '=' && encoded_word_read(span(at, reader->end), &encoded))
        return at + encoded.size;
    return lexer_skip(at, reader->end);
}

/* word   = atom / quoted-string        RFC 5322, 3.2.5
 * phrase = 1*word / obs-phrase
 * Words end before a comment, an angle-addr or a separator, and before the white space before that. */
static void read_words(element_reader *reader, element *next)
{
    const char *begin = reader->at, *at = begin, *behind = begin;

    while (at < reader->end && *at != '<' && !octet_is_separator(*at) && !skip_comment(reader, at)) {
        int is_blank = octet_is(*at, OCTET_WSP);
        next->has_at_sign = next->has_at_sign || *at == '@';
        at = skip_in_word(reader, at);
        if (!is_blank)
            behind = at;
    }
    next->kind = ELEMENT_WORDS;
    next->text = span(begin, behind);
}

int element_read(element_reader *reader, element *next)
{
    const char *begin = reader->at, *comment_end;
    const char *at = span_blanks(begin, reader->end);

    memset(next, 0, sizeof *next);
    if (at == reader->end)
        return 0;
    next->blanks = span(begin, at);
    reader->at = at;
    comment_end = skip_comment(reader, at);
    if (comment_end) {
        next->kind = ELEMENT_COMMENT;
        next->text = span(at, comment_end);
    } else if (*at == '<') {
        next->kind = ELEMENT_ANGLE;
        next->text = span(at, skip_angle_addr(at, reader->end));
    } else if (octet_is_separator(*at)) {
        next->kind = ELEMENT_SEPARATOR;
        next->text = span(at, at);
    } else {
        read_words(reader, next);
    }
    reader->at = at = next->text.data + next->text.size;
    if (at < reader->end && octet_is_separator(*at))
        reader->at = at + 1;
    next->separator = span(at, reader->at);
    return 1;
}
