#include "msgidpolicy.h"

#include "field_name.h"
#include "lex/line_end.h"
#include "lex/octet.h"
#include "lex/span.h"
#include "lex/utf8.h"
#include "write/writer.h"

/* Append a line and the style's line end, or fail where that is no line to keep.  `name_size` octets stand on it already. */
static void keep_line(writer *w, mip_text line, size_t name_size)
{
    if (!utf8_is_ascii(line))
        writer_fail(w, MIP_NOT_ASCII, line.data);
    else if (name_size + line.size > writer_limit(w))
        writer_fail(w, MIP_LINE_TOO_LONG, line.data);
    else
        writer_put_line(w, line);
}

/* The end of the line end at `at`, which has to be a fold or the end of the field: WSP follows a fold (RFC 5322, 2.2.3). */
static const char *skip_fold(writer *w, const char *at, const char *end)
{
    const char *line = line_end_skip(at, end);

    if (line < end && !octet_is(*line, OCTET_WSP))
        writer_fail(w, MIP_LINE_END, at);
    return line;
}

mip_result mip_keep(mip_text name, mip_text after_colon, const mip_style *style, mip_output *output)
{
    static const mip_text colon = {":", 1};
    mip_text body = span_given(after_colon);
    const char *at = body.data, *end = at + body.size;
    size_t name_size = name.size + 1;
    mip_result result = field_name_check(name, 0);
    mip_style own = *style;
    writer w;

    if (result.status != MIP_OK)
        return result;
    if (!own.linesep.data)
        own.linesep = mip_smtp.linesep;
    writer_start(&w, output, &own, body);
    writer_put_scratch(&w, name);
    writer_put_scratch(&w, colon);
    do {
        const char *line_end = line_end_find(span(at, end));
        keep_line(&w, span(at, line_end ? line_end : end), name_size);
        at = line_end ? skip_fold(&w, line_end, end) : end;
        name_size = 0;
    } while (at < end && w.result.status == MIP_OK);
    return writer_finish(&w);
}
