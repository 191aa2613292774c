#include "msgidpolicy.h"

#include "field_name.h"
#include "line_end.h"
#include "octet.h"
#include "writer.h"

/* Unfolding removes each CRLF that WSP follows (RFC 5322, 2.2.3); a lone CR or LF is taken for one,
 * as programs that read mail from files have it. */
mip_result mip_unfold(mip_text name, mip_text body, mip_output *output)
{
    static const mip_style style = {0};
    mip_result result = field_name_check(name, 1);
    writer w = writer_start(output, &style, body);
    const char *at = body.data, *end = body.data + body.size;

    if (result.status != MIP_OK)
        return result;
    while (at < end && w.result.status == MIP_OK) {
        mip_text rest = {at, (size_t)(end - at)};
        const char *line_end = line_end_find(rest), *behind = line_end;
        if (line_end)
            rest.size = (size_t)(line_end - at);
        writer_put_scratch(&w, rest);
        if (!line_end)
            break;
        behind += *behind == '\r' && end - behind > 1 && behind[1] == '\n' ? 2 : 1;
        if (behind == end || !octet_is(*behind, OCTET_WSP))
            writer_fail(&w, MIP_LINE_END, line_end);
        at = behind;
    }
    return writer_finish(&w);
}
