#include "msgidpolicy.h"

#include <string.h>

#include "date_time.h"
#include "octet.h"
#include "span.h"
#include "utf8.h"
#include "writer.h"

/* A view that is written, from when it first differs from the body. */
typedef struct {
    writer w;
    const char *at, *end; /* what has not been read */
    const char *seen;     /* the view is the body as far as this */
    int differs;
} view_writer;

static void put(view_writer *v, const char *begin, const char *end)
{
    if (begin == v->seen && !v->differs) {
        v->seen = end;
        return;
    }
    if (!v->differs)
        writer_put_scratch(&v->w, span(v->w.body.data, v->seen));
    v->differs = 1;
    writer_put_scratch(&v->w, span(begin, end));
}

/* Read one octet, and write it. */
static int take(view_writer *v, char octet)
{
    if (v->at == v->end || *v->at != octet)
        return 0;
    put(v, v->at, v->at + 1);
    v->at++;
    return 1;
}

/* Write one octet that may stand in the body here. */
static void put_octet(view_writer *v, const char *octet)
{
    if (v->at < v->end && *v->at == *octet && !v->differs && v->seen == v->at)
        put(v, v->at, v->at + 1);
    else
        put(v, octet, octet + 1);
}

/* atext and UTF-8, or digits and letters of a token: 1*<classes> */
static mip_text read_run(view_writer *v, int classes)
{
    const char *begin = v->at;

    while (v->at < v->end && octet_is(*v->at, classes))
        v->at++;
    return span(begin, v->at);
}

/* Is there nothing to decode?  "=?" may begin an encoded-word. */
static int is_plain(mip_text body)
{
    const char *at = body.data, *end = at + body.size;

    while (at < end && (at = memchr(at, '=', (size_t)(end - at))) != NULL)
        if (++at < end && *at == '?')
            return 0;
    return 1;
}

/* dot-atom = 1*atext *("." 1*atext)   RFC 5322, 3.2.3 */
static int read_dot_atom(view_writer *v)
{
    do {
        mip_text atom = read_run(v, OCTET_ATEXT);
        if (atom.size == 0)
            return 0;
        put(v, atom.data, v->at);
    } while (take(v, '.'));
    return 1;
}

static int read_addr_spec(view_writer *v)
{
    return read_dot_atom(v) && take(v, '@') && read_dot_atom(v);
}

/* Is this a display-name, and not the local part of an addr-spec?  It is when "<" comes first. */
static int begins_with_name(const view_writer *v)
{
    const char *at = v->at;

    if (*at == '"')
        return 1;
    while (at < v->end && *at != '<' && *at != '@' && *at != ',')
        at++;
    return at < v->end && *at == '<';
}

/* Atoms with one SP between, and one behind: CPython shows them as they are. */
static int read_atoms(view_writer *v)
{
    while (v->at < v->end && *v->at != '<') {
        mip_text atom = read_run(v, OCTET_ATEXT | OCTET_8BIT);
        if (atom.size == 0)
            return 0;
        put(v, atom.data, v->at);
        if (!take(v, ' '))
            return 0;
    }
    return 1;
}

/* A quoted-string without quoted-pairs, which keeps its quotes where it holds one of the specials. */
static int read_quoted_name(view_writer *v)
{
    static const char quote[] = "\"";
    const char *begin = ++v->at, *end;
    int has_special = 0, is_word = 0;

    for (; v->at < v->end && *v->at != '"'; v->at++) {
        int is_text = octet_is(*v->at, OCTET_ATEXT | OCTET_8BIT);
        if (*v->at == '\\' || octet_is(*v->at, OCTET_CONTROL) || (*v->at == ' ' ? !is_word : *v->at == '\t'))
            return 0;
        has_special = has_special || (!is_text && *v->at != ' ');
        is_word = *v->at != ' ';
    }
    end = v->at;
    if (end == v->end || !is_word)
        return 0;
    if (has_special) {
        put(v, begin - 1, end + 1);
        v->at = end + 1;
    } else {
        put(v, begin, end);
        v->at = end + (*end == *quote);
    }
    return take(v, ' ');
}

/* mailbox = name-addr / addr-spec   RFC 5322, 3.4 */
static int read_mailbox(view_writer *v)
{
    if (!begins_with_name(v))
        return read_addr_spec(v);
    if (*v->at == '"' ? !read_quoted_name(v) : !read_atoms(v))
        return 0;
    return take(v, '<') && read_addr_spec(v) && take(v, '>');
}

/* mailbox-list = mailbox *("," mailbox), shown with ", " between. */
static int read_mailboxes(view_writer *v)
{
    static const char space[] = " ";

    for (;;) {
        if (v->at == v->end || (*v->at == '<') || !read_mailbox(v))
            return 0;
        if (v->at == v->end)
            return 1;
        if (!take(v, ','))
            return 0;
        put_octet(v, space);
        v->at = span_blanks(v->at, v->end);
    }
}

/* What any reader takes for a token, of types, dispositions and parameters. */
static mip_text read_token(view_writer *v)
{
    const char *begin = v->at;

    while (v->at < v->end && (octet_is(*v->at, OCTET_UNRESERVED) || *v->at == '+'))
        v->at++;
    put(v, begin, v->at);
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
    put(v, begin, v->at);
    return take(v, '"');
}

/* parameter = attribute "=" value   RFC 2045, 5.1; CPython shows a value in quotes. */
static int read_parameter(view_writer *v)
{
    static const char quote[] = "\"";

    if (read_token(v).size == 0 || !take(v, '='))
        return 0;
    if (take(v, '"'))
        return read_quoted_value(v);
    put(v, quote, quote + 1);
    if (read_token(v).size == 0)
        return 0;
    put(v, quote, quote + 1);
    return 1;
}

/* type "/" subtype *1(";" parameter), and a disposition without "/".  Of two parameters CPython may
 * drop one, so that is left to it. */
static int read_content(view_writer *v, int has_subtype)
{
    static const char space[] = " ";

    if (read_token(v).size == 0 || (has_subtype && (!take(v, '/') || read_token(v).size == 0)))
        return 0;
    if (v->at == v->end)
        return 1;
    if (!take(v, ';'))
        return 0;
    put_octet(v, space);
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
    case MIP_VIEW_TEXT:
        return 1;
    case MIP_VIEW_ADDRESSES:
        return read_mailboxes(v);
    case MIP_VIEW_CONTENT_TYPE:
        return read_content(v, 1);
    case MIP_VIEW_DISPOSITION:
        return read_content(v, 0);
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
    view_writer v = {writer_start(output, &style, body), body.data, body.data + body.size, body.data, 0};

    if (!is_plain(body) || !read_view(&v, view)) {
        output->size = v.w.start;
        return unknown;
    }
    return writer_finish(&v.w);
}
