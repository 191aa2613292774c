#include "msgidpolicy.h"

#include <string.h>

#include "field_name.h"
#include "fields/addresses.h"
#include "fields/injected_ext_octet.h"
#include "fields/parameters.h"
#include "fields/tokens.h"
#include "lex/body.h"
#include "lex/line_end.h"
#include "lex/span.h"
#include "text/injected_line_end.h"
#include "text/text.h"
#include "text/usual_text.h"
#include "write/usual_lines.h"
#include "write/writer.h"

static const mip_text crlf = {"\r\n", 2};

/* Is it certain that there is no line end in the body, nor in what readers may decode of it? */
static inline int has_no_line_end(mip_text body, mip_syntax syntax, mip_known known)
{
    if (known & MIP_KNOWN_CHECKED)
        return 1;
    return (known & MIP_KNOWN_NOTHING_TO_DECODE) && ((known & MIP_KNOWN_NO_CONTROL) || !line_end_find(body)) &&
           (syntax != MIP_PARAMETERS || !injected_ext_octet_may_be(body));
}

/* Fail if a value that is set would bring a line end into a field, or make a reader decode one. */
static void check_line_ends(writer *w, mip_text body, mip_syntax syntax)
{
    injected_line_end_check(w, body);
    if (syntax == MIP_PARAMETERS)
        injected_ext_octet_check(w, body);
}

static mip_result check_body(mip_text body, mip_syntax syntax, mip_decoder *decode, mip_output *scratch)
{
    mip_style style = {0};
    writer w;

    style.decode = decode;
    writer_start(&w, scratch, &style, body);
    check_line_ends(&w, body, syntax);
    scratch->size = w.start;
    return writer_finish(&w);
}

mip_result mip_check(mip_text name, mip_text body, mip_decoder *decode, mip_output *scratch, mip_known *known)
{
    mip_result result = field_name_check(name, 0);
    mip_syntax syntax = mip_syntax_of(name);
    mip_known found;

    if (result.status != MIP_OK)
        return result;
    body = line_end_trim(span_given(body));
    found = body_look(body);
    if (!has_no_line_end(body, syntax, found))
        result = check_body(body, syntax, decode, scratch);
    if (known)
        *known = result.status == MIP_OK ? found | MIP_KNOWN_CHECKED : 0;
    return result;
}

/* A header field is its name, ":", its body and CRLF: RFC 5322, 2.2.  One SP is put after the colon, unless the body is
 * empty. */
static void put_field_name(writer *w, mip_text name, int has_body)
{
    size_t after = has_body ? 2 : 1;
    char *at = writer_append(w, name.size + after);

    if (!at)
        return;
    memcpy(at, name.data, name.size);
    at[name.size] = ':';
    if (has_body)
        at[name.size + 1] = ' ';
    w->columns = writer_columns(w, name) + after;
    w->octets = name.size + after;
}

static void fold_body(writer *w, mip_text body, mip_syntax syntax, mip_known known)
{
    if (body_is_ascii(known) && usual_lines_fold(w, body, syntax))
        return;
    switch (syntax) {
    case MIP_UNSTRUCTURED:
        if (!body_is_text(known) || !usual_text_fold(w, body))
            text_fold_unstructured(w, body);
        break;
    case MIP_ADDRESSES:
    case MIP_PHRASES:
        addresses_fold(w, body, syntax);
        break;
    case MIP_MSG_IDS:
    case MIP_TOKENS:
    case MIP_TAGS:
        tokens_fold(w, body, syntax);
        break;
    case MIP_PARAMETERS:
        parameters_fold(w, body);
        break;
    }
}

/* May a value be added to a parameter that was set? */
static int may_change(mip_text body, mip_syntax syntax, const mip_style *style)
{
    return syntax == MIP_PARAMETERS && !style->read && parameters_may_be_bare(body);
}

static inline mip_result fold_by_syntax(mip_text name, mip_text body, mip_syntax syntax, const mip_style *style,
                                        mip_output *output, mip_known known, int is_clean)
{
    writer w;

    writer_start(&w, output, style, body);
    w.has_beginnings = !(known & MIP_KNOWN_NOTHING_TO_DECODE);
    if (!style->read && !is_clean)
        check_line_ends(&w, body, syntax);
    else if (!is_clean && line_end_find(body))
        writer_fail(&w, MIP_LINE_END, line_end_find(body));
    put_field_name(&w, name, body.size > 0);
    fold_body(&w, body, syntax, known);
    writer_break(&w);
    return writer_finish(&w);
}

static mip_result fold_field(mip_text name, mip_text body, mip_syntax syntax, const mip_style *style, mip_output *output)
{
    mip_result result = {MIP_OK, 0};
    mip_known known = (style->known & MIP_KNOWN_CHECKED) && !style->read ? style->known : body_look(body);
    int is_clean = has_no_line_end(body, syntax, known);

    if (body_is_ascii(known) && is_clean && !may_change(body, syntax, style) &&
        usual_lines_put_field(name, body, syntax, style, output))
        return result;
    return fold_by_syntax(name, body, syntax, style, output, known, is_clean);
}

mip_result mip_fold(mip_text name, mip_text body, mip_syntax syntax, const mip_style *style, mip_output *output)
{
    mip_result result = {MIP_NO_SPACE, 0};
    mip_style with_crlf;

    if (name.size > MIP_MOST_OCTETS || body.size > MIP_MOST_OCTETS)
        return result;
    result = field_name_check(name, style->read);
    if (result.status != MIP_OK)
        return result;
    if (!style->linesep.data) {
        with_crlf = *style;
        with_crlf.linesep = crlf;
        style = &with_crlf;
    }
    return fold_field(span_given(name), line_end_trim(span_given(body)), syntax, style, output);
}
