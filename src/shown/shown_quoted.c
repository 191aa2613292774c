#include "shown_quoted.h"

#include "lex/octet.h"
#include "lex/span.h"
#include "shown_decoded.h"
#include "shown_lexer.h"
#include "write/output.h"

/* qcontent up to white space or DQUOTE.  A backslash before white space quotes nothing. */
static void put_quoted_word(shown_writer *v)
{
    const char *begin = v->at;

    while (v->at < v->end && *v->at != '"' && !octet_is(*v->at, OCTET_WSP)) {
        if (*v->at == '\\') {
            writer_put_scratch(&v->w, span(begin, v->at));
            begin = ++v->at;
            if (v->at == v->end || octet_is(*v->at, OCTET_WSP))
                return;
        }
        v->at++;
    }
    writer_put_scratch(&v->w, span(begin, v->at));
}

/* An encoded-word that CPython would end behind the quotes is none: text that was decoded is no syntax. */
static int find_quoted_word(const shown_writer *v, encoded_word *word)
{
    return shown_find_word(v->at, v->end, word) && !span_holds(span(v->at, v->at + word->size), '"');
}

/* quoted-string = DQUOTE *([FWS] qcontent) [FWS] DQUOTE   RFC 5322, 3.2.4 */
void shown_put_content(shown_writer *v)
{
    int behind_encoded_word = 0;

    while (v->at < v->end && *v->at != '"') {
        const char *begin = v->at;
        encoded_word word;
        v->at = shown_skip_blanks(begin, v->end);
        if (find_quoted_word(v, &word)) {
            if (!behind_encoded_word)
                writer_put_scratch(&v->w, span(begin, v->at));
            shown_put_decoded(v, &word);
            v->at += word.size;
            behind_encoded_word = 1;
            continue;
        }
        writer_put_scratch(&v->w, span(begin, v->at));
        put_quoted_word(v);
        behind_encoded_word = 0;
    }
    v->at += v->at < v->end;
}

void shown_quote(shown_writer *v, size_t start)
{
    mip_text text = output_since(v->w.output, start);
    size_t more = 2;
    char *to, *from;

    for (size_t i = 0; i < text.size; i++)
        more += text.data[i] == '"' || text.data[i] == '\\';
    if (!writer_append(&v->w, more))
        return;
    to = v->w.output->data + v->w.output->size;
    from = v->w.output->data + start + text.size;
    *--to = '"';
    while (from > v->w.output->data + start) {
        *--to = *--from;
        if (*to == '"' || *to == '\\')
            *--to = '\\';
    }
    *--to = '"';
}

/* comment = "(" *([FWS] ccontent) [FWS] ")"   RFC 5322, 3.2.2
 * Quoted-pairs are those that have to be. */
void shown_put_comment(shown_writer *v)
{
    static const char closing[] = ")";
    size_t depth = 0;

    while (v->at < v->end) {
        const char *begin = v->at++;
        if (*begin == '\\') {
            if (v->at == v->end || octet_is(*v->at, OCTET_WSP))
                continue;
            begin += *v->at != '\\' && *v->at != '(' && *v->at != ')';
            v->at++;
        } else if (*begin == '(') {
            depth++;
        } else if (*begin == ')') {
            depth--;
        }
        writer_put_scratch(&v->w, span(begin, v->at));
        if (depth == 0)
            return;
    }
    for (; depth > 0; depth--)
        writer_put_scratch(&v->w, span(closing, closing + 1));
}

void shown_put_cfws(shown_writer *v)
{
    while (v->at < v->end && (octet_is(*v->at, OCTET_WSP) || *v->at == '(')) {
        const char *begin = v->at;
        v->at = shown_skip_blanks(begin, v->end);
        writer_put_scratch(&v->w, span(begin, v->at));
        if (v->at < v->end && *v->at == '(')
            shown_put_comment(v);
    }
}
