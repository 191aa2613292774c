/* shown_list.h - the mailboxes and groups of a list (RFC 5322, 3.4), one after the other. */
#ifndef MIP_SHOWN_LIST_H
#define MIP_SHOWN_LIST_H

#include "shown_addr_spec.h"
#include "shown_writer.h"

typedef struct {
    int in_group;
    int behind_item; /* without a comma since */
} shown_list;

/* Name, local-part and domain stand at the end of the scratch area, one behind the other. */
typedef struct {
    mip_part_kind kind;
    size_t start, name;
    shown_addr_spec address;
    mip_text other;  /* what is no address, as it stands; else empty */
    int behind_item; /* so where no comma is before it */
    int has_gap;     /* and white space or a comment is */
} shown_item;

/* Read what comes next, and append its texts; 0 at the end. */
int shown_list_next(shown_writer *v, shown_list *list, shown_item *item);

/* Append all of a list as it is shown; or give its parts. */
void shown_list_put(shown_writer *v);

#endif
