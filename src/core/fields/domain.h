/* domain.h - the internationalized domain of an addr-spec (RFC 5890, RFC 5322, 3.4.1). */
#ifndef MIP_DOMAIN_H
#define MIP_DOMAIN_H

#include "msgidpolicy.h"
#include "write/writer.h"

enum { DOMAIN_OCTETS = 255 }; /* the most octets of a domain: RFC 1035, 2.3.4 */

/* The domain of an addr-spec or angle-addr that is not US-ASCII and the only part of it that is not;
 * empty when there is none. */
mip_text domain_find(mip_text addr_spec);

/* Write the A-labels of a domain; their size.  Fails with what the style's encoder says, and with
 * MIP_NO_IDNA without one. */
size_t domain_to_ascii(writer *w, mip_text domain, char a_labels[DOMAIN_OCTETS]);

#endif
