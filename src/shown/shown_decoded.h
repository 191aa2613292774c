/* shown_decoded.h - what encoded-words stand for, as CPython decodes them: also those that no other program would. */
#ifndef MIP_SHOWN_DECODED_H
#define MIP_SHOWN_DECODED_H

#include "lex/encoded_word.h"
#include "shown_writer.h"

/* Find the encoded-word that [at, end) begins with.  It may hold white space, and in its text a "?" before two digits
 * of an octet. */
int shown_find_word(const char *at, const char *end, encoded_word *word);

/* Append what an encoded-word stands for.  Octets that are no text of its charset, or in a charset that nobody knows,
 * are appended as they are. */
void shown_put_decoded(shown_writer *v, const encoded_word *word);

/* Append octets that end the scratch area, from `start` on, as text of a charset in their place. */
void shown_to_utf8(shown_writer *v, size_t start, mip_text charset);

#endif
