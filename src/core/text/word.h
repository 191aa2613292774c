/* word.h - the words of a text: an unstructured field body, or a comment. */
#ifndef MIP_WORD_H
#define MIP_WORD_H

#include "msgidpolicy.h"
#include "write/writer.h"

typedef enum {
    WORD_PLAIN,     /* travels as it is */
    WORD_ENCODED,   /* an encoded-word that stays as it was written */
    WORD_TO_ENCODE, /* cannot travel as it is */
    WORD_TO_DECODE  /* encoded-words that break a rule, to be decoded and encoded anew */
} word_kind;

/* A word between white space, or in a comment the part of a word that is to be encoded.  Where encoded-words touch
 * octets that have to be encoded, each of them is a word here, and so is what is between two, with no white space
 * before it. */
typedef struct {
    word_kind kind;
    mip_text blanks;  /* the white space before it */
    mip_text opening; /* in a comment: what is between that white space and the text */
    mip_text text;
    mip_text closing; /* what follows the text before the next white space; after the last word that as well */
} text_word;

typedef struct {
    writer *w;
    const char *at, *end;     /* what has not been read */
    int is_utf8;              /* all of the text is UTF-8 */
    const char *undecodable;  /* encoded-words before it were tried, and cannot be decoded */
    const char *mixed_end;    /* the end of the last word that was taken apart at the encoded-words in it */
    size_t first;             /* octets before the first word on the first line; 0 after that word */
    int comment;              /* the text is a comment, parentheses and all */
    const char *word_end;     /* in a comment: the end of the word that was begun */
    int beside_encoded_words; /* the text was set, and holds encoded-words or will */
    int behind_encoded_word;  /* not in a comment: the last word was an encoded-word in the value */
} word_reader;

/* Does the style keep an encoded-word that was read, even one against the rules, on a line with `room` octets for it
 * and a blank before it? */
int word_is_kept(const writer *w, mip_text text, size_t room);

/* Is a word of this kind encoded: WORD_TO_ENCODE or WORD_TO_DECODE? */
int word_is_to_encode(word_kind kind);

/* Begin to read an unstructured body, after the field's name, or a comment. */
word_reader word_start(writer *w, mip_text text, int is_comment);

/* Read the next word; 0 after the last. */
int word_next(word_reader *reader, text_word *next);

#endif
