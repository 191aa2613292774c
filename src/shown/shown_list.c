#include "shown_list.h"

#include "lex/octet.h"
#include "lex/span.h"
#include "shown_addresses.h"
#include "shown_lexer.h"
#include "shown_phrase.h"
#include "shown_quoted.h"
#include "write/output.h"

/* obs-addr-list = *([CFWS] ",") address *("," [address / CFWS])   RFC 5322, 4.4
 * Go to what comes next; 0 at the end of the list or of the group. */
static int go_to_item(shown_writer *v, shown_list *list)
{
    for (;;) {
        int has_comment;
        v->at = shown_skip_cfws(v->at, v->end, &has_comment);
        if (v->at == v->end || (list->in_group && *v->at == ';'))
            return 0;
        if (*v->at != ',')
            return 1;
        v->at++;
        list->behind_item = 0;
    }
}

static void read_other(shown_writer *v, const shown_list *list, shown_item *item)
{
    const char *begin = v->at, *end;

    end = v->at = shown_skip_rest(begin, v->end, list->in_group ? ",;" : ",");
    while (end > begin && octet_is(end[-1], OCTET_WSP))
        end--;
    item->other = span(begin, end);
}

static void start_again(shown_writer *v, const char *begin, shown_item *item)
{
    static const shown_addr_spec none = {0, 0};

    v->at = begin;
    v->w.output->size = item->start;
    item->name = 0;
    item->address = none;
}

/* address = mailbox / group   RFC 5322, 3.4
 * Only behind its name can a group be told from a mailbox, and only there a name-addr from an addr-spec. */
static void read_item(shown_writer *v, shown_list *list, shown_item *item)
{
    const char *begin = v->at;

    shown_put_name(v);
    item->name = v->w.output->size - item->start;
    if (v->at < v->end && *v->at == ':' && !list->in_group) {
        v->at++;
        item->kind = MIP_PART_GROUP;
        list->in_group = 1;
        return;
    }
    list->behind_item = 1;
    if (v->at < v->end && *v->at == '<' && shown_angle_addr_put(v, &item->address))
        return;
    start_again(v, begin, item);
    if (shown_addr_spec_put(v, &item->address))
        return;
    start_again(v, begin, item);
    read_other(v, list, item);
}

int shown_list_next(shown_writer *v, shown_list *list, shown_item *item)
{
    static const shown_item none = {MIP_PART_MAILBOX, 0, 0, {0, 0}, {"", 0}, 0, 0};
    int is_item = go_to_item(v, list);

    *item = none;
    item->start = v->w.output->size;
    if (!is_item) {
        if (!list->in_group)
            return 0;
        v->at += v->at < v->end;
        item->kind = MIP_PART_END_OF_GROUP;
        list->in_group = 0;
        list->behind_item = 1;
        return 1;
    }
    item->behind_item = list->behind_item;
    item->has_gap = item->behind_item && (octet_is(v->at[-1], OCTET_WSP) || v->at[-1] == ')');
    if (list->behind_item)
        read_other(v, list, item);
    else
        read_item(v, list, item);
    return 1;
}

/* Append what stands at an offset of the scratch area, in quotes where it holds one of the specials; in a local-part
 * "." is none, but white space is. */
static void put_again(shown_writer *v, size_t offset, size_t size, int is_local_part)
{
    size_t start = v->w.output->size;
    int is_quoted = 0;
    const char *text;

    if (size == 0 || !writer_make_room(&v->w, size))
        return;
    text = v->w.output->data + offset;
    for (size_t i = 0; i < size && !is_quoted; i++)
        is_quoted = is_local_part ? (shown_is_special(text[i]) && text[i] != '.') || octet_is(text[i], OCTET_WSP)
                                  : shown_is_special(text[i]);
    writer_put_scratch(&v->w, span(text, text + size));
    if (is_quoted)
        shown_quote(v, start);
}

static void put_literally(shown_writer *v, const char *text)
{
    writer_put_scratch(&v->w, span(text, text + strlen(text)));
}

/* name-addr = [display-name] angle-addr   RFC 5322, 3.4; "<>" stands for no address at all. */
static void put_shown_mailbox(shown_writer *v, const shown_item *item)
{
    size_t local = item->start + item->name, domain = local + item->address.local_part;
    int has_address = item->address.local_part > 0 || item->address.domain > 0;

    put_again(v, item->start, item->name, 0);
    put_literally(v, item->name > 0 ? " <" : has_address ? "" : "<");
    put_again(v, local, item->address.local_part, 1);
    if (item->address.domain > 0) {
        put_literally(v, "@");
        writer_make_room(&v->w, item->address.domain);
        if (v->w.result.status == MIP_OK)
            writer_put_scratch(&v->w, span(v->w.output->data + domain, v->w.output->data + domain + item->address.domain));
    }
    put_literally(v, item->name > 0 || !has_address ? ">" : "");
}

/* Append an item with what parts it from the one before it. */
static void put_item(shown_writer *v, const shown_item *item, const char *separator)
{
    if (item->kind == MIP_PART_END_OF_GROUP) {
        put_literally(v, ";");
        return;
    }
    put_literally(v, !item->behind_item ? separator : item->has_gap ? " " : "");
    if (item->kind == MIP_PART_GROUP) {
        put_again(v, item->start, item->name, 0);
        put_literally(v, ":");
    } else if (item->other.size > 0) {
        writer_put_scratch(&v->w, item->other);
    } else {
        put_shown_mailbox(v, item);
    }
}

/* What is no address in a group, and stands behind one of it, is no member for CPython. */
static void give_item(shown_writer *v, const shown_list *list, const shown_item *item)
{
    mip_part part = {item->kind, {"", 0}, {"", 0}, {"", 0}};
    const char *text = v->w.output->size > item->start ? v->w.output->data + item->start : "";

    if (item->behind_item && list->in_group)
        return;
    part.first = span(text, text + item->name);
    text += item->name;
    part.second = span(text, text + item->address.local_part);
    text += item->address.local_part;
    part.third = span(text, text + item->address.domain);
    shown_give(v, part, item->start);
}

/* A mailbox of a usual form is shown as it is read, which is several times faster.  0 where none comes next. */
static int put_mailbox_as_read(shown_writer *v, shown_list *list, const char *separator)
{
    const char *at = v->at;
    size_t size = v->w.output->size;

    if (list->behind_item && (at == v->end || *at != ','))
        return 0;
    v->at = span_blanks(at + list->behind_item, v->end);
    put_literally(v, separator);
    if (shown_usual_mailbox_put(v) && (v->at == v->end || *v->at == ',' || (list->in_group && *v->at == ';'))) {
        list->behind_item = 1;
        return 1;
    }
    v->at = at;
    v->w.output->size = size;
    return 0;
}

void shown_list_put(shown_writer *v)
{
    shown_list list = {0, 0};
    shown_item item;
    const char *separator = "";

    for (;;) {
        size_t size, end;
        if (!v->take && put_mailbox_as_read(v, &list, separator)) {
            separator = ", ";
            continue;
        }
        if (!shown_list_next(v, &list, &item) || v->w.result.status != MIP_OK)
            return;
        end = v->w.output->size;
        if (v->take) {
            give_item(v, &list, &item);
            continue;
        }
        put_item(v, &item, separator);
        separator = item.kind == MIP_PART_GROUP ? " " : ", ";
        if (v->w.result.status != MIP_OK || end == item.start)
            continue;
        size = v->w.output->size - end;
        memmove(v->w.output->data + item.start, v->w.output->data + end, size);
        v->w.output->size = item.start + size;
    }
}
