#include "fields/addresses.h"

#include <string.h>

#include "fields/domain.h"
#include "fields/element.h"
#include "fields/phrase.h"
#include "fields/usual_mailboxes.h"
#include "lex/limits.h"
#include "lex/octet.h"
#include "lex/span.h"
#include "text/literal.h"
#include "text/look_alike.h"
#include "text/text.h"
#include "write/long_item.h"
#include "write/writer.h"

/* An element, and what becomes of it. */
typedef struct {
    element read;
    phrase_kind kind;
    int is_utf8; /* the text of an element that is to be encoded is UTF-8 */
} measured_element;

enum { KEPT_ELEMENTS = 6 }; /* hardly any mailbox has more: one that has is read again */

/* A mailbox, the name of a group, or whatever else there is up to the next separator. */
typedef struct {
    element_reader reader; /* where it begins */
    element_reader behind; /* where what follows its separator begins */
    measured_element kept[KEPT_ELEMENTS];
    size_t count;           /* of its elements */
    const char *angle;      /* where its angle-addr begins; NULL when it has none */
    int is_group_name;      /* the separator is ":" */
    size_t columns, octets; /* on one line, the white space before it included */
    int encodes;            /* it holds an encoded-word, or will */
} mailbox;

typedef struct {
    writer *w;
    mip_syntax syntax;
    const char *end;         /* of the body */
    int behind_encoded_word; /* what comes next needs white space before it */
    int goes_as_it_came;     /* nothing more is encoded */
} address_writer;

/* display-name = phrase   RFC 5322, 3.4
 * Words are an addr-spec when they hold an "@" and no angle-addr follows them. */
static int is_phrase(const mailbox *box, const element *next)
{
    int is_name = box->is_group_name || (box->angle && next->text.data < box->angle);

    return next->kind == ELEMENT_WORDS && (is_name || !next->has_at_sign);
}

static phrase_kind classify_element(const address_writer *a, const mailbox *box, const element *next)
{
    if (a->goes_as_it_came)
        return PHRASE_PLAIN;
    if (next->kind == ELEMENT_COMMENT)
        return text_is_comment_encoded(a->w, next->text) ? PHRASE_ENCODED : PHRASE_PLAIN;
    if (is_phrase(box, next))
        return phrase_classify(a->w, next->text);
    return PHRASE_PLAIN;
}

/* The domain of an address that was set, if that has to become A-labels; else empty. */
static mip_text foreign_domain(const address_writer *a, const mailbox *box, const element *next)
{
    int is_address = next->kind == ELEMENT_ANGLE || (next->kind == ELEMENT_WORDS && !is_phrase(box, next));

    if (a->w->style->read || a->w->style->utf8 || !is_address)
        return nothing;
    return domain_find(next->text);
}

/* Find out what becomes of an element, and how much room it takes. */
static void measure(const address_writer *a, mailbox *box, measured_element *item)
{
    const element *next = &item->read;
    size_t columns = writer_columns(a->w, next->text), octets = next->text.size;
    mip_text domain = foreign_domain(a, box, next);
    char a_labels[DOMAIN_OCTETS];

    item->kind = classify_element(a, box, next);
    item->is_utf8 = 1;
    if (domain.size > 0)
        columns = octets = octets - domain.size + domain_to_ascii(a->w, domain, a_labels);
    if (item->kind == PHRASE_TO_ENCODE || (item->kind == PHRASE_ENCODED && next->kind == ELEMENT_COMMENT))
        columns = octets = phrase_encoded_size(a->w, next->text, &item->is_utf8);
    if (item->kind != PHRASE_PLAIN)
        box->encodes = 1;
    box->columns += next->blanks.size + columns + next->separator.size;
    box->octets += next->blanks.size + octets + next->separator.size;
}

/* Read the elements of a mailbox up to its separator. */
static void read_elements(element_reader *reader, mailbox *box)
{
    element next;

    while (element_read(reader, &next)) {
        if (box->count < KEPT_ELEMENTS)
            box->kept[box->count].read = next;
        box->count++;
        if (next.kind == ELEMENT_ANGLE && !box->angle)
            box->angle = next.text.data;
        if (next.separator.size > 0) {
            box->is_group_name = *next.separator.data == ':';
            return;
        }
    }
}

static void measure_elements(const address_writer *a, mailbox *box)
{
    element_reader reader = box->reader;

    for (size_t i = 0; i < box->count; i++) {
        measured_element item;
        if (box->count <= KEPT_ELEMENTS) {
            measure(a, box, &box->kept[i]);
        } else if (element_read(&reader, &item.read)) {
            measure(a, box, &item);
        }
    }
}

/* address-list = address *("," address)
 * address      = mailbox / group
 * mailbox      = name-addr / addr-spec
 * name-addr    = [display-name] angle-addr
 * group        = display-name ":" [group-list] ";" [CFWS]   RFC 5322, 3.4 */
