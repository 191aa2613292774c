#include "shown_text.h"

#include "lex/octet.h"
#include "lex/span.h"
#include "shown_decoded.h"
#include "shown_lexer.h"

static const char *skip_to_blank(const char *at, const char *end)
{
    while (at < end && !octet_is(*at, OCTET_WSP))
        at++;
    return at;
}

/* Does a word seem to hold an encoded-word?  "=?" *"any but ?" "?" ("q" / "b") "?" *"any" "?=" */
static int seems_encoded(mip_text word)
{
    const char *at = span_find_two(word, "=?"), *end = word.data + word.size;

    for (at = at ? at + 2 : end; end - at > 3; at++) {
        const char *mark = memchr(at, '?', (size_t)(end - at));
        if (!mark || end - mark < 4)
            return 0;
        if (mark[2] == '?' && octet_is(mark[1], OCTET_ATEXT) && strchr("BbQq", mark[1]))
            return span_find_two(span(mark + 3, end), "?=") != NULL;
        /* The next charset begins where the next "=?" does. */
        at = mark[-1] == '=' ? mark : span_find_two(span(mark, end), "=?");
        if (!at)
            return 0;
        at += *at == '=';
    }
    return 0;
}

/* The end of a word that is no encoded-word: where one may begin in it, or white space does, `*blank`, which is not
 * looked for again before that. */
static const char *skip_plain_word(const char *at, const char *end, const char **blank)
{
    const char *behind = *blank = *blank > at ? *blank : skip_to_blank(at, end);

    if ((behind - at >= 2 && at[0] == '=' && at[1] == '?') || !seems_encoded(span(at, behind)))
        return behind;
    return span_find_two(span(at, behind), "=?");
}

/* White space between two encoded-words is none of the text (RFC 2047, 6.2), which others may touch. */
void shown_text_put(shown_writer *v)
{
    const char *blank = v->at;
    int behind_encoded_word = 0;

    while (v->at < v->end) {
        const char *begin = v->at, *at = shown_skip_blanks(begin, v->end), *behind;
        encoded_word word;
        int is_encoded = shown_find_word(at, v->end, &word);
        if (at > begin && !(is_encoded && behind_encoded_word))
            writer_put_scratch(&v->w, span(begin, at));
        behind = is_encoded ? at + word.size : skip_plain_word(at, v->end, &blank);
        if (is_encoded)
            shown_put_decoded(v, &word);
        else
            writer_put_scratch(&v->w, span(at, behind));
        behind_encoded_word = is_encoded;
        v->at = behind;
    }
}

/* The end of "<...>" without white space at `at`; `at` itself where there is none. */
static const char *skip_msg_id(const char *at, const char *end)
{
    const char *begin = at;

    while (at < end && *at != '>' && (*at != '<' || at == begin) && !octet_is(*at, OCTET_WSP))
        at++;
    return *begin == '<' && at < end && *at == '>' ? at + 1 : begin;
}

/* msg-id = [CFWS] "<" id-left "@" id-right ">" [CFWS]   RFC 5322, 3.6.4 */
void shown_text_put_beside_ids(shown_writer *v)
{
    const char *end = v->end;

    while (v->at < end) {
        const char *begin = v->at, *behind = skip_msg_id(begin, end), *next;
        writer_put_scratch(&v->w, span(begin, behind));
        v->at = behind;
        if (behind > begin)
            continue;
        next = memchr(begin + 1, '<', (size_t)(end - begin - 1));
        v->end = next ? next : end;
        shown_text_put(v);
        v->end = end;
    }
}
