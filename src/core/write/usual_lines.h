/* usual_lines.h - bodies with nothing to decode; those in US-ASCII are copied line by line. */
#ifndef MIP_USUAL_LINES_H
#define MIP_USUAL_LINES_H

#include "msgidpolicy.h"
#include "write/writer.h"

/* Append a field, of a body that body_is_ascii(), if it takes one line whatever its syntax; else return 0, with nothing
 * written. */
int usual_lines_put_field(mip_text name, mip_text body, mip_syntax syntax, const mip_style *style, mip_output *output);

/* Fold a body that body_is_ascii() after the field's name, if that can be done without a look at its words; else return
 * 0, with nothing written. */
int usual_lines_fold(writer *w, mip_text body, mip_syntax syntax);

/* Append words of text that body_is_ascii(), and the white space before each, in as few lines as can be; 0 where a line
 * would have more than 998 octets.  A line may have `limit` columns, whatever it holds. */
int usual_lines_put_words(writer *w, mip_text words, size_t limit);

#endif
