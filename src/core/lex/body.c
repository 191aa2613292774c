#include "lex/body.h"

#include "lex/octet.h"
#include "lex/span.h"

body_kind body_kind_of(mip_text body, mip_syntax syntax)
{
    int is_printable = octet_all_printable(body.data, body.size);

    if (!is_printable && (syntax != MIP_UNSTRUCTURED || octet_any_control(body.data, body.size)))
        return BODY_ANY;
    if (span_find_two(body, "=?"))
        return BODY_ANY;
    return is_printable ? BODY_ASCII : BODY_TEXT;
}
