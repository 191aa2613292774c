#include "view_address.h"

#include <string.h>

#include "octet.h"
#include "span.h"
#include "utf8.h"

/* dot-atom = 1*atext *("." 1*atext)   RFC 5322, 3.2.3 */
static int read_dot_atom(view_writer *v)
{
    do {
        mip_text atom = view_read_run(v, OCTET_ATEXT);
        if (atom.size == 0)
            return 0;
        view_put(v, atom.data, v->at);
    } while (view_take(v, '.'));
    return 1;
}

static int read_addr_spec(view_writer *v)
{
    return read_dot_atom(v) && view_take(v, '@') && read_dot_atom(v);
}

/* Is this a display-name, and not the local part of an addr-spec?  It is when "<" comes first. */
static int begins_with_name(const view_writer *v)
{
    const char *at = v->at;

    if (*at == '"')
        return 1;
    while (at < v->end && *at != '<' && *at != '@' && *at != ',')
        at++;
    return at < v->end && *at == '<';
}

/* Atoms with one SP between, and one behind: CPython shows them as they are. */
static int read_atoms(view_writer *v)
{
    while (v->at < v->end && *v->at != '<') {
        mip_text atom = view_read_run(v, OCTET_ATEXT | OCTET_8BIT);
        if (atom.size == 0)
            return 0;
        view_put(v, atom.data, v->at);
        if (!view_take(v, ' '))
            return 0;
    }
    return 1;
}

/* A quoted-string without quoted-pairs, which keeps its quotes where it holds one of the specials. */
static int read_quoted_name(view_writer *v)
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
        view_put(v, begin - 1, end + 1);
        v->at = end + 1;
    } else {
        view_put(v, begin, end);
        v->at = end + (*end == *quote);
    }
    return view_take(v, ' ');
}

/* Is the SP at `i` no single one between two words, from `start` on?  CPython takes any white space of Unicode
 * behind one to it. */
static int is_blank_run(const mip_output *output, size_t start, size_t i)
{
    mip_text behind = {output->data + i + 1, output->size - i - 1};

    return i == start || behind.size == 0 || *behind.data == ' ' || utf8_is_space(behind);
}

/* A name that is one encoded-word, which gets quotes where it holds one of the specials.  CPython makes one SP of
 * several, so these are left to it. */
static int read_encoded_name(view_writer *v, mip_text word)
{
    static const char quote[] = "\"", space[] = " ";
    size_t start, i;
    int has_special = 0;

    view_differ(v);
    start = v->w.output->size;
    view_put(v, quote, quote + 1);
    if (!view_decode(v, word))
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
        view_put(v, quote, quote + 1);
    } else {
        memmove(v->w.output->data + start, v->w.output->data + start + 1, i - start - 1);
        v->w.output->size--;
    }
    view_put(v, space, space + 1);
    return v->at < v->end && *v->at++ == ' ';
}

static int read_name(view_writer *v)
{
    mip_text encoded = view_find_encoded_word(v, v->at);

    if (*v->at == '"')
        return read_quoted_name(v);
    return encoded.size > 0 ? read_encoded_name(v, encoded) : read_atoms(v);
}

/* mailbox = name-addr / addr-spec   RFC 5322, 3.4 */
static int read_mailbox(view_writer *v)
{
    if (!begins_with_name(v))
        return read_addr_spec(v);
    if (!read_name(v))
        return 0;
    return view_take(v, '<') && read_addr_spec(v) && view_take(v, '>');
}

/* mailbox-list = mailbox *("," mailbox), shown with ", " between. */
int view_address_read(view_writer *v)
{
    static const char space[] = " ";

    for (;;) {
        if (v->at == v->end || (*v->at == '<') || !read_mailbox(v))
            return 0;
        if (v->at == v->end)
            return v->to_decode == 0;
        if (!view_take(v, ','))
            return 0;
        view_put_octet(v, space);
        v->at = span_blanks(v->at, v->end);
    }
}
