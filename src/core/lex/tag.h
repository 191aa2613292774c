/* tag.h - the tags of a list of them, and base64 in their values (RFC 6376, 3.2 and 2.10). */
#ifndef MIP_TAG_H
#define MIP_TAG_H

#include "msgidpolicy.h"

/* The begin of the tag that `at` is in; `tag` is that of one before it, or of that. */
const char *tag_of(const char *tag, const char *at);

/* Where the value of the tag begins at the begin of `text`, if it is base64; else NULL. */
const char *tag_base64(mip_text text);

/* In base64 that begins at `base64`, may white space be put in at `at`? */
int tag_may_fold(const char *base64, const char *at);

#endif
