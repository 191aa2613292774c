/* charset.h - the text of encoded-words, as UTF-8.
 *
 * Text whose octets are known in no charset stays as it is, and is written as "unknown-8bit" (RFC 1428, 3). */
#ifndef MIP_CHARSET_H
#define MIP_CHARSET_H

#include "lex/encoded_word.h"
#include "msgidpolicy.h"
#include "write/writer.h"

/* Is this "utf-8"?  The case of letters does not matter: RFC 2047, 2. */
int charset_is_utf8(mip_text charset);

/* Is this a charset that is decoded without the style's decoder? */
int charset_is_known(mip_text charset);

/* May a word that was set be an encoded-word of this charset?  Characters in UTF-8 are those characters, so they are
 * not text of another charset. */
int charset_holds(mip_text charset, mip_text word);

/* Is what charset_decode() appends in UTF-8, rather than of "unknown-8bit"? */
int charset_decodes_to_utf8(mip_text words);

/* Append the text of encoded-words of one charset, with white space between them, to the scratch
 * area of w.  They are decoded together, so a character may be cut by two of them.  Returns 0,
 * and appends nothing, when they stand for no text, or for one with a CR or LF. */
int charset_decode(writer *w, mip_text words);

/* Would charset_decode() return 1? */
int charset_decodes(writer *w, mip_text words);

/* Append the octets that an encoded-word stands for to the scratch area of w.  Returns 1 if it is well-formed, else
 * 0. */
int charset_put_octets(writer *w, const encoded_word *word);

/* Remove what the scratch area of w holds from `start` on.  Was a CR or LF in it: as a text of this charset, or if it
 * is no such text, in the octets as they are? */
int charset_takes_line_end(writer *w, size_t start, mip_text charset);

#endif
