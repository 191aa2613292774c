#include "lex/span.h"
#include "shown.h"
#include "shown_content.h"
#include "shown_list.h"
#include "shown_token.h"
#include "shown_writer.h"
#include "write/writer.h"

mip_status mip_read_parts(mip_text body, mip_view view, mip_decoder *decode, mip_part_taker *take, void *taker,
                          mip_output *scratch)
{
    mip_style style = {0};
    shown_writer v = {0};
    size_t start = scratch->size;

    body = span_given(body);
    style.decode = decode;
    writer_start(&v.w, scratch, &style, body);
    v.at = v.seen = body.data;
    v.end = body.data + body.size;
    v.take = take;
    v.taker = taker;
    if (view == MIP_VIEW_ADDRESSES)
        shown_list_put(&v);
    else if (view == MIP_VIEW_VERSION)
        shown_version_put(&v);
    else
        shown_content_put(&v, view);
    scratch->size = start;
    return v.w.result.status;
}
