#include "msgidpolicy.h"

#include "lexer.h"

/* The end of the token at `at`.  Where a comment is left open its parenthesis is skipped, and so is
 * every later one, so that none is looked for twice. */
static const char *skip_token(mip_msg_ids *msg_ids, const char *at, const char *end)
{
    const char *behind = NULL;

    if (*at != '(')
        return lexer_skip(at, end);
    if (!msg_ids->open_comment)
        behind = lexer_skip_comment(at, end);
    msg_ids->open_comment = behind == NULL;
    return behind ? behind : at + 1;
}

/* msg-id = [CFWS] "<" id-left "@" id-right ">" [CFWS]   RFC 5322, 3.6.4
 * Whatever is in the brackets counts: real mail has ids with blanks, brackets and no "@". */
mip_text mip_next_msg_id(mip_msg_ids *msg_ids)
{
    mip_text body = msg_ids->body, msg_id = {"", 0};
    const char *at = body.data + msg_ids->offset, *end = body.data + body.size;

    while (at < end && msg_id.size == 0) {
        const char *behind = skip_token(msg_ids, at, end);
        if (*at == '<' && behind[-1] == '>') {
            msg_id.data = at;
            msg_id.size = (size_t)(behind - at);
        }
        at = behind;
    }
    msg_ids->offset = (size_t)(at - body.data);
    return msg_id;
}
