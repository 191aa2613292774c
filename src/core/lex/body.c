#include "lex/body.h"

#include "lex/octet.h"
#include "lex/span.h"

/* What there is beside printable octets: "?" or a control character. */
static mip_known look_closely(mip_text body)
{
    mip_known known = span_find_two(body, "=?") ? 0 : MIP_KNOWN_NOTHING_TO_DECODE;

    if (octet_count_printable(body.data, body.size) == body.size)
        return known | MIP_KNOWN_PRINTABLE | MIP_KNOWN_NO_CONTROL;
    return octet_any_control(body.data, body.size) ? known : known | MIP_KNOWN_NO_CONTROL;
}

mip_known body_look(mip_text body)
{
    size_t usual = octet_count_usual(body.data, body.size);

    if (usual == body.size)
        return MIP_KNOWN_PRINTABLE | MIP_KNOWN_NO_CONTROL | MIP_KNOWN_NOTHING_TO_DECODE;
    if (!octet_any_control_or_question(body.data + usual, body.size - usual))
        return MIP_KNOWN_NO_CONTROL | MIP_KNOWN_NOTHING_TO_DECODE;
    return look_closely(body);
}
