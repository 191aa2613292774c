/* literal.h - text that stays as it is. */
#ifndef MIP_LITERAL_H
#define MIP_LITERAL_H

#include "msgidpolicy.h"
#include "write/writer.h"

/* Does text hold a character that cannot travel as it is?  *at is the place of the first. */
int literal_needs_encoding(const writer *w, mip_text text, const char **at);

/* Fail where a literal, in which no encoded-word may be, was set and holds a character that cannot travel as it is. */
void literal_check(writer *w, mip_text literal);

#endif
