/* domain.h - the internationalized domain of an addr-spec (RFC 5890, RFC 5322, 3.4.1). */
#ifndef MIP_DOMAIN_H
#define MIP_DOMAIN_H

#include "msgidpolicy.h"
#include "write/writer.h"

enum { DOMAIN_OCTETS = 255 }; /* the most octets of a domain: RFC 1035, 2.3.4 */

/* The domain of an addr-spec or angle-addr, if it is not US-ASCII and all the rest of that is; else empty. */
mip_text domain_find(mip_text addr_spec);

/* Write the A-labels of a domain, and return their size.  Fails with what the style's encoder says, and with
 * MIP_NO_IDNA where the style has no encoder. */
size_t domain_to_ascii(writer *w, mip_text domain, char a_labels[DOMAIN_OCTETS]);

#endif
