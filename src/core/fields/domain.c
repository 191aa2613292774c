#include "fields/domain.h"

#include "lex/octet.h"
#include "lex/span.h"
#include "lex/utf8.h"
#include "write/writer.h"

/* addr-spec = local-part "@" domain                         RFC 5322, 3.4.1
 * domain    = sub-domain *("." sub-domain), where
 * sub-domain = 1*(Let-dig / "-") / U-label                   RFC 6531, 3.3 */
mip_text domain_find(mip_text addr_spec)
{
    const char *end = addr_spec.data + addr_spec.size, *begin = end;

    if (begin > addr_spec.data && begin[-1] == '>')
        begin = --end;
    while (begin > addr_spec.data && octet_is(begin[-1], OCTET_UNRESERVED | OCTET_8BIT))
        begin--;
    if (begin == addr_spec.data || begin[-1] != '@' || utf8_is_ascii(span(begin, end)) ||
        !utf8_is_ascii(span(addr_spec.data, begin)))
        return nothing;
    return span(begin, end);
}

static mip_status to_a_labels(const writer *w, mip_text domain, mip_output *output)
{
    if (w->result.status != MIP_OK)
        return w->result.status; /* after a failure the encoder is not asked again */
    if (!w->style->to_a_labels)
        return MIP_NO_IDNA;
    if (domain.size > 4 * DOMAIN_OCTETS) /* a label is never shorter than its characters */
        return MIP_NO_A_LABELS;
    return w->style->to_a_labels(domain, output);
}

size_t domain_to_ascii(writer *w, mip_text domain, char a_labels[DOMAIN_OCTETS])
{
    mip_output output = {a_labels, 0, DOMAIN_OCTETS, NULL};
    mip_status status = to_a_labels(w, domain, &output);

    if (status != MIP_OK)
        writer_fail(w, status, octet_find_8bit(domain.data, domain.data + domain.size));
    return output.size;
}
