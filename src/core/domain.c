#include "domain.h"

#include "octet.h"
#include "span.h"

static int is_ascii(mip_text text)
{
    for (size_t i = 0; i < text.size; i++)
        if (octet_is(text.data[i], OCTET_8BIT))
            return 0;
    return 1;
}

/* addr-spec = local-part "@" domain                         RFC 5322, 3.4.1
 * domain    = sub-domain *("." sub-domain), where
 * sub-domain = 1*(Let-dig / "-") / U-label                   RFC 6531, 3.3 */
mip_text domain_find(mip_text addr_spec)
{
    const char *end = addr_spec.data + addr_spec.size, *begin = end;
    mip_text none = {"", 0};

    if (begin > addr_spec.data && begin[-1] == '>')
        begin = --end;
    while (begin > addr_spec.data && octet_is(begin[-1], OCTET_UNRESERVED | OCTET_8BIT))
        begin--;
    if (begin == addr_spec.data || begin[-1] != '@' || is_ascii(span(begin, end)) ||
        !is_ascii(span(addr_spec.data, begin)))
        return none;
    return span(begin, end);
}

static mip_status to_a_labels(const writer *w, mip_text domain, mip_output *output)
{
    if (w->result.status != MIP_OK)
        return w->result.status; /* nobody is asked again */
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
    const char *at = domain.data;

    if (status != MIP_OK) {
        while (!octet_is(*at, OCTET_8BIT))
            at++;
        writer_fail(w, status, at);
    }
    return output.size;
}
