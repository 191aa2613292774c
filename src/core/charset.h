/* charset.h - the text of encoded-words, as UTF-8. */
#ifndef MIP_CHARSET_H
#define MIP_CHARSET_H

#include "msgidpolicy.h"
#include "writer.h"

/* As the functions below name it. */
extern const mip_text charset_utf_8;

/* Do two charsets have the same name?  RFC 2047, 2: in any case. */
int charset_is(mip_text charset, mip_text name);

/* Is this "utf-8", in any case? */
int charset_is_utf8(mip_text charset);

/* Is it one whose text can be told without the style's decoder? */
int charset_is_known(mip_text charset);

/* May a word that was set be an encoded-word of this charset?  Characters in UTF-8 stand for themselves, so
 * they are no text of another one. */
int charset_holds(mip_text charset, mip_text word);

/* "utf-8" where the octets are UTF-8, else "unknown-8bit" (RFC 1428, 3). */
mip_text charset_of_octets(mip_text octets);

/* The charset of what charset_decode() appends: "utf-8", or "unknown-8bit" for that. */
mip_text charset_of_decoded(mip_text words);

/* Append the text of encoded-words of one charset, with white space between them, to the scratch
 * area of w.  They are decoded together, so a character may be cut by two of them.  Returns 0,
 * and appends nothing, when they stand for no text, or for one with a CR or LF. */
int charset_decode(writer *w, mip_text words);

/* Would charset_decode() return 1? */
int charset_decodes(writer *w, mip_text words);

/* Take what the scratch area of w holds from `start` on out of it.  Was a CR or LF in it, as a text of this charset, or
 * if it is none, as it stood? */
int charset_takes_line_end(writer *w, size_t start, mip_text charset);

#endif
