/* shown_content.h - what is shown of a media type or a disposition (RFC 2045, 5.1 and RFC 2183, 2). */
#ifndef MIP_SHOWN_CONTENT_H
#define MIP_SHOWN_CONTENT_H

#include "shown_writer.h"

/* Append a media type, a disposition or a transfer encoding, and its parameters; or give them. */
void shown_content_put(shown_writer *v, mip_view view);

#endif
