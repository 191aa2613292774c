#include "long_item.h"

#include "lexer.h"
#include "octet.h"
#include "span.h"

static const mip_text space = {" ", 1};

/* Has the grammar FWS at `at`, which is in no brackets and not the item's begin? */
static int has_fws(const char *at, mip_syntax syntax)
{
    if (syntax == MIP_MSG_IDS)
        return *at == '<';
    if (syntax == MIP_TOKENS)
        return at[-1] == ';' || (at[-1] == ',' && *at == '<');
    return 0;
}

/* The end of the token at `at`.  A comment that is left open takes the rest. */
static const char *skip_token(const char *at, const char *end)
{
    const char *behind = *at == '(' ? lexer_skip_comment(at, end) : lexer_skip(at, end);

    return behind ? behind : end;
}

/* Where a piece may end: the last places that keep the line within 998 octets. */
typedef struct {
    const char *fws;    /* where the grammar has FWS */
    const char *blanks; /* white space in brackets */
} long_item_breaks;

/* Write the piece up to the best break, and return where the next begins. */
static const char *put_piece(writer *w, const char *piece, long_item_breaks breaks)
{
    const char *end = breaks.fws > piece ? breaks.fws : breaks.blanks;

    w->item = piece;
    writer_put_word(w, span(piece, end));
    writer_break(w);
    if (end == breaks.fws)
        writer_put_blanks(w, space);
    return end;
}

void long_item_put(writer *w, mip_text blanks, mip_text item, mip_text tail, mip_syntax syntax)
{
    const char *end = item.data + item.size, *piece = item.data, *behind_token = item.data;
    long_item_breaks breaks = {item.data, item.data};

    if (w->has_word && blanks.size > 0)
        writer_break(w);
    writer_put_blanks(w, blanks);
    for (const char *at = item.data; at < end; at++) {
        int may_end = breaks.fws > piece || breaks.blanks > piece;
        if (may_end && w->octets + (size_t)(at - piece) >= LINE_OCTETS)
            piece = put_piece(w, piece, breaks);
        if (at >= behind_token) {
            if (at > item.data && has_fws(at, syntax))
                breaks.fws = at;
            behind_token = skip_token(at, end);
        }
        if (at > item.data && octet_is(*at, OCTET_WSP) && !octet_is(at[-1], OCTET_WSP))
            breaks.blanks = at;
    }
    if ((breaks.fws > piece || breaks.blanks > piece) &&
        w->octets + (size_t)(end - piece) + tail.size > LINE_OCTETS)
        piece = put_piece(w, piece, breaks);
    w->item = piece < end ? piece : blanks.data;
    writer_put_word(w, span(piece, end));
    writer_put_word(w, tail);
}
