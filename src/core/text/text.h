/* text.h - text: words and white space, where any word may be an encoded-word.
 *
 * An unstructured field body is one (RFC 2047, 5 (1)), and so is what a comment holds between its
 * parentheses (RFC 2047, 5 (2)). */
#ifndef MIP_TEXT_H
#define MIP_TEXT_H

#include "msgidpolicy.h"
#include "write/writer.h"

/* Fold an unstructured field body after the field's name. */
void text_fold_unstructured(writer *w, mip_text body);

/* Fold a comment, parentheses and all, in which any word may be encoded.  `blanks` and `opening` come before it in the
 * body, `closing` follows it without white space between.
 *
 * The line is broken before the comment, and inside it only where no line can hold it; in addresses and msg-ids that is
 * a line of 76 columns, even if the limit is less. */
void text_fold_comment(writer *w, mip_text blanks, mip_text opening, mip_text comment, mip_text closing, mip_syntax syntax);

/* Does a comment hold a character that cannot travel as it is, an encoded-word, or what may be taken for one? */
int text_is_comment_encoded(const writer *w, mip_text comment);

#endif
