#include "shown_phrase.h"

#include "lex/octet.h"
#include "lex/span.h"
#include "shown_decoded.h"
#include "shown_lexer.h"
#include "shown_quoted.h"
#include "write/output.h"

/* White space in what an encoded-word stands for is one SP in a name. */
static void squeeze_blanks(shown_writer *v, size_t start)
{
    char *to, *data = v->w.output->data;
    const char *at = data + start, *end = data + v->w.output->size;

    for (to = data + start; at < end; to++) {
        const char *behind = shown_skip_blanks(at, end);
        *to = behind > at ? ' ' : *at;
        at = behind > at ? behind : at + 1;
    }
    v->w.output->size = (size_t)(to - data);
}

static void put_word_decoded(shown_writer *v, const encoded_word *word)
{
    size_t start = v->w.output->size;

    shown_put_decoded(v, word);
    v->at += word->size;
    if (v->w.output->size > start && v->w.result.status == MIP_OK)
        squeeze_blanks(v, start);
}

void shown_put_plain_word(shown_writer *v)
{
    const char *begin = v->at;

    if (*begin == '"') {
        v->at++;
        shown_put_content(v);
        return;
    }
    v->at = *begin == '.' ? begin + 1 : shown_skip_atom(begin, v->end);
    writer_put_scratch(&v->w, span(begin, v->at));
}

int shown_put_word(shown_writer *v)
{
    encoded_word word;

    if (shown_find_word(v->at, v->end, &word)) {
        put_word_decoded(v, &word);
        return 1;
    }
    shown_put_plain_word(v);
    return 0;
}

/* phrase = 1*word / obs-phrase   RFC 5322, 3.2.5 and 4.1
 * White space between two encoded-words is none of the name: RFC 2047, 6.2. */
void shown_put_name(shown_writer *v)
{
    int behind_word = 0, behind_encoded_word = 0;

    for (;;) {
        encoded_word word;
        int has_comment, is_encoded;
        const char *begin = v->at;
        v->at = shown_skip_cfws(begin, v->end, &has_comment);
        if (v->at == v->end || shown_ends_phrase(*v->at))
            return;
        is_encoded = shown_find_word(v->at, v->end, &word);
        if (v->at > begin && behind_word && !(is_encoded && behind_encoded_word && !has_comment))
            writer_put_scratch(&v->w, space);
        shown_put_word(v);
        behind_word = 1;
        behind_encoded_word = is_encoded;
    }
}

void shown_put_words(shown_writer *v)
{
    size_t end_of_word = 0; /* of an encoded-word that nothing but white space is behind */

    while (v->at < v->end && !shown_ends_phrase(*v->at)) {
        size_t start = v->w.output->size;
        encoded_word word;
        int has_comment;
        shown_skip_cfws(v->at, v->end, &has_comment);
        shown_put_cfws(v);
        if (has_comment)
            end_of_word = 0;
        if (v->at == v->end || shown_ends_phrase(*v->at))
            return;
        if (shown_find_word(v->at, v->end, &word)) {
            if (end_of_word > 0 && end_of_word == start)
                v->w.output->size = start;
            shown_put_decoded(v, &word);
            v->at += word.size;
            end_of_word = v->w.output->size;
            continue;
        }
        start = v->w.output->size;
        if (*v->at == '"') {
            v->at++;
            shown_put_content(v);
            shown_quote(v, start);
        } else {
            shown_put_plain_word(v);
        }
        end_of_word = 0;
    }
}

static int is_one_of(char octet, const char *octets)
{
    return octet != '\0' && strchr(octets, octet) != NULL;
}

void shown_put_rest(shown_writer *v, const char *ends)
{
    while (v->at < v->end && !is_one_of(*v->at, ends)) {
        shown_put_words(v);
        if (v->at < v->end && !is_one_of(*v->at, ends)) {
            writer_put_scratch(&v->w, span(v->at, v->at + 1));
            v->at++;
        }
    }
}

const char *shown_skip_rest(const char *at, const char *end, const char *ends)
{
    while (at < end && !is_one_of(*at, ends)) {
        encoded_word word;
        if (*at == '(')
            at = shown_skip_comment(at, end);
        else if (*at == '"')
            at = shown_skip_quoted_string(at, end);
        else if (shown_find_word(at, end, &word))
            at += word.size;
        else if (octet_is(*at, OCTET_WSP) || shown_is_special(*at))
            at++;
        else
            at = shown_skip_atom(at, end);
    }
    return at;
}
