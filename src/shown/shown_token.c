#include "shown_token.h"

#include "lex/octet.h"
#include "lex/span.h"
#include "shown_lexer.h"
#include "shown_phrase.h"
#include "shown_quoted.h"

/* token = 1*<any CHAR except SPACE, CTLs, or tspecials>   RFC 2045, 5.1 */
mip_text shown_token_put(shown_writer *v)
{
    int has_comment;
    const char *begin = shown_skip_cfws(v->at, v->end, &has_comment), *end = begin;

    while (end < v->end && !shown_ends_token(*end))
        end++;
    if (end == begin)
        return nothing;
    shown_put_cfws(v);
    writer_put_scratch(&v->w, span(begin, end));
    v->at = end;
    shown_put_cfws(v);
    return span(begin, end);
}

/* encoding = "Content-Transfer-Encoding" ":" mechanism   RFC 2045, 6.1 */
void shown_encoding_put(shown_writer *v)
{
    shown_token_put(v);
    shown_put_rest(v, "");
}

/* What is shown as it is, up to a comment or white space, and "." where that ends it.  The number that it is; else
 * empty. */
static mip_text put_number(shown_writer *v, char ending)
{
    const char *begin = v->at;
    mip_text number;
    size_t count = 0;

    for (; v->at < v->end && *v->at != ending && *v->at != '(' && !octet_is(*v->at, OCTET_WSP); v->at++)
        count += *v->at >= '0' && *v->at <= '9';
    number = span(begin, v->at);
    writer_put_scratch(&v->w, number);
    shown_put_cfws(v);
    return count == number.size ? number : nothing;
}

/* version = "MIME-Version" ":" 1*DIGIT "." 1*DIGIT   RFC 2045, 4 */
void shown_version_put(shown_writer *v)
{
    mip_part part = {MIP_PART_VERSION, {"", 0}, {"", 0}, {"", 0}};
    size_t start = v->w.output->size;

    shown_put_cfws(v);
    part.first = put_number(v, '.');
    if (v->at < v->end && *v->at == '.') {
        writer_put_scratch(&v->w, span(v->at, v->at + 1));
        v->at++;
        shown_put_cfws(v);
        part.second = put_number(v, ' ');
    }
    writer_put_scratch(&v->w, span(v->at, v->end));
    if (v->take)
        shown_give(v, part, start);
}
