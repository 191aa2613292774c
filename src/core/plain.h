/* plain.h - bodies with nothing to decode; those in US-ASCII are copied line by line. */
#ifndef MIP_PLAIN_H
#define MIP_PLAIN_H

#include "msgidpolicy.h"
#include "writer.h"

/* What a look at all octets of a body tells. */
typedef enum {
    PLAIN_ASCII, /* SP and VCHAR only (RFC 5234, B.1), and no "=?", which may begin an encoded-word */
    PLAIN_TEXT,  /* that and octets that are not US-ASCII, in an unstructured body */
    PLAIN_NOT
} plain_kind;

plain_kind plain_kind_of(mip_text body, mip_syntax syntax);

/* Append the field, whose body is PLAIN_ASCII, if it takes one line whatever its syntax; else 0, with nothing
 * written. */
int plain_put_field(mip_text name, mip_text body, mip_syntax syntax, const mip_style *style, mip_output *output);

/* Fold a body of PLAIN_ASCII behind the field's name, if it can be done without a look at its words; else 0, with
 * nothing written. */
int plain_fold(writer *w, mip_text body, mip_syntax syntax);

/* Is the white space at `at`, with something on both sides of it, one SP with no backslash before it? */
int plain_is_single(const char *at);

/* Append words of text in PLAIN_ASCII, and the white space before each, in as few lines as can be; 0 where one of them
 * would have more than 998 octets. */
int plain_put_words(writer *w, mip_text words);

#endif
