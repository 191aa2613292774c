/* run.h - a run of encoded-words that stand for one text (RFC 2047, 6.2).
 *
 * The text is gathered at the end of the output, encoded behind itself line by line, and the
 * encoded-words are then moved to its place. */
#ifndef MIP_RUN_H
#define MIP_RUN_H

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
    size_t start;     /* of the text, in the output */
    mip_text charset; /* of the text: "utf-8" or "unknown-8bit" */
    mip_text blanks;  /* the white space before the first encoded-word */
    mip_text opening; /* what stands between that and the encoded-word: parentheses */
} run;

run run_none(writer *w);

/* Begin a run. */
void run_open(run *r, mip_text blanks, mip_text opening, mip_text charset);

/* Add to the text of an open run. */
void run_add(run *r, mip_text text);

/* Write the run, if it is open, and end it.  `closing` follows its last encoded-word; `followed`
 * says that an encoded-word does. */
void run_put(run *r, mip_text closing, int followed);

#endif
