/* usual_lines.h - bodies with nothing to decode; those in US-ASCII are copied line by line. */
#ifndef MIP_USUAL_LINES_H
#define MIP_USUAL_LINES_H

#include "msgidpolicy.h"
#include "write/writer.h"

/* Append the field, whose body is BODY_ASCII, if it takes one line whatever its syntax; else 0, with nothing
 * written. */
int usual_lines_put_field(mip_text name, mip_text body, mip_syntax syntax, const mip_style *style, mip_output *output);

/* Fold a body of BODY_ASCII behind the field's name, if it can be done without a look at its words; else 0, with
 * nothing written. */
int usual_lines_fold(writer *w, mip_text body, mip_syntax syntax);

/* Append words of text in BODY_ASCII, and the white space before each, in as few lines as can be; 0 where one of them
 * would have more than 998 octets. */
int usual_lines_put_words(writer *w, mip_text words);

#endif
