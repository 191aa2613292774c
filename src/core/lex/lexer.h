/* lexer.h - the lexical tokens of a structured field body that hold other octets in brackets. */
#ifndef MIP_LEXER_H
#define MIP_LEXER_H



/* The end of the token at `at`, which is below `end`: a quoted-string, what stands in <...>, a
 * quoted-pair or a single octet.  What is left open ends with the body. */
const char *lexer_skip(const char *at, const char *end);

/* The end of the quoted-string whose first DQUOTE is at `at`; NULL when it is left open. */
const char *lexer_skip_quoted_string(const char *at, const char *end);

/* The end of the comment whose "(" is at `at`, comments in it included; NULL when it is left open. */
const char *lexer_skip_comment(const char *at, const char *end);

/* The same for one comment after the other.  *open, NULL at first, is the parenthesis that was found to be left open: none
 * after it begins a comment, so that the end of the body is looked for only once. */
const char *lexer_skip_next_comment(const char *at, const char *end, const char **open);

/* The end of the token at `at`, comments included; a parenthesis that is left open is a token of one octet. */
const char *lexer_skip_token(const char *at, const char *end, const char **open);

#endif
