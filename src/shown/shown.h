/* shown.h - what CPython's header objects show of a field body: names without their quotes, values in quotes. */
#ifndef MIP_SHOWN_H
#define MIP_SHOWN_H

#include "msgidpolicy.h"
#include "view.h"

typedef enum mip_shown {
    MIP_SHOWN,          /* appended, be that no octet */
    MIP_SHOWN_AS_IT_IS, /* the body itself; nothing was appended */
    MIP_SHOWN_NOT,      /* a line end is to be taken off first */
    MIP_SHOWN_NO_SPACE  /* the output cannot grow */
} mip_shown;

/* Append what is shown of an unfolded body, unless that is the body itself.  Each line end that was decoded is shown as
 * one SP.  MIP_SHOWN_NOT where a line end stands at the body's very end, which is no part of it.
 *
 * `decode` is for charsets beside UTF-8 and US-ASCII, and may be NULL: octets that are no text of theirs it has to leave
 * as they are, between the characters. */
mip_shown mip_show(mip_text body, mip_view view, mip_decoder *decode, mip_output *output);

/* The parts of a body: of addresses, of a media type or a disposition with its parameters, of a transfer encoding or a version.
 * `scratch` is left as it was.  MIP_NO_SPACE where a part was not taken, too. */
mip_status mip_read_parts(mip_text body, mip_view view, mip_decoder *decode, mip_part_taker *take, void *taker,
                          mip_output *scratch);

#endif
