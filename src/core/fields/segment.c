#include "fields/segment.h"

#include "lex/lexer.h"
#include "lex/octet.h"
#include "lex/span.h"

segment_reader segment_start(mip_text body)
{
    segment_reader reader = {body.data, body.data + body.size, NULL};

    return reader;
}

/* The end of a quoted-string, a quoted-pair, a comment or another octet at `at`.  Angle brackets hold nothing together
 * here. */
static const char *skip_in_segment(segment_reader *reader, const char *at)
{
    return *at == '<' ? at + 1 : lexer_skip_token(at, reader->end, &reader->open_comment);
}

/* content     = "Content-Type" ":" type "/" subtype *(";" parameter)   RFC 2045, 5.1
 * disposition = "Content-Disposition" ":" disposition-type *(";" disposition-parm)   RFC 2183, 2
 */
int segment_read(segment_reader *reader, segment *next)
{
    const char *begin = reader->at, *text = span_blanks(begin, reader->end), *at = text;

    if (begin == reader->end)
        return 0;
    next->blanks = span(begin, text);
    while (at < reader->end && octet_is(*at, OCTET_ATEXT | OCTET_UNRESERVED))
        at++;
    next->is_token = at == reader->end || *at == ';';
    next->quoted = nothing;
    while (at < reader->end && *at != ';') {
        const char *token = at;
        at = skip_in_segment(reader, at);
        if (*token == '"' && next->quoted.size == 0)
            next->quoted = span(token, at);
    }
    next->text = span(text, at);
    reader->at = at < reader->end ? at + 1 : at;
    if (span_blanks(reader->at, reader->end) == reader->end)
        reader->at = reader->end; /* a fold before white space alone would leave a blank line */
    next->semicolon = span(at, reader->at);
    return 1;
}
