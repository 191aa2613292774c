/* charsets.h - the charsets and the A-labels of the targets, in place of Python's. */
#ifndef CHARSETS_H
#define CHARSETS_H

#include "msgidpolicy.h"

/* iso-8859-1; x-line-end, in which "!" is CR, "*n" is LF and "*" nothing else, as UTF-7, UTF-16 and EBCDIC write them
 * otherwise than US-ASCII does; x-memory, for which there is never enough.  All others are unknown. */
mip_decoder charsets_decode;

/* Are two names of charsets, or a charset's and this, the same in any case? */
int charsets_equal(mip_text one, mip_text other);
int charsets_is(mip_text charset, const char *name);

/* "xn--" for each label that is not US-ASCII, and its octets.  One with a "_" has none. */
mip_domain_encoder charsets_to_a_labels;

#endif
