/* view.h - the kinds of field bodies that header objects show, and the parts that they have. */
#ifndef MIP_VIEW_H
#define MIP_VIEW_H

#include "msgidpolicy.h"

typedef enum mip_view {
    MIP_VIEW_TEXT, /* encoded-words decoded */
    MIP_VIEW_ADDRESSES,
    MIP_VIEW_CONTENT_TYPE,
    MIP_VIEW_DISPOSITION,
    MIP_VIEW_DATE,
    MIP_VIEW_TOKEN,   /* Content-Transfer-Encoding */
    MIP_VIEW_MSG_IDS, /* as they are */
    MIP_VIEW_VERSION  /* MIME-Version */
} mip_view;

typedef enum mip_part_kind {
    MIP_PART_TYPE,         /* a media type and a subtype; or a disposition, or a transfer encoding, and "" */
    MIP_PART_PARAMETER,    /* its name and value */
    MIP_PART_MAILBOX,      /* display-name, local-part and domain, without their quotes; what is malformed has none */
    MIP_PART_GROUP,        /* its name: the mailboxes that follow are its members, up to */
    MIP_PART_END_OF_GROUP, /* this */
    MIP_PART_VERSION       /* its numbers, or "" */
} mip_part_kind;

typedef struct {
    mip_part_kind kind;
    mip_text first, second, third;
} mip_part;

/* Take a part, whose texts are gone when it returns.  Nonzero stops the reading. */
typedef int mip_part_taker(void *taker, const mip_part *part);

#endif
