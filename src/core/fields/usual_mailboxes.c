#include "fields/usual_mailboxes.h"

#include <string.h>

#include "lex/encoded_word_part.h"
#include "lex/limits.h"
#include "lex/octet.h"
#include "lex/span.h"
#include "lex/utf8.h"
#include "text/encoded_words.h"
#include "write/writer.h"

typedef struct {
    const char *begin, *text; /* with the white space before it, and without */
    mip_text name;            /* its display-name, if that has to become an encoded-word; else empty */
    const char *rest;         /* what follows that name */
    const char *item;         /* its angle-addr, or all of it when it has none */
    const char *end, *next;   /* after its ",", and the text of the mailbox that follows */
} usual_mailbox;

/* The end of the octets of these classes at `at`, eight at a time: here is where the time goes. */
static inline const char *skip_classes(const char *at, const char *end, int classes)
{
    for (; end - at >= 8; at += 8) {
        if (!octet_is(at[0], classes))
            return at;
        if (!octet_is(at[1], classes))
            return at + 1;
        if (!octet_is(at[2], classes))
            return at + 2;
        if (!octet_is(at[3], classes))
            return at + 3;
        if (!octet_is(at[4], classes))
            return at + 4;
        if (!octet_is(at[5], classes))
            return at + 5;
        if (!octet_is(at[6], classes))
            return at + 6;
        if (!octet_is(at[7], classes))
            return at + 7;
    }
    while (at < end && octet_is(*at, classes))
        at++;
    return at;
}

/* phrase     = 1*word / obs-phrase
 * obs-phrase = word *(word / "." / CFWS)   RFC 5322, 4.1
 * Read words that are atoms: a display-name, or an addr-spec, most of which are made of atoms as well. */
static inline const char *read_atoms(usual_mailbox *box, const char *end)
{
    const char *at = skip_classes(box->text, end, OCTET_ADDR_SPEC | OCTET_WSP);

    if (at == end || !octet_is(*at, OCTET_8BIT))
        return at;
    at = skip_classes(at, end, OCTET_ADDR_SPEC | OCTET_WSP | OCTET_8BIT);
    while (octet_is(at[-1], OCTET_WSP))
        at--;
    box->name = span(box->text, at);
    box->rest = at;
    return span_blanks(at, end);
}

/* quoted-string = [CFWS] DQUOTE *([FWS] qcontent) [FWS] DQUOTE [CFWS]   RFC 5322, 3.2.4
 * Read one without quoted-pairs, and the atoms after it.  NULL where there is none. */
static inline const char *read_quoted_string(usual_mailbox *box, const char *end)
{
    const char *begin = box->text + 1, *at = skip_classes(begin, end, OCTET_QTEXT | OCTET_WSP);

    if (at < end && *at == '"')
        return skip_classes(at + 1, end, OCTET_ADDR_SPEC | OCTET_WSP);
    at = skip_classes(at, end, OCTET_QTEXT | OCTET_WSP | OCTET_8BIT);
    if (at == end || *at != '"')
        return NULL;
    box->name = span(begin, at);
    box->rest = at + 1;
    return span_blanks(box->rest, end);
}

/* address-list = address *("," address)   RFC 5322, 3.4
 * Read the end of a mailbox: of the body, or a "," with white space after it and a mailbox after that. */
static inline int read_end(usual_mailbox *box, const char *at, const char *end)
{
    box->end = box->next = end;
    if (at == end)
        return 1;
    box->end = at + 1;
    box->next = span_blanks(box->end, end);
    return *at == ',' && box->next > box->end && box->next < end;
}

/* mailbox    = name-addr / addr-spec
 * name-addr  = [display-name] angle-addr
 * angle-addr = [CFWS] "<" addr-spec ">" [CFWS]   RFC 5322, 3.4 */
