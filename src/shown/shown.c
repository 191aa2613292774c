#include "shown.h"

#include <string.h>

#include "date_time.h"
#include "lex/line_end.h"
#include "lex/octet.h"
#include "lex/span.h"
#include "shown_addresses.h"
#include "shown_content.h"
#include "shown_list.h"
#include "shown_text.h"
#include "shown_token.h"
#include "shown_writer.h"
#include "write/writer.h"

/* White space between two encoded-words is none of the text: RFC 2047, 6.2. */
static int show_text(shown_writer *v)
{
    int behind_encoded_word = 0;

    while (v->to_decode > 0 && v->at < v->end) {
        const char *begin = v->at, *word = span_blanks(begin, v->end), *behind = word;
        mip_text encoded = shown_find_encoded_word(v, word);
        if (!behind_encoded_word || encoded.size == 0)
            shown_put(v, begin, word);
        behind_encoded_word = encoded.size > 0;
        if (behind_encoded_word) {
            if (!shown_decode(v, encoded))
                return 0;
            continue;
        }
        while (behind < v->end && *behind != ' ')
            behind++;
        shown_put(v, word, behind);
        v->at = behind;
    }
    shown_put(v, v->at, v->end);
    return v->to_decode == 0;
}

/* What any reader takes for a token, of types, dispositions and parameters. */
static mip_text show_token(shown_writer *v)
{
    const char *begin = v->at;

    while (v->at < v->end && (octet_is(*v->at, OCTET_UNRESERVED) || *v->at == '+'))
        v->at++;
    shown_put(v, begin, v->at);
    return span(begin, v->at);
}

/* The text of a quoted-string without quoted-pairs, its blanks single. */
static int show_quoted_value(shown_writer *v)
{
    const char *begin = v->at;

    for (; v->at < v->end && *v->at != '"'; v->at++)
        if (*v->at == '\\' ||
            !(octet_is(*v->at, OCTET_FTEXT | OCTET_8BIT) || *v->at == ':' || (*v->at == ' ' && v->at[-1] != ' ')))
            return 0;
    if (v->at == v->end || v->at == begin)
        return 0;
    shown_put(v, begin, v->at);
    return shown_take(v, '"');
}

/* parameter = attribute "=" value   RFC 2045, 5.1; CPython shows a value in quotes. */
static int show_parameter(shown_writer *v)
{
    static const char quote[] = "\"";

    if (show_token(v).size == 0 || !shown_take(v, '='))
        return 0;
    if (shown_take(v, '"'))
        return show_quoted_value(v);
    shown_put(v, quote, quote + 1);
    if (show_token(v).size == 0)
        return 0;
    shown_put(v, quote, quote + 1);
    return 1;
}

/* type "/" subtype *1(";" parameter), and a disposition without "/".  Of two parameters CPython may
 * drop one, so that is left to it. */
static int show_content(shown_writer *v, int has_subtype)
{
    static const char blank[] = " ";

    if (show_token(v).size == 0 || (has_subtype && (!shown_take(v, '/') || show_token(v).size == 0)))
        return 0;
    if (v->at == v->end)
        return 1;
    if (!shown_take(v, ';'))
        return 0;
    shown_put_octet(v, blank);
    v->at = span_blanks(v->at, v->end);
    return show_parameter(v) && v->at == v->end;
}

/* A transfer encoding, or a version: a token as CPython's parser takes it. */
static int show_one_token(shown_writer *v)
{
    return show_token(v).size > 0 && v->at == v->end;
}

static int show_as(shown_writer *v, mip_view view)
{
    switch (view) {
    case MIP_VIEW_MSG_IDS:
        return v->to_decode == 0;
    case MIP_VIEW_TEXT:
        return v->to_decode == 0 || show_text(v);
    case MIP_VIEW_ADDRESSES:
        return shown_addresses_read(v);
    case MIP_VIEW_CONTENT_TYPE: /* CPython decodes encoded-words in quotes, which no RFC has there */
        return v->to_decode == 0 && show_content(v, 1);
    case MIP_VIEW_DISPOSITION:
        return v->to_decode == 0 && show_content(v, 0);
    case MIP_VIEW_DATE:
        return date_time_is_canonical(v->w.body);
    case MIP_VIEW_TOKEN:
    case MIP_VIEW_VERSION:
        return show_one_token(v);
    }
    return 0;
}

/* What is no date is shown as it is. */
static void show_date(shown_writer *v)
{
    char octets[DATE_TIME_OCTETS];
    date_time date;

    if (!date_time_read(v->w.body, &date)) {
        writer_put_scratch(&v->w, v->w.body);
        return;
    }
    date_time_write(&date, octets);
    writer_put_scratch(&v->w, span(octets, octets + sizeof octets));
}

/* What a reader of every form, the malformed too, has to say; 0 where there is none. */
static int show_unusual(shown_writer *v, mip_view view)
{
    switch (view) {
    case MIP_VIEW_TEXT:
        shown_text_put(v);
        return 1;
    case MIP_VIEW_DATE:
        show_date(v);
        return 1;
    case MIP_VIEW_ADDRESSES:
        shown_list_put(v);
        return 1;
    case MIP_VIEW_CONTENT_TYPE:
    case MIP_VIEW_DISPOSITION:
        shown_content_put(v, view);
        return 1;
    case MIP_VIEW_TOKEN:
        shown_encoding_put(v);
        return 1;
    case MIP_VIEW_VERSION:
        shown_version_put(v);
        return 1;
    case MIP_VIEW_MSG_IDS:
        shown_text_put_beside_ids(v);
        return 1;
    }
    return 0;
}

/* A line end that was decoded is one SP; one at the very end is none. */
static void without_line_ends(mip_output *output, size_t start)
{
    mip_text text = line_end_trim(output_since(output, start));
    char *to = output->data + start, before = '\0';

    for (size_t i = 0; i < text.size; i++) {
        char octet = text.data[i];
        if (octet != '\n' || before != '\r')
            *to++ = octet == '\r' || octet == '\n' ? ' ' : octet;
        before = octet;
    }
    output->size = (size_t)(to - output->data);
}

static int show_again(shown_writer *v, mip_view view)
{
    mip_output *output = v->w.output;
    size_t start = output->size = v->w.start;
    mip_text body = v->w.body;

    v->at = body.data;
    v->differs = 1; /* all is written */
    if (!show_unusual(v, view))
        return 0;
    if (v->w.result.status == MIP_OK && line_end_find(output_since(output, start)))
        without_line_ends(output, start);
    v->differs = v->w.result.status != MIP_OK || output->size - start != body.size ||
                 (body.size > 0 && memcmp(output->data + start, body.data, body.size) != 0);
    return 1;
}

mip_shown mip_show(mip_text body, mip_view view, mip_decoder *decode, mip_output *output)
{
    mip_style style = {0};
    shown_writer v = {0};
    int is_shown;

    body = span_given(body);
    style.decode = decode;
    writer_start(&v.w, output, &style, body);
    v.at = v.seen = body.data;
    v.end = body.data + body.size;
    v.to_decode = shown_count_beginnings(body);
    is_shown = line_end_trim(body).size == body.size &&
               (((v.to_decode == 0 || octet_count_printable(body.data, body.size) == body.size) && show_as(&v, view)) ||
                show_again(&v, view));
    if (!is_shown || !v.differs)
        output->size = v.w.start;
    if (writer_finish(&v.w).status != MIP_OK)
        return MIP_SHOWN_NO_SPACE;
    return !is_shown ? MIP_SHOWN_NOT : v.differs ? MIP_SHOWN : MIP_SHOWN_AS_IT_IS;
}
