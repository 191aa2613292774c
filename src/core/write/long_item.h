/* long_item.h - an item of a structured field body that no line of 998 octets can hold. */
#ifndef MIP_LONG_ITEM_H
#define MIP_LONG_ITEM_H

#include "msgidpolicy.h"
#include "write/writer.h"

/* Append the item behind the white space that stood before it, in as few lines as can be.
 *
 * One SP is put in where the syntax has FWS: before a msg-id that follows another, or after ";"
 * between parameters or tags and "," between URLs.  Where there is no such place, white space
 * in brackets is folded at.  MIP_LINE_TOO_LONG where there is none of that either and the body was
 * set; what was read goes on as it came. */
void long_item_put(writer *w, mip_text blanks, mip_text item, mip_text tail, mip_syntax syntax);

/* The same of MIP_TAGS, where a place in the base64 of a tag comes last.  `tag` is where the tag begins that the item
 * begins in or with. */
void long_item_put_tags(writer *w, mip_text blanks, mip_text item, mip_text tail, const char *tag);

#endif
