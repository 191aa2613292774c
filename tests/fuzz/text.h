/* text.h - texts in blocks of their own, and what can be asked of one. */
#ifndef TEXT_H
#define TEXT_H

#include "msgidpolicy.h"

/* A string of C, borrowed. */
mip_text text_of(const char *string);
mip_text text_between(const char *begin, const char *end);

/* A copy in a block of exactly that size, which text_free() frees. */
mip_text text_copy(mip_text text);
void text_free(mip_text text);

int text_equal(mip_text one, mip_text other);

/* The first place of `part` in a text, or NULL. */
const char *text_find(mip_text text, mip_text part);

/* SP and HTAB. */
int text_is_blank(char octet);

/* The end of the white space at `at`, and of the octets that are none. */
const char *text_skip_blanks(const char *at, const char *end);
const char *text_skip_word(const char *at, const char *end);

int text_has_blank(mip_text text);

/* Is every octet SP, HTAB or printable US-ASCII? */
int text_is_printable(mip_text text);

int text_has_8bit(mip_text text);

/* Does it hold a control character but HTAB, U+0080 to U+009F, U+2028 or U+2029? */
int text_has_control(mip_text text);

/* The first CR or LF, or NULL. */
const char *text_find_line_end(mip_text text);

/* How many characters of UTF-8 there are, and octets of none. */
size_t text_characters(mip_text text);

/* Is this UTF-8 (RFC 3629, 4)? */
int text_is_utf8(mip_text text);

#endif
