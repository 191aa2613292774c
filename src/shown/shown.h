/* shown.h - what CPython's header objects show of a field body: names without their quotes, values in quotes. */
#ifndef MIP_SHOWN_H
#define MIP_SHOWN_H

#include "msgidpolicy.h"

typedef enum mip_view {
    MIP_VIEW_TEXT, /* encoded-words decoded */
    MIP_VIEW_ADDRESSES,
    MIP_VIEW_CONTENT_TYPE,
    MIP_VIEW_DISPOSITION,
    MIP_VIEW_DATE,
    MIP_VIEW_TOKEN,  /* Content-Transfer-Encoding */
    MIP_VIEW_MSG_IDS, /* as they are */
    MIP_VIEW_VERSION /* MIME-Version */
} mip_view;

typedef enum mip_shown {
    MIP_SHOWN,         /* appended, be that no octet */
    MIP_SHOWN_AS_IT_IS, /* the body itself; nothing was appended */
    MIP_SHOWN_NOT,     /* only the parser of CPython can say */
    MIP_SHOWN_NO_SPACE /* the output cannot grow */
} mip_shown;

/* Append what is shown of an unfolded body, unless that is the body itself.  Each line end that was decoded is shown as
 * one SP.  MIP_SHOWN_NOT where a line end stands at the body's very end, which is no part of it.
 *
 * `decode` is for charsets beside UTF-8 and US-ASCII, and may be NULL: octets that are no text of theirs it has to leave
 * as they are, between the characters. */
mip_shown mip_show(mip_text body, mip_view view, mip_decoder *decode, mip_output *output);

typedef enum mip_part_kind {
    MIP_PART_TYPE,        /* a media type and a subtype; or a disposition, or a transfer encoding, and "" */
    MIP_PART_PARAMETER,   /* its name and value */
    MIP_PART_MAILBOX,     /* display-name, local-part and domain, without their quotes; what is malformed has none */
    MIP_PART_GROUP,       /* its name: the mailboxes that follow are its members, up to */
    MIP_PART_END_OF_GROUP /* this */
} mip_part_kind;

typedef struct {
    mip_part_kind kind;
    mip_text first, second, third;
} mip_part;

/* Take a part, whose texts are gone when it returns.  Nonzero stops the reading. */
typedef int mip_part_taker(void *taker, const mip_part *part);

/* The parts of a body: of addresses, or of a media type, a disposition or a transfer encoding with its parameters.
 * `scratch` is left as it was.  MIP_NO_SPACE where a part was not taken, too. */
mip_status mip_read_parts(mip_text body, mip_view view, mip_decoder *decode, mip_part_taker *take, void *taker,
                          mip_output *scratch);

#endif
