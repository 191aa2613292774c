/* tokens.h - field bodies made of msg-ids or of other tokens, which nothing may change. */
#ifndef MIP_TOKENS_H
#define MIP_TOKENS_H

#include "msgidpolicy.h"
#include "write/writer.h"

/* Fold a body of MIP_MSG_IDS, MIP_TOKENS or MIP_TAGS after the field's name. */
void tokens_fold(writer *w, mip_text body, mip_syntax syntax);

#endif