static inline int read_mailbox(usual_mailbox *box, const char *end)
{
    const char *at = box->item = box->text;

    box->name.size = 0;
    at = at < end && *at == '"' ? read_quoted_string(box, end) : read_atoms(box, end);
    if (!at)
        return 0;
    if (at < end && *at == '<') {
        if (box->name.size > 0 && at == box->rest)
            return 0;
        box->item = at;
        at = skip_classes(at + 1, end, OCTET_ADDR_SPEC | OCTET_WSP);
        return at < end && *at == '>' && read_end(box, at + 1, end);
    }
    return at > box->text && !octet_is(at[-1], OCTET_WSP) && box->name.size == 0 && read_end(box, at, end);
}

/* The line that is filled: what the writer has, and after that the body from `copied` up to the mailbox that comes
 * next. */
typedef struct {
    writer *w;
    const char *copied;
} mailbox_line;

/* Copy the body up to `at`.  No gap is noted: white space follows each mailbox, and the line can be broken there. */
static void copy_to(mailbox_line *l, const char *at)
{
    size_t size = (size_t)(at - l->copied);
    char *to = size > 0 ? writer_extend(l->w, size) : NULL;

    if (to)
        memcpy(to, l->copied, size);
    l->copied = at;
}

/* Begin a new line at `at`, if this one holds anything. */
static void next_line(mailbox_line *l, const char *at)
{
    copy_to(l, at);
    if (l->w->has_word)
        writer_break(l->w);
}

static inline int fits_on_line(const writer *w, size_t size, int encodes)
{
    return writer_fits(w, size, size, encodes);
}

static inline int put_plain_mailbox(mailbox_line *l, const usual_mailbox *box)
{
    if (fits_on_line(l->w, (size_t)(box->end - l->copied), 0))
        return 1;
    next_line(l, box->begin);
    return fits_on_line(l->w, (size_t)(box->end - box->begin), 0);
}

/* Write a name as an encoded-word.  Where no line can hold the mailbox, its name may have one, and what follows the
 * name another. */
static int put_encoded_name(mailbox_line *l, const usual_mailbox *box)
{
    writer *w = l->w;
    int is_utf8 = w->style->well_formed || utf8_is_valid(box->name);
    encoded_word_part part = encoded_word_whole(box->name, is_utf8);
    size_t blanks = (size_t)(box->text - box->begin), rest = (size_t)(box->end - box->rest);
    int is_whole = fits_on_line(w, (size_t)(box->text - l->copied) + part.size + rest, 1);

    if (!is_whole) {
        next_line(l, box->begin);
        if (!fits_on_line(w, blanks + part.size, 1) || rest > writer_limit(w))
            return 0;
    }
    copy_to(l, box->text);
    encoded_words_put_part(w, part, box->name.data);
    if (!is_whole && !fits_on_line(w, rest, 0))
        writer_break(w);
    l->copied = box->rest;
    return 1;
}

/* Write a mailbox; 0 where it is not usual.  A style with utf8 leaves names as they are; a lot of white space becomes
 * part of a run, and in mail that was read a name may hold encoded-words. */
static inline int put_usual_mailbox(mailbox_line *l, const usual_mailbox *box)
{
    if (box->name.size == 0)
        return put_plain_mailbox(l, box);
    if (l->w->style->read && memchr(box->name.data, '?', box->name.size))
        return 0;
    return !l->w->style->utf8 && box->text - box->begin <= MOST_BLANKS && put_encoded_name(l, box);
}

const char *usual_mailboxes_put(writer *w, const char *begin, const char *end)
{
    mailbox_line l = {w, begin};
    usual_mailbox box = {0};

    box.begin = begin;
    box.text = span_blanks(begin, end);
    if (w->has_word && box.text == begin)
        return begin;
    while (box.begin < end && read_mailbox(&box, end) && put_usual_mailbox(&l, &box)) {
        w->item = box.item;
        box.begin = box.end;
        box.text = box.next;
    }
    copy_to(&l, box.begin);
    return box.begin;
}