static void look_ahead(const address_writer *a, element_reader reader, mailbox *box)
{
    const char *begin = reader.at;

    box->count = 0;
    box->angle = NULL;
    box->is_group_name = box->encodes = 0;
    box->columns = box->octets = 0;
    read_elements(&reader, box);
    box->behind = box->reader = reader; /* this reader knows what was left open, which is not looked for twice */
    box->reader.at = begin;
    measure_elements(a, box);
    if (span_blanks(reader.at, a->end) == a->end) { /* white space at the end stays there */
        box->columns += (size_t)(a->end - reader.at);
        box->octets += (size_t)(a->end - reader.at);
    }
}

/* The white space before an element.  Where the value has none beside an encoded-word it is one SP: RFC 2047, 5 (3);
 * and so where a line was broken that had none to fold at. */
static mip_text blanks_before(const address_writer *a, const element *next, phrase_kind kind)
{
    int wanted = a->behind_encoded_word || (kind != PHRASE_PLAIN && next->kind == ELEMENT_WORDS);

    if (next->blanks.size > 0 || a->w->octets == 0)
        return next->blanks.size > 0 ? next->blanks : space;
    return wanted && a->w->has_word ? space : nothing;
}

/* Does a separator stay on the line of the name that it ends?  To some programs a fold before it would be one in the
 * name, if that is no encoded-word. */
static int stays_with_name(const address_writer *a, const element *next)
{
    const writer *w = a->w;

    return !a->behind_encoded_word && next->kind == ELEMENT_SEPARATOR && w->has_word && next->blanks.size > 0 &&
           !memchr(",;:>)\"", next->blanks.data[-1], 6) && w->octets + next->blanks.size + next->separator.size <= LINE_OCTETS;
}

/* Is a name kept together?  Not where it is glued to what is on a line with an encoded-word, which has no other place
 * to be broken at. */
static int is_together(const address_writer *a, mip_text name, mip_text blanks)
{
    const writer *w = a->w;

    return a->syntax == MIP_ADDRESSES &&
           (blanks.size > 0 || !w->has_encoded_word || writer_fits(w, writer_columns(w, name), name.size, 1));
}

/* Write what stays as it is: names, comments and addresses whole, other phrases word by word. */
static void put_plain_element(const address_writer *a, const mailbox *box, const element *next, mip_text blanks,
                              mip_text closing)
{
    writer *w = a->w;
    size_t size = blanks.size + next->text.size + closing.size;

    if (stays_with_name(a, next)) {
        writer_put_blanks(w, blanks);
        blanks = nothing;
    }
    if (next->kind == ELEMENT_COMMENT && size <= (a->syntax == MIP_ADDRESSES ? LINE_OCTETS : writer_limit(w)))
        writer_put_item(w, blanks, next->text, nothing, closing, 0);
    else if (is_phrase(box, next) || next->kind == ELEMENT_COMMENT)
        phrase_put_words(w, blanks, next->text, closing, is_together(a, next->text, blanks));
    else if (size + (w->has_word ? 0 : w->octets) > LINE_OCTETS)
        long_item_put(w, blanks, next->text, closing, MIP_ADDRESSES);
    else
        writer_put_item(w, blanks, next->text, nothing, closing, 0);
}

/* Write an address, its domain as A-labels. */
static void put_a_labels(writer *w, const element *next, mip_text domain, mip_text blanks, mip_text closing)
{
    char data[DOMAIN_OCTETS];
    mip_text a_labels = {data, domain_to_ascii(w, domain, data)};

    literal_check(w, span(next->text.data, domain.data));
    writer_put_item(w, blanks, span(next->text.data, domain.data), a_labels,
                    span(domain.data + domain.size, closing.data + closing.size), 0);
}

static void put_element(address_writer *a, const mailbox *box, const measured_element *item, mip_text tail)
{
    const element *next = &item->read;
    phrase_kind kind = item->kind;
    mip_text blanks = blanks_before(a, next, kind), closing = next->separator;
    int is_words = next->kind == ELEMENT_WORDS;

    if (tail.size > 0)
        closing = span(closing.data, tail.data + tail.size);
    if (kind == PHRASE_TO_ENCODE) {
        phrase_put_encoded(a->w, blanks, next->text, item->is_utf8);
        if (next->separator.size > 0)
            writer_put_item(a->w, space, closing, nothing, nothing, 0);
        else
            writer_put_item(a->w, nothing, nothing, nothing, tail, 0);
    } else if (next->kind == ELEMENT_COMMENT && kind == PHRASE_ENCODED) {
        text_fold_comment(a->w, blanks, nothing, next->text, next->separator, a->syntax);
        if (tail.size > 0)
            a->w->comment_gap.offset = 0; /* for white space at the end no comment is broken */
        writer_put_item(a->w, nothing, nothing, nothing, tail, 0);
    } else {
        mip_text domain = foreign_domain(a, box, next);
        if (domain.size > 0) {
            put_a_labels(a->w, next, domain, blanks, closing);
        } else {
            if (kind == PHRASE_PLAIN)
                literal_check(a->w, next->text);
            put_plain_element(a, box, next, blanks, closing);
        }
    }
    a->behind_encoded_word = kind != PHRASE_PLAIN && is_words && next->separator.size == 0;
}

