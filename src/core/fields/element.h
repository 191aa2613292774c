/* element.h - what lists of addresses and of phrases are made of. */
#ifndef MIP_ELEMENT_H
#define MIP_ELEMENT_H

#include "msgidpolicy.h"

typedef enum {
    ELEMENT_WORDS, /* a phrase or an addr-spec: atoms, quoted-strings, domain-literals, encoded-words */
    ELEMENT_COMMENT,
    ELEMENT_ANGLE,    /* an angle-addr */
    ELEMENT_SEPARATOR /* "," ":" or ";" with white space before it */
} element_kind;

typedef struct {
    element_kind kind;
    mip_text blanks; /* the white space before it */
    mip_text text;
    mip_text separator; /* what follows it without white space between, if that is a separator */
    int has_at_sign;    /* words: there is an "@" outside of quotes */
} element;

enum { ELEMENT_OPEN_COMMENTS = 4 /* the most that are looked for, as each search may go to the end of the body */ };

typedef struct {
    const char *at, *end;
    const char *open_comments[ELEMENT_OPEN_COMMENTS]; /* each "(" that was found not to be closed */
    int open_comment_count;                           /* no comment begins after the last that there is room for */
    int is_ambiguous;         /* parentheses follow the first of these, which decides what of them is a comment */
    const char *open_literal; /* from here on no "[" is closed; the end of the body where that is not known */
    const char *open_quote;   /* from here on no DQUOTE is closed; the end of the body where that is not known */
} element_reader;

element_reader element_start(mip_text body);

/* Read the next element; 0 after the last.  White space at the end of the body is left unread. */
int element_read(element_reader *reader, element *next);

#endif
