#include "shown_content.h"

#include "lex/span.h"
#include "shown_parameters.h"
#include "shown_phrase.h"
#include "shown_token.h"

static void put_one(shown_writer *v)
{
    writer_put_scratch(&v->w, span(v->at, v->at + 1));
    v->at++;
}

static int is_at(const shown_writer *v, char octet)
{
    return v->at < v->end && *v->at == octet;
}

/* type "/" subtype, and what stands behind it before the first ";".   RFC 2045, 5.1
 * What is no type is text/plain: 5.2. */
static mip_part put_type(shown_writer *v)
{
    static const mip_text text = {"text", 4}, plain = {"plain", 5};
    mip_part part = {MIP_PART_TYPE, text, plain, {"", 0}};
    mip_text type = shown_token_put(v), subtype;

    if (type.size > 0 && is_at(v, '/')) {
        put_one(v);
        subtype = shown_token_put(v);
        if (subtype.size == 0) {
            part.first = type;
        } else if (v->at == v->end || *v->at == ';') {
            part.first = type;
            part.second = subtype;
        }
    }
    shown_put_rest(v, ";");
    return part;
}

static mip_part put_disposition(shown_writer *v)
{
    mip_part part = {MIP_PART_TYPE, {"", 0}, {"", 0}, {"", 0}};

    part.first = shown_token_put(v);
    shown_put_rest(v, ";");
    return part;
}

void shown_content_put(shown_writer *v, mip_view view)
{
    size_t start = v->w.output->size;
    mip_part part = view == MIP_VIEW_CONTENT_TYPE ? put_type(v) : put_disposition(v);

    if (v->take)
        shown_give(v, part, start);
    if (!is_at(v, ';') || view == MIP_VIEW_TOKEN)
        return;
    if (v->take)
        v->at++;
    else
        put_one(v);
    shown_parameters_put(v);
}