/* May a line be broken before an element?  In a list that was set also after a comma: programs write one SP there, and
 * all read it. */
static int may_break_before(const address_writer *a, const element *next)
{
    int is_behind_comma = next->text.data[-1] == ',' && next->kind != ELEMENT_SEPARATOR;

    return next->blanks.size > 0 || (is_behind_comma && !a->w->style->read);
}

/* Begin a new line for a mailbox that does not fit on this one, where this one may be broken.  What comes before the
 * mailbox and is glued to it goes with it, where one line may hold both. */
static void make_room_for_mailbox(address_writer *a, const mailbox *box, const element *next)
{
    writer *w = a->w;

    if (a->syntax == MIP_ADDRESSES && !writer_fits(w, box->columns, box->octets, box->encodes)) {
        if (may_break_before(a, next))
            writer_break(w);
        else if (writer_octets_behind_gap(w) + box->octets <= LINE_OCTETS)
            writer_break_back(w, box->columns);
    }
    if (next->blanks.size == 0)
        writer_allow_fws(w);
}

/* Write an element, and the white space after it if the body ends with that. */
static void put_element_and_tail(address_writer *a, const mailbox *box, const measured_element *item, const char *at)
{
    mip_text tail = span_blanks(at, a->end) == a->end ? span(at, a->end) : nothing;

    if (item->read.blanks.data == box->reader.at && a->w->has_word)
        make_room_for_mailbox(a, box, &item->read);
    put_element(a, box, item, tail);
}

/* Read the elements of a mailbox again, and write them: those of a long mailbox, and those of mail that was read, where
 * the line that an element is on decides what becomes of it. */
static void put_elements_again(address_writer *a, const mailbox *box)
{
    element_reader reader = box->reader;
    mailbox unused = *box;
    measured_element item;

    for (size_t i = 0; i < box->count && a->w->result.status == MIP_OK && element_read(&reader, &item.read); i++) {
        measure(a, &unused, &item);
        put_element_and_tail(a, box, &item, reader.at);
    }
}

/* Write a mailbox: on this line if it fits, else on a new one, and folded inside if it must be. */
static void put_mailbox(address_writer *a, const mailbox *box)
{
    if (a->w->style->read || box->count > KEPT_ELEMENTS) {
        put_elements_again(a, box);
        return;
    }
    for (size_t i = 0; i < box->count && a->w->result.status == MIP_OK; i++) {
        const measured_element *item = &box->kept[i];
        put_element_and_tail(a, box, item, item->read.separator.data + item->read.separator.size);
    }
}

/* A group's name stays with its first member, where one line can hold both. */
static void keep_with_first_member(const address_writer *a, mailbox *name)
{
    mailbox member;
    size_t blank = !octet_is(*name->reader.at, OCTET_WSP); /* that a new line then begins with */

    look_ahead(a, name->behind, &member);
    if (blank + name->columns + member.columns > writer_limit(a->w))
        return;
    name->columns += member.columns;
    name->octets += member.octets;
    name->encodes = name->encodes || member.encodes;
}

/* Write the rest of the body, each mailbox that is not of a usual form element by element.  What was read goes on as
 * it came where what is a comment depends on a parenthesis that would be encoded away. */
static void put_elements(writer *w, mip_text rest, mip_syntax syntax)
{
    address_writer a = {w, syntax, rest.data + rest.size, 0, 0};
    element_reader reader = element_start(rest);

    if (span_blanks(reader.at, a.end) == a.end)
        writer_put_blanks(w, rest);
    while (span_blanks(reader.at, a.end) < a.end && w->result.status == MIP_OK) {
        mailbox box;
        look_ahead(&a, reader, &box);
        a.goes_as_it_came = w->style->read && box.behind.is_ambiguous;
        if (box.is_group_name)
            keep_with_first_member(&a, &box);
        put_mailbox(&a, &box);
        reader = box.behind;
        if (syntax == MIP_ADDRESSES && !a.goes_as_it_came)
            reader.at = usual_mailboxes_put(w, reader.at, a.end);
    }
}

/* Does the body hold encoded-words, or what looks like one, or will it?  Beside them some programs lose an address where
 * another holds "=?". */
static int may_hold_encoded_words(const writer *w, mip_text body)
{
    const char *fault;

    return look_alike_may_be(w, body) && (literal_needs_encoding(w, body, &fault) || span_find_two(body, "?="));
}

void addresses_fold(writer *w, mip_text body, mip_syntax syntax)
{
    const char *end = body.data + body.size, *at = body.data;

    if (syntax == MIP_ADDRESSES)
        at = usual_mailboxes_put(w, at, end);
    if (at == end)
        return;
    w->beside_encoded_words = may_hold_encoded_words(w, body);
    put_elements(w, span(at, end), syntax);
}
