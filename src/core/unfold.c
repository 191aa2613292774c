#include "msgidpolicy.h"

#include "field_name.h"
#include "lex/line_end.h"
#include "lex/octet.h"
#include "lex/span.h"
#include "write/writer.h"

static int is_line_end(char octet)
{
    return octet == '\r' || octet == '\n';
}

/* The end of the folds that a body begins with: their white space only separates the body from the colon. */
static const char *skip_first_folds(const char *at, const char *end)
{
    while (at < end && is_line_end(*at)) {
        const char *behind = line_end_skip(at, end);
        if (behind == end || !octet_is(*behind, OCTET_WSP))
            break;
        at = span_blanks(behind, end);
    }
    return at;
}

/* Unfolding removes each CRLF that WSP follows (RFC 5322, 2.2.3); a lone CR or LF is taken for a CRLF, as programs that
 * read mail from files have it. */
mip_result mip_unfold(mip_text name, mip_text body, mip_output *output)
{
    static const mip_style style = {0};
    mip_result result = field_name_check(name, 1);
    writer w;
    const char *at, *end;

    if (result.status != MIP_OK)
        return result;
    body = line_end_trim(span_given(body));
    writer_start(&w, output, &style, body);
    end = body.data + body.size;
    at = skip_first_folds(body.data, end);
    while (at < end && w.result.status == MIP_OK) {
        const char *line_end = line_end_find(span(at, end)), *behind;
        writer_put_scratch(&w, span(at, line_end ? line_end : end));
        if (!line_end)
            break;
        behind = line_end_skip(line_end, end);
        if (behind == end || !octet_is(*behind, OCTET_WSP))
            writer_fail(&w, MIP_LINE_END, line_end);
        at = behind;
    }
    return writer_finish(&w);
}
