/* shown_phrase.h - phrases (RFC 5322, 3.2.5), and what stands for one where there should be none. */
#ifndef MIP_SHOWN_PHRASE_H
#define MIP_SHOWN_PHRASE_H

#include "shown_writer.h"

/* Read a phrase, and append the name that it is: words without quotes, decoded, white space and comments between them
 * one SP. */
void shown_put_name(shown_writer *v);

/* Read one word, or one ".", and append it so; nonzero for an encoded-word. */
int shown_put_word(shown_writer *v);

/* The same where an encoded-word is none. */
void shown_put_plain_word(shown_writer *v);

/* Read a phrase, and append it as it is, but for its encoded-words. */
void shown_put_words(shown_writer *v);

/* Read up to one of `ends`, which end phrases, and append what stands there. */
void shown_put_rest(shown_writer *v, const char *ends);

/* The end of what is no address or parameter at `at`: one of `ends` outside of comments, quoted-strings and
 * encoded-words. */
const char *shown_skip_rest(const char *at, const char *end, const char *ends);

#endif
