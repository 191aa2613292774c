/* long_item.h - an item of a structured field body that no line of 998 octets can hold. */
#ifndef MIP_LONG_ITEM_H
#define MIP_LONG_ITEM_H

#include "msgidpolicy.h"
#include "write/writer.h"

/* Append the item, after the white space that was before it in the body, in as few lines as can be.
 *
 * One SP is put in where the syntax has FWS: before a msg-id that follows another, or after ";"
 * between parameters or tags and "," between URLs.  Where there is no such place, the item is folded at white space in
 * brackets.  MIP_LINE_TOO_LONG where there is none of that either and the body was set; what was read goes on as it
 * came. */
void long_item_put(writer *w, mip_text blanks, mip_text item, mip_text tail, mip_syntax syntax);

/* Append an item of MIP_TAGS as long_item_put() does, and if there is no other place, fold it in the base64 of a tag.
 * `tag` is where the tag begins that the item begins in or with. */
void long_item_put_tags(writer *w, mip_text blanks, mip_text item, mip_text tail, const char *tag);

#endif
