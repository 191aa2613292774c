/* shown_addr_spec.h - addresses (RFC 5322, 3.4.1), of the obsolete syntax (4.4) and some of none. */
#ifndef MIP_SHOWN_ADDR_SPEC_H
#define MIP_SHOWN_ADDR_SPEC_H

#include "shown_writer.h"

/* The octets of local-part and domain, which are appended one behind the other. */
typedef struct {
    size_t local_part, domain;
} shown_addr_spec;

/* Read an addr-spec, the domain of which may be missing, and append its parts without quotes, white space and
 * comments.  0 where there is none; what was appended and read is then not undone. */
int shown_addr_spec_put(shown_writer *v, shown_addr_spec *sizes);

/* The same of an angle-addr, at "<". */
int shown_angle_addr_put(shown_writer *v, shown_addr_spec *sizes);

#endif
