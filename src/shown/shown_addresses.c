#include "shown_addresses.h"

#include <string.h>

#include "lex/octet.h"
#include "lex/span.h"
#include "shown_writer.h"

/* dot-atom = 1*atext *("." 1*atext)   RFC 5322, 3.2.3 */
static int show_dot_atom(shown_writer *v)
{
    do {
        mip_text atom = shown_read_run(v, OCTET_ATEXT);
        if (atom.size == 0)
            return 0;
        shown_put(v, atom.data, v->at);
    } while (shown_take(v, '.'));
    return 1;
}

static int show_addr_spec(shown_writer *v)
{
    return show_dot_atom(v) && shown_take(v, '@') && show_dot_atom(v);
}

/* Is this a display-name, and not the local part of an addr-spec?  It is when "<" comes first. */
static int begins_with_name(const shown_writer *v)
{
    const char *at = v->at;

    if (*at == '"')
        return 1;
    while (at < v->end && *at != '<' && *at != '@' && *at != ',')
        at++;
    return at < v->end && *at == '<';
}

/* Atoms with one SP between, and one behind: CPython shows them as they are. */
static int show_atoms(shown_writer *v)
{
    while (v->at < v->end && *v->at != '<') {
        mip_text atom = shown_read_run(v, OCTET_ATEXT | OCTET_8BIT);
        if (atom.size == 0)
            return 0;
        shown_put(v, atom.data, v->at);
        if (!shown_take(v, ' '))
            return 0;
    }
    return 1;
}

/* A quoted-string without quoted-pairs, which keeps its quotes where it holds one of the specials. */
static int show_quoted_name(shown_writer *v)
{
    static const char quote[] = "\"";
    const char *begin = ++v->at, *end;
    int has_special = 0, is_word = 0;

    for (; v->at < v->end && *v->at != '"'; v->at++) {
        int is_text = octet_is(*v->at, OCTET_ATEXT | OCTET_8BIT);
        if (*v->at == '\\' || octet_is(*v->at, OCTET_CONTROL) || (*v->at == ' ' ? !is_word : *v->at == '\t'))
            return 0;
        has_special = has_special || (!is_text && *v->at != ' ');
        is_word = *v->at != ' ';
    }
    end = v->at;
    if (end == v->end || !is_word)
        return 0;
    if (has_special) {
        shown_put(v, begin - 1, end + 1);
        v->at = end + 1;
    } else {
        shown_put(v, begin, end);
        v->at = end + (*end == *quote);
    }
    return shown_take(v, ' ');
}

/* Does text begin with white space of Unicode (White_Space) that is not US-ASCII?
 * U+0085, U+00A0, U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F, U+3000 */
static int is_unicode_space(mip_text text)
{
    const unsigned char *octet = (const unsigned char *)text.data;

    if (text.size >= 2 && octet[0] == 0xC2)
        return octet[1] == 0x85 || octet[1] == 0xA0;
    if (text.size < 3)
        return 0;
    if (octet[0] == 0xE2 && octet[1] == 0x80)
        return octet[2] <= 0x8A || octet[2] == 0xA8 || octet[2] == 0xA9 || octet[2] == 0xAF;
    return (octet[0] == 0xE1 && octet[1] == 0x9A && octet[2] == 0x80) ||
           (octet[0] == 0xE2 && octet[1] == 0x81 && octet[2] == 0x9F) ||
           (octet[0] == 0xE3 && octet[1] == 0x80 && octet[2] == 0x80);
}

/* Is the SP at `i` no single one between two words, from `start` on?  CPython takes any white space of Unicode
 * behind one to it. */
static int is_blank_run(const mip_output *output, size_t start, size_t i)
{
    mip_text behind = {output->data + i + 1, output->size - i - 1};

    return i == start || behind.size == 0 || *behind.data == ' ' || is_unicode_space(behind);
}

/* A name that is one encoded-word, which gets quotes where it holds one of the specials.  CPython makes one SP of
 * several, so these are left to it. */
static int show_encoded_name(shown_writer *v, mip_text word)
{
    static const char quote[] = "\"", blank[] = " ";
    size_t start, i;
    int has_special = 0;

    shown_differ(v);
    start = v->w.output->size;
    shown_put(v, quote, quote + 1);
    if (!shown_decode(v, word))
        return 0;
    for (i = start + 1; i < v->w.output->size; i++) {
        char octet = v->w.output->data[i];
        int is_text = octet_is(octet, OCTET_ATEXT | OCTET_8BIT);
        if (octet == '"' || octet == '\\' || octet_is(octet, OCTET_CONTROL) || octet == '\t' ||
            (octet == ' ' && is_blank_run(v->w.output, start + 1, i)))
            return 0;
        has_special = has_special || (!is_text && octet != ' ');
    }
    if (has_special) {
        shown_put(v, quote, quote + 1);
    } else {
        memmove(v->w.output->data + start, v->w.output->data + start + 1, i - start - 1);
        v->w.output->size--;
    }
    shown_put(v, blank, blank + 1);
    return v->at < v->end && *v->at++ == ' ';
}

static int show_name(shown_writer *v)
{
    mip_text encoded = shown_find_encoded_word(v, v->at);

    if (*v->at == '"')
        return show_quoted_name(v);
    return encoded.size > 0 ? show_encoded_name(v, encoded) : show_atoms(v);
}

/* mailbox = name-addr / addr-spec   RFC 5322, 3.4 */
static int show_mailbox(shown_writer *v)
{
    if (!begins_with_name(v))
        return show_addr_spec(v);
    if (!show_name(v))
        return 0;
    return shown_take(v, '<') && show_addr_spec(v) && shown_take(v, '>');
}

/* mailbox-list = mailbox *("," mailbox), shown with ", " between. */
int shown_addresses_read(shown_writer *v)
{
    static const char blank[] = " ";

    for (;;) {
        if (v->at == v->end || (*v->at == '<') || !show_mailbox(v))
            return 0;
        if (v->at == v->end)
            return v->to_decode == 0;
        if (!shown_take(v, ','))
            return 0;
        shown_put_octet(v, blank);
        v->at = span_blanks(v->at, v->end);
    }
}

int shown_usual_mailbox_put(shown_writer *v)
{
    const char *begin = v->at;

    return v->at < v->end && *v->at != '<' && show_mailbox(v) && shown_count_beginnings(span(begin, v->at)) == 0;
}
