/* look_alike.h - words that programs may take for encoded-words. */
#ifndef MIP_LOOK_ALIKE_H
#define MIP_LOOK_ALIKE_H

#include "msgidpolicy.h"
#include "write/writer.h"

/* Does a text that was set hold "=?", with which encoded-words begin? */
int look_alike_may_be(const writer *w, mip_text text);

/* Does a word of a text that was set look like an encoded-word without being one?  It begins with "=?" and ends with
 * "?=" (RFC 2047, 7); beside encoded-words any "=?" will do, as some programs then decode none of them. */
int look_alike_is(writer *w, mip_text word, int beside_encoded_words);

#endif
