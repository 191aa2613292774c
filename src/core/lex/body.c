#include "lex/body.h"

#include "lex/octet.h"
#include "lex/span.h"

/* The most octets of a body in which it costs less to look for all control characters than for CR and for LF. */
enum { SHORT_BODY = 128 };

mip_known body_look(mip_text body, mip_syntax syntax)
{
    mip_known known = span_find_two(body, "=?") ? 0 : MIP_KNOWN_NOTHING_TO_DECODE;

    size_t printable = octet_count_printable(body.data, body.size);

    if (printable == body.size)
        return known | MIP_KNOWN_PRINTABLE | MIP_KNOWN_NO_CONTROL;
    if ((syntax == MIP_UNSTRUCTURED || body.size <= SHORT_BODY) &&
        !octet_any_control(body.data + printable, body.size - printable))
        known |= MIP_KNOWN_NO_CONTROL;
    return known;
}
