#include "phrase.h"

#include <string.h>

#include "charset.h"
#include "encoded_word.h"
#include "lexer.h"
#include "long_item.h"
#include "look_alike.h"
#include "run.h"
#include "span.h"
#include "word.h"

static const mip_text nothing = {"", 0};

/* The end of the word at `at`: white space outside of quoted-strings ends it. */
static const char *skip_word(const char *at, const char *end)
{
    while (at < end && !octet_is(*at, OCTET_WSP)) {
        const char *behind = *at == '\\' ? lexer_skip(at, end) : NULL;
        if (*at == '"')
            behind = lexer_skip_quoted_string(at, end);
        at = behind ? behind : at + 1;
    }
    return at;
}

static int is_encoded_word(mip_text part)
{
    encoded_word encoded;

    return encoded_word_read(part, &encoded) && encoded.size == part.size;
}

/* Does it stay, on a line of its own with the white space before it and a separator, or behind the field's name? */
static int is_kept(const writer *w, mip_text part)
{
    size_t used = RUN_BLANKS + (w->has_word ? 0 : w->octets);

    return used < LINE_OCTETS && word_is_kept(w, part, LINE_OCTETS - used);
}

/* Does a phrase hold a word that looks like an encoded-word, and is none?  One that begins with a quote is no such. */
static int has_look_alike(writer *w, mip_text phrase, int beside_encoded_words)
{
    const char *at = phrase.data, *end = at + phrase.size;
    int may_be = look_alike_may_be(w, phrase);

    while (may_be && at < end) {
        mip_text part = span(at, skip_word(at, end));
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

    if (word_needs_encoding(w, phrase, &fault))
        return PHRASE_TO_ENCODE;
    for (const char *at = phrase.data; at < end;) {
        mip_text part = span(at, skip_word(at, end));
        if (is_encoded_word(part)) {
            if (part.size > ENCODED_WORD_SIZE && !is_kept(w, part) && charset_decodes(w, part))
                return PHRASE_TO_ENCODE;
            kind = PHRASE_ENCODED;
        }
        at = span_blanks(at + part.size, end);
    }
    return has_look_alike(w, phrase, w->beside_encoded_words || kind == PHRASE_ENCODED) ? PHRASE_TO_ENCODE : kind;
}

/* The octets of the encoded-word that text begins with, if it is shown as what it stands for: in mail that was read it
 * is at the begin of a word, though no white space follows it or quotes are around it. */
static size_t decoded_size(writer *w, mip_text text)
{
    encoded_word encoded;

    if (!w->style->read || !encoded_word_read(text, &encoded))
        return 0;
    return charset_decodes(w, span(text.data, text.data + encoded.size)) ? encoded.size : 0;
}

/* Append encoded-words from `at` on; the end of the last.  White space between two is none of their text. */
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

/* Append what stands between the quotes of a quoted-string, each quoted-pair resolved; other octets, a quote that no
 * other closes among them, as they are.  Is its end an encoded-word? */
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

/* Append the text of a phrase.  White space between two encoded-words is none of it. */
static void gather(writer *w, mip_text phrase)
{
    const char *at = phrase.data, *end = at + phrase.size;
    mip_text blanks = nothing;
    int behind_encoded_word = 0;

    while (at < end) {
        mip_text part = span(at, skip_word(at, end));
        int encoded = is_encoded_word(part) && charset_decodes(w, part);
        if (!behind_encoded_word || !(encoded || decoded_size(w, part) > 0))
            writer_put_scratch(w, blanks);
        behind_encoded_word = encoded ? charset_decode(w, part) : gather_word(w, part);
        at = span_blanks(at + part.size, end);
        blanks = span(part.data + part.size, at);
    }
    writer_put_scratch(w, blanks); /* behind odd quotes there may be some */
}

/* The charset of the phrase's text, and the size of that as one encoded-word. */
static mip_text charset_of_phrase(writer *w, mip_text phrase, size_t *encoded_size)
{
    size_t start = w->output->size;
    mip_text charset = charset_of_octets(phrase);

    *encoded_size = 0;
    gather(w, phrase);
    if (w->result.status == MIP_OK) {
        mip_text text = output_since(w->output, start);
        charset = charset_of_octets(text);
        *encoded_size = encoded_word_whole(text, charset).size;
        w->output->size = start;
    }
    return charset;
}

size_t phrase_encoded_size(writer *w, mip_text phrase)
{
    size_t size;

    charset_of_phrase(w, phrase, &size);
    return size;
}

void phrase_put_encoded(writer *w, mip_text blanks, mip_text phrase)
{
    size_t size;
    run r = run_none(w);

    run_open(&r, blanks, nothing, charset_of_phrase(w, phrase, &size));
    gathered_open(&r.text);
    gather(w, phrase);
    run_put(&r, nothing, 0);
}

/* The words at `at` up to the next encoded-word, or one of those. */
static mip_text read_words(const char *at, const char *end)
{
    mip_text words = span(at, skip_word(at, end)), next = words;

    while (!is_encoded_word(next)) {
        const char *begin = span_blanks(next.data + next.size, end);
        words = span(at, next.data + next.size);
        next = span(begin, skip_word(begin, end));
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
        mip_text part = together ? read_words(at, end) : span(at, skip_word(at, end)), end_of_part = nothing;
        const char *behind = part.data + part.size;
        at = span_blanks(behind, end);
        if (at == end) /* behind odd quotes there may be white space before it */
            end_of_part = span(behind, closing.data + closing.size);
        if (blanks.size + part.size + end_of_part.size + (w->has_word ? 0 : w->octets) > LINE_OCTETS)
            long_item_put(w, blanks, part, end_of_part, MIP_PHRASES);
        else
            writer_put_item(w, blanks, part, nothing, end_of_part, is_encoded_word(part));
        blanks = span(behind, at);
    }
}
