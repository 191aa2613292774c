/* bodies.h - the bodies of a message: encoded for transfer (RFC 2045, 6), and with the line ends of the wire. */
#ifndef MIP_BODIES_H
#define MIP_BODIES_H

#include "msgidpolicy.h"

/* The least columns of a line that can hold an encoded octet of quoted-printable and the "=" behind it. */
enum { MIP_LEAST_COLUMNS = 4 };

/* Append octets in base64, in lines of at most so many digits, each with a LF behind it.  RFC 2045, 6.8, has 76. */
mip_status mip_base64(mip_text octets, size_t columns, mip_output *output);

/* Append a text, whose lines end in LF, in quoted-printable, in lines of at most so many columns, each with a LF behind
 * it but for a last one that had none.  RFC 2045, 6.7 (5), has 76. */
mip_status mip_quoted_printable(mip_text text, size_t columns, mip_output *output);

/* The most octets of a line of a text, without the CRLF, CR or LF that ends it. */
size_t mip_longest_line(mip_text text);

/* How many octets a text has with another line end in the place of each CRLF, CR and LF. */
size_t mip_size_with_line_ends(mip_text text, mip_text linesep);

/* Append the text with that line end. */
mip_status mip_with_line_ends(mip_text text, mip_text linesep, mip_output *output);

#endif
