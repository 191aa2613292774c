/* usual_encoded_words.h - a run of encoded-words for words of a text in UTF-8 (RFC 2047, 6.2). */
#ifndef MIP_USUAL_ENCODED_WORDS_H
#define MIP_USUAL_ENCODED_WORDS_H

#include "msgidpolicy.h"
#include "write/writer.h"

/* Write words that have to be encoded, and the white space between them, as a run of its own.  `blanks`, the white space
 * before them, is SP, and not over MOST_BLANKS; `limit` is writer_encoded_limit(). */
void usual_encoded_words_put(writer *w, mip_text blanks, mip_text words, size_t limit);

#endif
