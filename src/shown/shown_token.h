/* shown_token.h - what is shown of fields that hold one token or a version (RFC 2045, 4 and 6.1), and of the
 * type that a longer one begins with. */
#ifndef MIP_SHOWN_TOKEN_H
#define MIP_SHOWN_TOKEN_H

#include "shown_writer.h"

/* Read a token with the white space and comments around it, and append all of that; without any where there is
 * none, which is left to be read.  What it is. */
mip_text shown_token_put(shown_writer *v);

/* Append a transfer encoding, or whatever stands there. */
void shown_encoding_put(shown_writer *v);

/* Append a version, or whatever stands there; or give its numbers. */
void shown_version_put(shown_writer *v);

#endif
