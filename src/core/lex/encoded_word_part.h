/* encoded_word_part.h - how much of a text goes into one encoded-word, and writing that (RFC 2047, 2).
 *
 * The charset is "utf-8", or "unknown-8bit" for octets that are not UTF-8 (RFC 1428, 3). */
#ifndef MIP_ENCODED_WORD_PART_H
#define MIP_ENCODED_WORD_PART_H

#include "lex/encoded_text.h"
#include "lex/utf8.h"
#include "msgidpolicy.h"

typedef struct {
    size_t octets; /* of the text; 0 when not even its first character fits */
    size_t size;   /* of the encoded-word */
    char encoding; /* 'B' or 'Q' */
    int is_utf8;   /* the charset */
} encoded_word_part;

/* The octets of "=?", charset, "?", encoding, "?" and "?=" around the encoded-text. */
static inline size_t encoded_word_frame(int is_utf8)
{
    return (is_utf8 ? sizeof "=?utf-8?q?" : sizeof "=?unknown-8bit?q?") - 1 + sizeof "?=" - 1;
}

/* All of text as one encoded-word, even if that is too long for one.  'B' when it is at least 5 octets shorter than Q,
 * else 'Q': CPython's rule. */
static inline encoded_word_part encoded_word_whole(mip_text text, int is_utf8)
{
    size_t b = encoded_text_b_size(text.size), q = encoded_text_q_size(text, b + 5);
    encoded_word_part part = {text.size, encoded_word_frame(is_utf8) + q, 'Q', is_utf8};

    if (q >= b + 5) {
        part.size = encoded_word_frame(is_utf8) + b;
        part.encoding = 'B';
    }
    return part;
}

/* The longest part of text, whole characters in UTF-8 or octets of unknown-8bit, that fits into
 * `room` columns.  A B part is a multiple of 3 octets, so that it needs no padding, unless it is
 * all of the text and `last` of its run; where no such part fits, the part goes by Q. */
encoded_word_part encoded_word_fit(mip_text text, int is_utf8, char encoding, int last, size_t room);

/* The most octets that a text in UTF-8 can be cut after: between two characters, a multiple of 3, and not over
 * `most`. */
static inline size_t encoded_word_cut(mip_text text, size_t most)
{
    size_t octets = text.size < most ? text.size / 3 * 3 : most;

    while (octets > 0 && octets < text.size && utf8_is_tail(text.data[octets]))
        octets -= 3;
    return octets;
}

/* The part that holds text's first character alone. */
encoded_word_part encoded_word_first(mip_text text, int is_utf8);

/* Write a part of the text that begins at `text` to `word`, which has room for its size. */
void encoded_word_write(encoded_word_part part, const char *text, char *word);

#endif
