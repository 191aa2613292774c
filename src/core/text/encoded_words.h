/* encoded_words.h - a run of encoded-words that stand for one text (RFC 2047, 6.2).
 *
 * Where the text is one piece of the body it is encoded from there, else it is gathered at the end of the
 * output and encoded after that. */
#ifndef MIP_ENCODED_WORDS_H
#define MIP_ENCODED_WORDS_H

#include "lex/encoded_word_part.h"
#include "msgidpolicy.h"
#include "write/gathered.h"
#include "write/writer.h"

typedef struct {
    writer *w;
    int is_open;
    gathered text;
    int is_utf8;      /* the text is in UTF-8, not octets of "unknown-8bit" */
    char encoding;    /* of all its encoded-words */
    mip_text blanks;  /* the white space before the first encoded-word */
    int is_single;    /* that white space is a good place to break a line of text at */
    mip_text opening; /* what is between that white space and the encoded-word: parentheses */
} encoded_words;

encoded_words encoded_words_none(writer *w);

/* Begin a run. */
void encoded_words_open(encoded_words *run, mip_text blanks, mip_text opening, int is_utf8);

/* Add a piece of the body to the text of an open run. */
void encoded_words_add(encoded_words *run, mip_text piece);

/* Write the run, if it is open, and end it.  `closing` follows its last encoded-word; `followed` says that an
 * encoded-word follows the run. */
void encoded_words_put(encoded_words *run, mip_text closing, int followed);

/* Write a piece of the body in UTF-8 as a run of its own, of more than one encoded-word.  `blanks` is not over MOST_BLANKS. */
void encoded_words_put_piece(writer *w, mip_text blanks, mip_text piece, char encoding);

/* Append one encoded-word to the line. */
void encoded_words_put_part(writer *w, encoded_word_part part, const char *text);

#endif
