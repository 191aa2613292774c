/* encoded_word_part.h - how much of a text goes into one encoded-word, and writing that (RFC 2047, 2).
 *
 * The charset is "utf-8", or "unknown-8bit" for octets that are not UTF-8 (RFC 1428, 3). */
#ifndef MIP_ENCODED_WORD_PART_H
#define MIP_ENCODED_WORD_PART_H

#include "msgidpolicy.h"

typedef struct {
    size_t octets; /* of the text; 0 when not even its first character fits */
    size_t size;   /* of the encoded-word */
    char encoding; /* 'B' or 'Q' */
    int is_utf8;   /* the charset */
} encoded_word_part;

/* The octets of "=?", charset, "?", encoding, "?" and "?=" around the encoded-text. */
size_t encoded_word_frame(int is_utf8);

/* All of text as one encoded-word, even if that is too long for one.  'B' when it is at least 5 octets shorter than Q,
 * else 'Q': CPython's rule. */
encoded_word_part encoded_word_whole(mip_text text, int is_utf8);

/* The longest part of text, whole characters in UTF-8 or octets of unknown-8bit, that fits into
 * `room` columns.  A B part is a multiple of 3 octets, so that it needs no padding, unless it is
 * all of the text and `last` of its run; where no such part fits, the part goes by Q. */
encoded_word_part encoded_word_fit(mip_text text, int is_utf8, char encoding, int last, size_t room);

/* The part that holds text's first character alone. */
encoded_word_part encoded_word_first(mip_text text, int is_utf8);

/* Write a part of the text that begins at `text` to `word`, which has room for its size. */
void encoded_word_write(encoded_word_part part, const char *text, char *word);

#endif
