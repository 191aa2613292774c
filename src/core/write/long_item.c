#include "write/long_item.h"

#include "lex/lexer.h"
#include "lex/limits.h"
#include "lex/octet.h"
#include "lex/span.h"
#include "lex/tag.h"
#include "write/writer.h"

/* Has the grammar FWS at `at`, which is outside of brackets and not where the item begins? */
static int has_fws(const char *at, mip_syntax syntax)
{
    if (syntax == MIP_MSG_IDS)
        return *at == '<';
    if (syntax == MIP_ADDRESSES)
        return at[-1] == ',';
    if (syntax == MIP_TOKENS || syntax == MIP_TAGS)
        return at[-1] == ';' || (at[-1] == ',' && *at == '<');
    return 0;
}

/* The end of the token at `at`.  A comment that is left open takes the rest: no place in it is known to be outside of
 * brackets. */
static const char *skip_brackets(const char *at, const char *end)
{
    const char *open = NULL, *token_end = lexer_skip_token(at, end, &open);

    return open ? end : token_end;
}

/* A piece of the item, and where it may end: the last places that keep its line within 998 octets. */
typedef struct {
    mip_text blanks; /* before it */
    const char *begin;
    size_t room;             /* octets that its line has for it */
    const char *fws;         /* where the grammar has FWS */
    const char *white_space; /* in brackets, with more of the item after it */
    const char *base64;      /* in the base64 of a tag */
} long_item_piece;

static long_item_piece begin_piece(mip_text blanks, const char *begin, size_t used)
{
    long_item_piece piece = {blanks, begin, 0, begin, begin, begin};

    if (used + blanks.size < LINE_OCTETS)
        piece.room = LINE_OCTETS - used - blanks.size;
    return piece;
}

static int may_end(const long_item_piece *piece)
{
    return piece->fws > piece->begin || piece->white_space > piece->begin || piece->base64 > piece->begin;
}

/* The best place for the end of a piece that may_end(). */
static const char *best_end(const long_item_piece *piece)
{
    if (piece->fws > piece->begin)
        return piece->fws;
    return piece->white_space > piece->begin ? piece->white_space : piece->base64;
}

/* Write the piece up to its best end.  The next piece begins there, after the white space at that place, or after one
 * SP where there is none. */
static long_item_piece put_piece(writer *w, const long_item_piece *piece, const char *end)
{
    const char *cut = best_end(piece), *next = span_blanks(cut, end);

    writer_put_item(w, piece->blanks, span(piece->begin, cut), nothing, nothing, 0);
    return begin_piece(next > cut ? span(cut, next) : space, next, 0);
}

/* Note that the piece may end at `at`, which is outside of brackets, if it may. */
static void note_end(long_item_piece *piece, const char *at, const char *end, mip_syntax syntax, const char *base64)
{
    if (at == piece->begin)
        return;
    if (has_fws(at, syntax) && span_blanks(at, end) < end)
        piece->fws = at;
    if (base64 && tag_may_fold(base64, at))
        piece->base64 = at;
}

/* Append an item in pieces.  `base64` is where the value begins of the tag that the item begins in or with, if that
 * value is base64; else NULL. */
static void put(writer *w, mip_text blanks, mip_text item, mip_text tail, mip_syntax syntax, const char *base64)
{
    const char *end = item.data + item.size, *behind_token = item.data;
    size_t used = w->has_word && blanks.size > 0 ? 0 : w->octets;
    long_item_piece piece = begin_piece(blanks, item.data, used);

    for (const char *at = item.data; at < end; at++) {
        if (may_end(&piece) && (size_t)(at - piece.begin) > piece.room) {
            piece = put_piece(w, &piece, end);
            at = piece.begin; /* what was read of the next piece is at most a line */
        }
        if (at >= behind_token) {
            if (syntax == MIP_TAGS && at > item.data && at[-1] == ';')
                base64 = tag_base64(span(at, end));
            note_end(&piece, at, end, syntax, base64);
            behind_token = syntax == MIP_TAGS ? at + 1 : skip_brackets(at, end); /* a list of tags has no brackets */
        }
        if (at > piece.begin && octet_is(*at, OCTET_WSP) && !octet_is(at[-1], OCTET_WSP) && span_blanks(at, end) < end)
            piece.white_space = at;
    }
    if (may_end(&piece) && (size_t)(end - piece.begin) + tail.size > piece.room)
        piece = put_piece(w, &piece, end);
    writer_put_item(w, piece.blanks, span(piece.begin, end), nothing, tail, 0);
}

void long_item_put(writer *w, mip_text blanks, mip_text item, mip_text tail, mip_syntax syntax)
{
    put(w, blanks, item, tail, syntax, NULL);
}

void long_item_put_tags(writer *w, mip_text blanks, mip_text item, mip_text tail, const char *tag)
{
    put(w, blanks, item, tail, MIP_TAGS, tag_base64(span(tag, item.data + item.size)));
}
