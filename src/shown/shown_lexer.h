/* shown_lexer.h - the tokens of a field body where CPython sees them, malformed ones too. */
#ifndef MIP_SHOWN_LEXER_H
#define MIP_SHOWN_LEXER_H

#include "msgidpolicy.h"

/* The octets of the white space that [at, end) begins with, as Unicode has it; 0 for none. */
size_t shown_space(const char *at, const char *end);

/* The end of white space at `at`: behind a SP or HTAB all that Unicode calls so, as Python's str.lstrip() has it. */
const char *shown_skip_blanks(const char *at, const char *end);

/* The end of the comment at `at`, which is "(": that of the body where it is left open. */
const char *shown_skip_comment(const char *at, const char *end);

/* The end of white space and comments at `at`; `*has_comment` where there is one of these. */
const char *shown_skip_cfws(const char *at, const char *end, int *has_comment);

/* The end of the quoted-string at `at`, which is DQUOTE: that of the body where it is left open. */
const char *shown_skip_quoted_string(const char *at, const char *end);

/* Is it one of the specials (RFC 5322, 3.2.3)?  "(", "." and DQUOTE do not end a phrase (4.1, obs-phrase). */
int shown_is_special(char octet);
int shown_ends_phrase(char octet);

/* The end of other text than specials and white space, at `at`. */
const char *shown_skip_atom(const char *at, const char *end);

/* One of tspecials, or white space (RFC 2045, 5.1; as in CPython "." is none). */
int shown_ends_token(char octet);

#endif
