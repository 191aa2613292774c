/* run.h - a run of encoded-words that stand for one text (RFC 2047, 6.2).
 *
 * Where the text is one piece of the body it is encoded from there, else it is gathered at the end of the
 * output and encoded behind itself. */
#ifndef MIP_RUN_H
#define MIP_RUN_H

#include "gathered.h"
#include "msgidpolicy.h"
#include "writer.h"

enum {
    RUN_BLANKS = 16, /* more white space than this beside a run becomes part of its text */
    RUN_LEAST_LIMIT = 14, /* for an encoded-word with an octet: "=?utf-8?q?x?=" behind a blank */
    RUN_LEAST = 24   /* columns of an encoded-word with a character or two */
};

typedef struct {
    writer *w;
    int is_open;
    gathered text;
    mip_text charset; /* of the text: "utf-8" or "unknown-8bit" */
    char encoding;    /* of all its encoded-words */
    mip_text blanks;  /* the white space before the first encoded-word */
    int is_single;    /* that is a good place to break a line of text at */
    mip_text opening; /* what stands between that and the encoded-word: parentheses */
} run;

run run_none(writer *w);

/* Begin a run. */
void run_open(run *r, mip_text blanks, mip_text opening, mip_text charset);

/* Add a piece of the body to the text of an open run. */
void run_add(run *r, mip_text piece);

/* Write the run, if it is open, and end it.  `closing` follows its last encoded-word; `followed`
 * says that an encoded-word does. */
void run_put(run *r, mip_text closing, int followed);

#endif
