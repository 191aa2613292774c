#include "fields/phrase.h"

#include "lex/encoded_word.h"
#include "lex/encoded_word_part.h"
#include "lex/lexer.h"
#include "lex/limits.h"
#include "lex/octet.h"
#include "lex/span.h"
#include "lex/utf8.h"
#include "text/charset.h"
#include "text/encoded_words.h"
#include "text/literal.h"
#include "text/look_alike.h"
#include "text/word.h"
#include "write/gathered.h"
#include "write/long_item.h"
#include "write/output.h"
#include "write/writer.h"

/* The end of the word at `at`: white space outside of quoted-strings ends it. */
static const char *skip_phrase_word(const char *at, const char *end)
{
    while (at < end && !octet_is(*at, OCTET_WSP)) {
        const char *behind = *at == '\\' ? lexer_skip(at, end) : NULL;
        if (*at == '"')
            behind = lexer_skip_quoted_string(at, end);
        at = behind ? behind : at + 1;
    }
    return at;
}

/* Does an encoded-word that was read stay, on a line of its own with the white space before it and a separator, or on
 * the line of the field's name? */
static int is_kept(const writer *w, mip_text part)
{
    size_t used = MOST_BLANKS + (w->has_word ? 0 : w->octets);

    return used < LINE_OCTETS && word_is_kept(w, part, LINE_OCTETS - used);
}

/* Does a phrase hold a word that looks like an encoded-word without being one?  A word that begins with a quote is not
 * looked at. */
static int has_look_alike(writer *w, mip_text phrase, int beside_encoded_words)
{
    const char *at = phrase.data, *end = at + phrase.size;
    int may_be = look_alike_may_be(w, phrase);

    while (may_be && at < end) {
        mip_text part = span(at, skip_phrase_word(at, end));
        if (*at != '"' && look_alike_is(w, part, beside_encoded_words))
            return 1;
        at = span_blanks(at + part.size, end);
    }
    return 0;
}

phrase_kind phrase_classify(writer *w, mip_text phrase)
{
    const char *end = phrase.data + phrase.size, *fault;
    phrase_kind kind = PHRASE_PLAIN;

    if (literal_needs_encoding(w, phrase, &fault))
        return PHRASE_TO_ENCODE;
    for (const char *at = phrase.data; at < end;) {
        mip_text part = span(at, skip_phrase_word(at, end));
        if (encoded_word_is(part)) {
            if (part.size > ENCODED_WORD_SIZE && !is_kept(w, part) && charset_decodes(w, part))
                return PHRASE_TO_ENCODE;
            kind = PHRASE_ENCODED;
        }
        at = span_blanks(at + part.size, end);
    }
    return has_look_alike(w, phrase, w->beside_encoded_words || kind == PHRASE_ENCODED) ? PHRASE_TO_ENCODE : kind;
}

/* The size of the encoded-word that text begins with, if programs show it decoded; else 0.  In mail that was read they
 * do so at the beginning of a word, even if no white space follows the encoded-word or quotes are around it. */
static size_t decoded_size(writer *w, mip_text text)
{
    encoded_word encoded;

    if (!w->style->read || !encoded_word_read(text, &encoded))
        return 0;
    return charset_decodes(w, span(text.data, text.data + encoded.size)) ? encoded.size : 0;
}

/* Append the text of the encoded-words from `at` on, and return the end of the last.  White space between two is not
 * part of it. */
static const char *gather_encoded_words(writer *w, const char *at, const char *end)
{
    const char *next = at;
    size_t size;

    while ((size = decoded_size(w, span(next, end))) > 0) {
        charset_decode(w, span(next, next + size));
        at = next + size;
        next = span_blanks(at, end);
    }
    return at;
}

/* Append the text of a word: what is between the quotes of a quoted-string, each quoted-pair resolved, and all other
 * octets as they are, among them a quote that no other closes.  Returns 1 if the word ends in an encoded-word. */
