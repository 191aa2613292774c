/* tag.h - the tags of a tag-list, and base64 in their values (RFC 6376, 3.2 and 2.10). */
#ifndef MIP_TAG_H
#define MIP_TAG_H

#include "msgidpolicy.h"

/* Where the tag begins that `at` is in.  `tag` is where the same tag, or one before it, begins. */
const char *tag_of(const char *tag, const char *at);

/* Where the value begins of the tag that `text` begins with, if that value is base64; else NULL. */
const char *tag_base64(mip_text text);

/* In base64 that begins at `base64`, may white space be put in at `at`? */
int tag_may_fold(const char *base64, const char *at);

#endif
