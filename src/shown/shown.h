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
    MIP_VIEW_TOKEN,  /* Content-Transfer-Encoding, MIME-Version */
    MIP_VIEW_MSG_IDS /* as they are */
} mip_view;

typedef enum mip_shown {
    MIP_SHOWN,         /* appended; or nothing was, and the body is shown as it is */
    MIP_SHOWN_NOT,     /* only the parser of CPython can say */
    MIP_SHOWN_NO_SPACE /* the output cannot grow */
} mip_shown;

/* Append what is shown of an unfolded body, or nothing where that is the body itself.  MIP_SHOWN_NOT where a line end
 * stands at its very end, where there is something to decode in another charset than UTF-8, or a form that is less than
 * usual. */
mip_shown mip_show(mip_text body, mip_view view, mip_output *output);

#endif
