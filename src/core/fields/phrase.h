/* phrase.h - display-names, names of groups and other phrases (RFC 5322, 3.2.5). */
#ifndef MIP_PHRASE_H
#define MIP_PHRASE_H

#include "msgidpolicy.h"
#include "write/writer.h"

typedef enum {
    PHRASE_PLAIN,
    PHRASE_ENCODED,  /* with encoded-words that stay as they were written */
    PHRASE_TO_ENCODE /* a character in it needs that, or an encoded-word in it breaks a rule */
} phrase_kind;

phrase_kind phrase_classify(writer *w, mip_text phrase);

/* The size of the phrase as one encoded-word, even if that is too long for one.  `*is_utf8` gets whether its text is
 * UTF-8. */
size_t phrase_encoded_size(writer *w, mip_text phrase, int *is_utf8);

/* Write the phrase as encoded-words, its quotes and quoted-pairs resolved. */
void phrase_put_encoded(writer *w, mip_text blanks, mip_text phrase, int is_utf8);

/* Write the phrase folded between its words, and `closing`, which follows it in the body; a quoted-string is folded
 * inside only where no line could hold it.  `together` says that a phrase that a line could hold is folded only beside
 * encoded-words: some programs keep the line end in a name. */
void phrase_put_words(writer *w, mip_text blanks, mip_text phrase, mip_text closing, int together);

#endif