static int gather_word(writer *w, mip_text part)
{
    const char *at = part.data, *end = at + part.size, *behind = at;
    int quoted = 0, begins = 1;

    for (; at < end; at++) {
        if (begins)
            at = behind = gather_encoded_words(w, at, end);
        if (at == end)
            break;
        begins = *at == '"' || (*at == '.' && !quoted) || octet_is(*at, OCTET_WSP);
        if (*at == '"' && (quoted || lexer_skip_quoted_string(at, end))) {
            quoted = !quoted;
            continue;
        }
        if (*at == '\\' && end - at > 1) {
            if (!quoted)
                writer_put_scratch(w, span(at, at + 1));
            at++;
        }
        writer_put_scratch(w, span(at, at + 1));
    }
    return part.size > 0 && behind == end;
}

/* Append the text of a phrase.  White space between two encoded-words is not part of it. */
static void gather_phrase(writer *w, mip_text phrase)
{
    const char *at = phrase.data, *end = at + phrase.size;
    mip_text blanks = nothing;
    int behind_encoded_word = 0;

    while (at < end) {
        mip_text part = span(at, skip_phrase_word(at, end));
        int encoded = encoded_word_is(part) && charset_decodes(w, part);
        if (!behind_encoded_word || !(encoded || decoded_size(w, part) > 0))
            writer_put_scratch(w, blanks);
        behind_encoded_word = encoded ? charset_decode(w, part) : gather_word(w, part);
        at = span_blanks(at + part.size, end);
        blanks = span(part.data + part.size, at);
    }
    writer_put_scratch(w, blanks); /* after odd quotes there may be some */
}

size_t phrase_encoded_size(writer *w, mip_text phrase, int *is_utf8)
{
    size_t start = w->output->size, size = 0;

    *is_utf8 = utf8_is_valid(phrase);
    gather_phrase(w, phrase);
    if (w->result.status == MIP_OK) {
        mip_text text = output_since(w->output, start);
        *is_utf8 = utf8_is_valid(text);
        size = encoded_word_whole(text, *is_utf8).size;
        w->output->size = start;
    }
    return size;
}

void phrase_put_encoded(writer *w, mip_text blanks, mip_text phrase, int is_utf8)
{
    encoded_words run = encoded_words_none(w);

    encoded_words_open(&run, blanks, nothing, is_utf8);
    gathered_open(&run.text);
    gather_phrase(w, phrase);
    encoded_words_put(&run, nothing, 0);
}

/* The words from `at` up to the next encoded-word; or the encoded-word at `at`, if there is one. */
static mip_text read_phrase_words(const char *at, const char *end)
{
    mip_text words = span(at, skip_phrase_word(at, end)), next = words;

    while (!encoded_word_is(next)) {
        const char *begin = span_blanks(next.data + next.size, end);
        words = span(at, next.data + next.size);
        next = span(begin, skip_phrase_word(begin, end));
        if (begin == end)
            break;
    }
    return words;
}

void phrase_put_words(writer *w, mip_text blanks, mip_text phrase, mip_text closing, int together)
{
    const char *at = phrase.data, *end = at + phrase.size;

    if (blanks.size + phrase.size + closing.size + (w->has_word ? 0 : w->octets) > LINE_OCTETS)
        together = 0;
    while (at < end) {
        mip_text part = together ? read_phrase_words(at, end) : span(at, skip_phrase_word(at, end)), end_of_part = nothing;
        const char *behind = part.data + part.size;
        at = span_blanks(behind, end);
        if (at == end) /* after odd quotes there may be white space before it */
            end_of_part = span(behind, closing.data + closing.size);
        if (blanks.size + part.size + end_of_part.size + (w->has_word ? 0 : w->octets) > LINE_OCTETS)
            long_item_put(w, blanks, part, end_of_part, MIP_PHRASES);
        else
            writer_put_item(w, blanks, part, nothing, end_of_part, encoded_word_is(part));
        blanks = span(behind, at);
    }
}
