#include "text/look_alike.h"

#include <string.h>

#include "lex/encoded_word.h"
#include "lex/limits.h"
#include "lex/span.h"
#include "text/charset.h"
#include "write/writer.h"

/* Is this a legal encoded-word of a charset that the core does not know?  Then its text cannot be told. */
static int is_foreign(writer *w, const encoded_word *word)
{
    size_t start = w->output->size;
    int is_well_formed = charset_put_octets(w, word);

    w->output->size = start;
    return is_well_formed && word->encoded_text.size > 0 && word->size <= ENCODED_WORD_SIZE && !charset_is_known(word->charset);
}

/* Is there an encoded-word in the word, whatever is around it? */
static int holds_encoded_word(writer *w, mip_text word)
{
    const char *at = word.data, *end = at + word.size;
    encoded_word encoded;

    for (; (at = span_find_two(span(at, end), "=?")) != NULL; at++)
        if (encoded_word_read(span(at, end), &encoded) &&
            (charset_decodes(w, span(at, at + encoded.size)) || is_foreign(w, &encoded)))
            return 1;
    return 0;
}

int look_alike_may_be(const writer *w, mip_text text)
{
    return w->has_beginnings && !w->style->read && span_find_two(text, "=?") != NULL;
}

int look_alike_is(writer *w, mip_text word, int beside_encoded_words)
{
    const char *end = word.data + word.size;

    if (!look_alike_may_be(w, word) || holds_encoded_word(w, word))
        return 0;
    return beside_encoded_words || (memcmp(word.data, "=?", 2) == 0 && memcmp(end - 2, "?=", 2) == 0);
}
