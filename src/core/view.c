#include "msgidpolicy.h"

#include "date_time.h"
#include "line_end.h"
#include "octet.h"
#include "span.h"
#include "view_address.h"
#include "view_writer.h"

/* White space between two encoded-words is none of the text: RFC 2047, 6.2. */
static int read_text(view_writer *v)
{
    int behind_encoded_word = 0;

    while (v->to_decode > 0 && v->at < v->end) {
        const char *begin = v->at, *word = span_blanks(begin, v->end), *behind = word;
        mip_text encoded = view_find_encoded_word(v, word);
        if (!behind_encoded_word || encoded.size == 0)
            view_put(v, begin, word);
        behind_encoded_word = encoded.size > 0;
        if (behind_encoded_word) {
            if (!view_decode(v, encoded))
                return 0;
            continue;
        }
        while (behind < v->end && *behind != ' ')
            behind++;
        view_put(v, word, behind);
        v->at = behind;
    }
    view_put(v, v->at, v->end);
    return v->to_decode == 0;
}

/* What any reader takes for a token, of types, dispositions and parameters. */
static mip_text read_token(view_writer *v)
{
    const char *begin = v->at;

    while (v->at < v->end && (octet_is(*v->at, OCTET_UNRESERVED) || *v->at == '+'))
        v->at++;
    view_put(v, begin, v->at);
    return span(begin, v->at);
}

/* The text of a quoted-string without quoted-pairs, its blanks single. */
static int read_quoted_value(view_writer *v)
{
    const char *begin = v->at;

    for (; v->at < v->end && *v->at != '"'; v->at++)
        if (*v->at == '\\' || !(octet_is(*v->at, OCTET_FTEXT | OCTET_8BIT) || *v->at == ':' || (*v->at == ' ' && v->at[-1] != ' ')))
            return 0;
    if (v->at == v->end || v->at == begin)
        return 0;
    view_put(v, begin, v->at);
    return view_take(v, '"');
}

/* parameter = attribute "=" value   RFC 2045, 5.1; CPython shows a value in quotes. */
static int read_parameter(view_writer *v)
{
    static const char quote[] = "\"";

    if (read_token(v).size == 0 || !view_take(v, '='))
        return 0;
    if (view_take(v, '"'))
        return read_quoted_value(v);
    view_put(v, quote, quote + 1);
    if (read_token(v).size == 0)
        return 0;
    view_put(v, quote, quote + 1);
    return 1;
}

/* type "/" subtype *1(";" parameter), and a disposition without "/".  Of two parameters CPython may
 * drop one, so that is left to it. */
static int read_content(view_writer *v, int has_subtype)
{
    static const char space[] = " ";

    if (read_token(v).size == 0 || (has_subtype && (!view_take(v, '/') || read_token(v).size == 0)))
        return 0;
    if (v->at == v->end)
        return 1;
    if (!view_take(v, ';'))
        return 0;
    view_put_octet(v, space);
    v->at = span_blanks(v->at, v->end);
    return read_parameter(v) && v->at == v->end;
}

/* A transfer encoding, or a version: a token as CPython's parser takes it. */
static int read_one_token(view_writer *v)
{
    return read_token(v).size > 0 && v->at == v->end;
}

static int read_view(view_writer *v, mip_view view)
{
    switch (view) {
    case MIP_VIEW_MSG_IDS:
        return v->to_decode == 0;
    case MIP_VIEW_TEXT:
        return v->to_decode == 0 || read_text(v);
    case MIP_VIEW_ADDRESSES:
        return view_address_read(v);
    case MIP_VIEW_CONTENT_TYPE: /* CPython decodes encoded-words in quotes, which no RFC has there */
        return v->to_decode == 0 && read_content(v, 1);
    case MIP_VIEW_DISPOSITION:
        return v->to_decode == 0 && read_content(v, 0);
    case MIP_VIEW_DATE:
        return date_time_is_canonical(v->w.body);
    case MIP_VIEW_TOKEN:
        return read_one_token(v);
    }
    return 0;
}

mip_result mip_show(mip_text body, mip_view view, mip_output *output)
{
    static const mip_style style;
    mip_result unknown = {MIP_NO_VIEW, 0};
    view_writer v = {0};

    body = span_given(body);
    v.w = writer_start(output, &style, body);
    v.at = v.seen = body.data;
    v.end = body.data + body.size;
    v.to_decode = view_count_beginnings(body);
    if (line_end_trim(body).size < body.size || (v.to_decode > 0 && !octet_all_printable(body.data, body.size)) ||
        !read_view(&v, view)) {
        if (v.w.result.status == MIP_OK)
            v.w.result = unknown;
    }
    return writer_finish(&v.w);
}
