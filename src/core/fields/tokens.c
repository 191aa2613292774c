#include "fields/tokens.h"

#include "lex/lexer.h"
#include "lex/limits.h"
#include "lex/octet.h"
#include "lex/span.h"
#include "lex/tag.h"
#include "text/literal.h"
#include "text/text.h"
#include "write/long_item.h"
#include "write/writer.h"

typedef struct {
    writer *w;
    mip_syntax syntax;
    const char *at, *end;   /* what has not been read */
    const char *inside_end; /* of the brackets that `at` is in; NULL outside of any */
    int folds_inside;       /* these brackets may be folded inside */
    int encodes_inside;     /* these brackets are a comment's, and it holds what is or becomes an encoded-word */
    const char *open;       /* the first "(" that is not closed; NULL where none was found */
    const char *tag;        /* the tag that was looked at last */
} token_reader;

/* Enter the comment that the reader has come to, unless it is left open: then it is no comment.  Among msg-ids a
 * comment is folded only where it must be. */
static void enter_comment(token_reader *reader)
{
    const char *end = lexer_skip_next_comment(reader->at, reader->end, &reader->open);

    if (!end)
        return;
    reader->encodes_inside = text_is_comment_encoded(reader->w, span(reader->at, end));
    reader->folds_inside = reader->syntax != MIP_MSG_IDS || reader->encodes_inside || end - reader->at >= LINE_OCTETS;
    reader->inside_end = end;
}

/* Skip what is in quotes or brackets, or one octet.  Brackets that no line could hold are entered, to be folded
 * inside. */
static void skip_brackets_or_enter(token_reader *reader)
{
    const char *end = lexer_skip(reader->at, reader->end);
    size_t used = reader->w->has_word ? 1 : reader->w->octets; /* white space, or the field's name */

    if ((size_t)(end - reader->at) + used > LINE_OCTETS) {
        reader->inside_end = end;
        reader->folds_inside = 1;
        end = reader->at + 1;
    }
    reader->at = end;
}

/* Is there white space at which the body may be folded?  Not after a blank that is quoted, which would end the
 * line: quoted-pair = "\" (VCHAR / WSP)  RFC 5322, 3.2.1 */
static int is_at_fold(const token_reader *reader, const char *begin)
{
    if (!octet_is(*reader->at, OCTET_WSP) || (reader->at > begin && octet_is(reader->at[-1], OCTET_WSP)))
        return 0;
    return !reader->inside_end || reader->folds_inside;
}

/* Read up to the next white space at which the body may be folded, or up to a comment that holds
 * encoded-words. */
static mip_text read_literal(token_reader *reader)
{
    const char *begin = reader->at;

    while (reader->at < reader->end && !reader->encodes_inside) {
        const char *at = reader->at;
        if (at == reader->inside_end)
            reader->inside_end = NULL;
        if (is_at_fold(reader, begin))
            break;
        if (reader->inside_end)
            reader->at += *at == '\\' && reader->inside_end - at > 1 ? 2 : 1;
        else if (*at == '(' && !reader->open)
            enter_comment(reader);
        else
            skip_brackets_or_enter(reader);
    }
    return span(begin, reader->at);
}

/* White space after the body's last word stays on its line: a fold before it would leave a blank line. */
static mip_text read_tail(token_reader *reader)
{
    const char *begin = reader->at, *end = span_blanks(begin, reader->end);

    if (end == reader->end)
        reader->at = end;
    return span(begin, reader->at);
}

/* Write what may be too long for any line. */
static void put_long(token_reader *reader, mip_text blanks, mip_text item, mip_text tail, mip_syntax syntax)
{
    if (syntax == MIP_TAGS) {
        reader->tag = tag_of(reader->tag, item.data);
        long_item_put_tags(reader->w, blanks, item, tail, reader->tag);
    } else {
        long_item_put(reader->w, blanks, item, tail, syntax);
    }
}

static void put_literal(token_reader *reader, mip_text blanks, mip_text literal, int begins_inside)
{
    writer *w = reader->w;
    mip_text tail = read_tail(reader);
    size_t size = blanks.size + literal.size + tail.size;

    literal_check(w, literal);
    if (size > LINE_OCTETS || (!w->has_word && size + w->octets > LINE_OCTETS))
        put_long(reader, blanks, literal, tail, begins_inside ? MIP_UNSTRUCTURED : reader->syntax);
    else
        writer_put_item(w, blanks, literal, nothing, tail, 0);
}

/* Write the comment that the reader has come to, with encoded-words in it.  `opening` comes before it without white
 * space between, and something may follow it likewise; what is too long for one line beside the comment is an item of
 * its own. */
static void put_comment_token(token_reader *reader, mip_text blanks, mip_text opening)
{
    writer *w = reader->w;
    mip_text comment = span(reader->at, reader->inside_end), closing;

    literal_check(w, opening);
    if (opening.size > LINE_OCTETS / 2) {
        put_long(reader, blanks, opening, nothing, reader->syntax);
        blanks = opening = nothing;
    }
    reader->at = reader->inside_end;
    reader->inside_end = NULL;
    reader->encodes_inside = 0;
    closing = read_literal(reader);
    literal_check(w, closing);
    if (closing.size > LINE_OCTETS / 2) {
        text_fold_comment(w, blanks, opening, comment, span(closing.data, closing.data), reader->syntax);
        put_long(reader, nothing, closing, read_tail(reader), reader->syntax);
        return;
    }
    read_tail(reader);
    text_fold_comment(w, blanks, opening, comment, span(closing.data, reader->at), reader->syntax);
}

void tokens_fold(writer *w, mip_text body, mip_syntax syntax)
{
    token_reader reader = {w, syntax, body.data, body.data + body.size, NULL, 0, 0, NULL, body.data};

    while (reader.at < reader.end && w->result.status == MIP_OK) {
        const char *at = span_blanks(reader.at, reader.end);
        mip_text blanks = span(reader.at, at), literal;
        int begins_inside = reader.inside_end && at < reader.inside_end;
        reader.at = at;
        literal = read_literal(&reader);
        if (reader.encodes_inside)
            put_comment_token(&reader, blanks, literal);
        else
            put_literal(&reader, blanks, literal, begins_inside);
    }
}
