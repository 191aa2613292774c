/* lexer.h - the lexical tokens of a structured field body that are in quotes or brackets. */
#ifndef MIP_LEXER_H
#define MIP_LEXER_H

/* The end of the token at `at`, which is below `end`: a quoted-string, a "<...>", a quoted-pair or a single octet.  A
 * token that is left open ends with the body. */
const char *lexer_skip(const char *at, const char *end);

/* The end of the quoted-string whose first DQUOTE is at `at`; NULL when it is left open. */
const char *lexer_skip_quoted_string(const char *at, const char *end);

/* The end of the comment whose "(" is at `at`, comments in it included; NULL when it is left open. */
const char *lexer_skip_comment(const char *at, const char *end);

/* The end of the comment whose "(" is at `at`, where comments are read one after the other; NULL when it is left open.
 * *open is NULL at first, and then the first parenthesis that was found to be left open: none after it begins a
 * comment, so that the body is searched to its end only once. */
const char *lexer_skip_next_comment(const char *at, const char *end, const char **open);

/* The end of the token at `at`, as lexer_skip() has it, or of a comment; a parenthesis that is left open is a token of
 * one octet.  `open` is that of lexer_skip_next_comment(). */
const char *lexer_skip_token(const char *at, const char *end, const char **open);

#endif
