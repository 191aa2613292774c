#include "shown_addr_spec.h"

#include "lex/octet.h"
#include "lex/span.h"
#include "shown_decoded.h"
#include "shown_lexer.h"
#include "shown_phrase.h"
#include "write/output.h"

static int is_here(const shown_writer *v, char octet)
{
    return v->at < v->end && *v->at == octet;
}

/* Nonzero where there was white space or a comment. */
static int pass_cfws(shown_writer *v)
{
    const char *begin = v->at;
    int has_comment;

    v->at = shown_skip_cfws(begin, v->end, &has_comment);
    return v->at > begin;
}

/* Go on, and append the octet there. */
static void pass_octet(shown_writer *v)
{
    writer_put_scratch(&v->w, span(v->at, v->at + 1));
    v->at++;
}

/* A "\" outside of quotes is part of it to CPython. */
static int ends_local_part(const shown_writer *v)
{
    return v->at == v->end || (shown_ends_phrase(*v->at) && *v->at != '\\');
}

typedef enum { BEHIND_DOT, BEHIND_WORD, BEHIND_BACKSLASH } place_in_local_part;

/* local-part = dot-atom / quoted-string / obs-local-part   RFC 5322, 3.4.1 and 4.4
 * White space around "." is none of it; other is one SP.  No RFC has encoded-words there, but CPython decodes them where
 * they touch nothing, and behind the "." of what is no dot-atom. */
static int put_local_part(shown_writer *v)
{
    place_in_local_part before = BEHIND_DOT;
    int has_gap = 0, is_first = 1, is_dot_atom;

    pass_cfws(v);
    if (ends_local_part(v))
        return 0;
    is_dot_atom = *v->at != '.';
    for (; !ends_local_part(v); has_gap = pass_cfws(v)) {
        int is_backslash = *v->at == '\\', is_dot = *v->at == '.';
        is_dot_atom = is_dot_atom && !has_gap && !is_backslash && *v->at != '"';
        if (has_gap && !is_dot && (before == BEHIND_WORD || (before == BEHIND_BACKSLASH && !is_backslash)))
            writer_put_scratch(&v->w, space);
        if (is_backslash)
            pass_octet(v);
        else if (before == BEHIND_WORD ? has_gap : !is_dot_atom || is_first)
            is_dot_atom = !shown_put_word(v) && is_dot_atom;
        else
            shown_put_plain_word(v);
        is_first = 0;
        before = is_dot ? BEHIND_DOT : is_backslash ? BEHIND_BACKSLASH : BEHIND_WORD;
    }
    return 1;
}

/* domain-literal = [CFWS] "[" *([FWS] dtext) [FWS] "]" [CFWS]   RFC 5322, 3.4.1 */
static int put_domain_literal(shown_writer *v)
{
    static const char closing[] = "]";

    pass_octet(v);
    v->at = shown_skip_blanks(v->at, v->end);
    while (v->at < v->end && *v->at != '[' && *v->at != ']' && !octet_is(*v->at, OCTET_WSP)) {
        if (*v->at == '\\' && ++v->at < v->end && octet_is(*v->at, OCTET_WSP))
            break;
        if (shown_space(v->at, v->end) > 0)
            v->at += shown_space(v->at, v->end);
        else if (v->at < v->end)
            pass_octet(v);
    }
    v->at = shown_skip_blanks(v->at, v->end);
    if (v->at < v->end && *v->at != ']')
        return 0;
    writer_put_scratch(&v->w, span(closing, closing + 1));
    v->at += v->at < v->end;
    pass_cfws(v);
    return 1;
}

/* Is what was decoded one domain?  Text that is none is no syntax. */
static int is_domain(mip_text text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!octet_is(text.data[i], OCTET_ATEXT | OCTET_8BIT) && text.data[i] != '.')
            return 0;
    return text.size > 0;
}

static int put_encoded_domain(shown_writer *v)
{
    size_t start = v->w.output->size;
    encoded_word word;

    if (!shown_find_word(v->at, v->end, &word))
        return 0;
    shown_put_decoded(v, &word);
    if (!is_domain(output_since(v->w.output, start))) {
        v->w.output->size = start;
        return 0;
    }
    v->at += word.size;
    return 1;
}

/* White space of Unicode is none of a domain. */
static void put_label(shown_writer *v)
{
    const char *end = shown_skip_atom(v->at, v->end);

    while (v->at < end) {
        size_t size = shown_space(v->at, end);
        v->at += size;
        if (size == 0)
            pass_octet(v);
    }
}

/* domain = dot-atom / domain-literal / obs-domain   RFC 5322, 3.4.1 and 4.4
 * Behind a dot-atom there is no "@". */
static int put_domain(shown_writer *v)
{
    int is_first = 1, is_dot_atom = 1, has_gap;

    pass_cfws(v);
    if (is_here(v, '['))
        return put_domain_literal(v);
    for (;; is_first = 0) {
        if (v->at == v->end || shown_is_special(*v->at))
            return 0;
        if (!is_first || !put_encoded_domain(v))
            put_label(v);
        has_gap = pass_cfws(v);
        if (!is_here(v, '.'))
            return !is_dot_atom || !is_here(v, '@');
        pass_octet(v);
        has_gap = pass_cfws(v) || has_gap;
        is_dot_atom = is_dot_atom && !has_gap;
    }
}

int shown_addr_spec_put(shown_writer *v, shown_addr_spec *sizes)
{
    size_t start = v->w.output->size;

    if (!put_local_part(v))
        return 0;
    sizes->local_part = v->w.output->size - start;
    sizes->domain = 0;
    if (!is_here(v, '@'))
        return 1;
    v->at++;
    start = v->w.output->size;
    if (!put_domain(v))
        return 0;
    sizes->domain = v->w.output->size - start;
    return 1;
}

/* obs-route = obs-domain-list ":"
 * obs-domain-list = *(CFWS / ",") "@" domain *("," [CFWS] ["@" domain])   RFC 5322, 4.4 */
static int skip_route(shown_writer *v)
{
    size_t start = v->w.output->size;
    int is_first = 1;

    while (pass_cfws(v) || is_here(v, ','))
        v->at += is_here(v, ',');
    for (; is_first || is_here(v, ','); is_first = 0) {
        if (!is_first) {
            v->at++;
            pass_cfws(v);
        }
        if (!is_here(v, '@')) {
            if (is_first)
                return 0;
            continue;
        }
        v->at++;
        if (!put_domain(v))
            return 0;
        v->w.output->size = start;
    }
    if (!is_here(v, ':'))
        return 0;
    v->at++;
    return 1;
}

/* angle-addr = [CFWS] "<" addr-spec ">" [CFWS] / obs-angle-addr   RFC 5322, 3.4
 * SMTP has "<>" (RFC 5321, 4.5.5). */
int shown_angle_addr_put(shown_writer *v, shown_addr_spec *sizes)
{
    static const shown_addr_spec none = {0, 0};
    size_t start = v->w.output->size;
    const char *begin = ++v->at;

    *sizes = none;
    if (!is_here(v, '>') && !shown_addr_spec_put(v, sizes)) {
        v->w.output->size = start;
        v->at = begin;
        if (!skip_route(v) || !shown_addr_spec_put(v, sizes))
            return 0;
    }
    v->at += is_here(v, '>');
    pass_cfws(v);
    return 1;
}
