/* brackets.h - quoted-strings, comments, domain-literals and angle-addrs, and what stands outside of them. */
#ifndef BRACKETS_H
#define BRACKETS_H

#include "msgidpolicy.h"

/* Is each closed, and nothing else?  Of others each program has its own reading, and of encoded-words with specials. */
int brackets_are_balanced(mip_text body);

/* The end of what stands at `at`, up to white space in no brackets; all the rest where they are not balanced. */
const char *brackets_skip_item(const char *at, const char *end);

/* The "<", ",", ";" and ":" of a list of addresses that are neither in brackets nor in an encoded-word, in a block for
 * text_free().  They say how many mailboxes and groups it has. */
mip_text brackets_separators(mip_text body);

#endif
