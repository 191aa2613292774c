
#include "text/word.h"

#include <string.h>

#include "lex/encoded_word.h"
#include "lex/limits.h"
#include "lex/octet.h"
#include "lex/span.h"
#include "lex/utf8.h"
#include "text/charset.h"
#include "text/literal.h"
#include "text/look_alike.h"
#include "write/writer.h"

/* The word that begins at `at`.  `classes` gets the classes of its octets, of those that cannot travel as they are. */
static mip_text read_word(const char *at, const char *end, int *classes)
{
    const char *begin = at;

    for (*classes = 0; at < end && !octet_is(*at, OCTET_WSP); at++)
        *classes |= octet_is(*at, OCTET_CONTROL | OCTET_8BIT);
    return span(begin, at);
}

/* The end of the word at `at`.  In a comment a quoted-pair is one character, and a blank so quoted
 * ends no word: quoted-pair = "\" (VCHAR / WSP)  RFC 5322, 3.2.1 */
static const char *skip_word(const word_reader *reader, const char *at)
{
    const char *begin = at;

    if (!reader->comment) {
        int classes;
        return at + read_word(at, reader->end, &classes).size;
    }
    while (at < reader->end && (!octet_is(*at, OCTET_WSP) || (at > begin && octet_is(at[-1], OCTET_WSP))))
        at += *at == '\\' && reader->end - at > 1 ? 2 : 1;
    return at;
}

/* The end of what may become an encoded-word: the word, which ends at `end`, or in a comment what
 * comes before the next parenthesis. */
static const char *skip_text(const word_reader *reader, const char *at, const char *end)
{
    while (reader->comment && at < end && *at != '(' && *at != ')')
        at += *at == '\\' && end - at > 1 ? 2 : 1;
    return reader->comment ? at : end;
}

/* Where a group of encoded-words ends that are of one charset, cut within a character, and can be decoded together;
 * NULL if there is none.  The first cannot be decoded alone. */
static const char *decodable_group(word_reader *reader, mip_text first, mip_text charset)
{
    const char *begin = first.data, *end = begin + first.size;
    encoded_word encoded;

    for (;;) {
        const char *next = span_blanks(end, reader->end);
        mip_text text = span(next, skip_text(reader, next, next == end ? next : skip_word(reader, next)));
        if (next == end || !encoded_word_read(text, &encoded) || encoded.size != text.size ||
            !span_is_same(encoded.charset, charset) || charset_decodes(reader->w, text))
            break;
        end = next + text.size;
    }
    if (charset_decodes(reader->w, span(begin, end)))
        return end;
    reader->undecodable = end;
    return NULL;
}

/* The octets that a line has for the next word and the white space around it. */
static size_t room_for_word(const word_reader *reader)
{
    return reader->first < LINE_OCTETS ? LINE_OCTETS - reader->first : 0;
}

int word_is_kept(const writer *w, mip_text text, size_t room)
{
    return w->style->read && w->style->keep && text.size < room;
}

/* What becomes of a word that is an encoded-word: a legal one stays, another is decoded if it can be, and stays if
 * not. */
static word_kind classify_encoded_word(word_reader *reader, mip_text *text, mip_text charset)
{
    const char *end, *fault;
    int clean = !literal_needs_encoding(reader->w, *text, &fault);

    /* A comment may have more on the same line. */
    if (clean && word_is_kept(reader->w, *text, reader->comment ? LINE_OCTETS / 2 : room_for_word(reader)))
        return WORD_ENCODED;
    if (text->data >= reader->undecodable) {
        if (charset_decodes(reader->w, *text))
            return clean && text->size <= ENCODED_WORD_SIZE ? WORD_ENCODED : WORD_TO_DECODE;
        end = decodable_group(reader, *text, charset);
        if (end) {
            *text = span(text->data, end);
            return WORD_TO_DECODE;
        }
    }
    return clean && !look_alike_is(reader->w, *text, 0) ? WORD_ENCODED : WORD_TO_ENCODE;
}

/* The first encoded-word in text that can be decoded; empty, at the end, where there is none. */
static mip_text find_encoded_word(const word_reader *reader, mip_text text)
{
    const char *at = text.data, *end = at + text.size;
    encoded_word encoded;

    for (; at < end && (at = memchr(at, '=', (size_t)(end - at))) != NULL; at++)
        if (encoded_word_read(span(at, end), &encoded) && charset_decodes(reader->w, span(at, at + encoded.size)))
            return span(at, at + encoded.size);
    return span(end, end);
}

/* Cut the text of a word, in which encoded-words touch what has to be encoded, down to its first piece: an
 * encoded-word, or what is before the next one.  In mail that was read programs show such encoded-words decoded. */
static word_kind take_piece(const word_reader *reader, mip_text *text)
{
    mip_text encoded = find_encoded_word(reader, *text);

    if (encoded.data > text->data) {
        *text = span(text->data, encoded.data);
        return WORD_TO_ENCODE;
    }
    *text = encoded;
    return WORD_TO_DECODE;
}

/* Is this a word of mail that was read in which encoded-words touch what has to be encoded? */
static int is_mixed(const word_reader *reader, mip_text text)
{
    const char *fault;

    return reader->w->style->read && literal_needs_encoding(reader->w, text, &fault) &&
           find_encoded_word(reader, text).size > 0;
}

/* What becomes of a word.  Its text may grow by the encoded-words that have to be decoded with it, or be cut down to
 * its first piece. */
static word_kind classify_word(word_reader *reader, mip_text *text)
{
    encoded_word encoded;
    const char *fault;

    if (text->data < reader->mixed_end)
        return take_piece(reader, text);
    if (encoded_word_read(*text, &encoded) && encoded.size == text->size) {
        if (!reader->w->style->read && !charset_holds(encoded.charset, *text))
            return WORD_TO_ENCODE; /* with utf8, too: another reader would decode it */
        return classify_encoded_word(reader, text, encoded.charset);
    }
    if (is_mixed(reader, *text)) {
        reader->mixed_end = text->data + text->size;
        return take_piece(reader, text);
    }
    if (literal_needs_encoding(reader->w, *text, &fault) || look_alike_is(reader->w, *text, reader->beside_encoded_words))
        return WORD_TO_ENCODE;
    return WORD_PLAIN;
}

int word_is_to_encode(word_kind kind)
{
    return kind == WORD_TO_ENCODE || kind == WORD_TO_DECODE;
}

/* Where a line would pass 998 octets the word is encoded, or the white space before it apart from the first and the
 * last blank: the reader then goes on before the last. */
static void encode_too_long(word_reader *reader, text_word *next)
{
    size_t room = room_for_word(reader), size = next->text.size + next->closing.size;
    size_t lead = reader->first && next->blanks.size == 0 ? 0 : 1;

    if (next->blanks.size + size <= room)
        return;
    if (next->kind == WORD_ENCODED && reader->behind_encoded_word) {
        next->blanks.size = 1; /* between encoded-words it is not text: RFC 2047, 6.2 */
        return;
    }
    next->kind = next->kind == WORD_ENCODED && charset_decodes(reader->w, next->text) ? WORD_TO_DECODE : WORD_TO_ENCODE;
    if (lead + size > room || next->blanks.size < 3)
        return;
    next->kind = WORD_TO_ENCODE;
    reader->at = next->blanks.data + next->blanks.size - 1;
    next->text = span(next->blanks.data + 1, reader->at);
    next->blanks.size = 1;
    next->closing = nothing;
}

/* White space at the end of the body stays on the line of the last word, as a fold before it would leave a blank line.
 * So much of it that no line could hold it, beside an encoded-word or at all, becomes a word to encode. */
static void read_text_tail(word_reader *reader, text_word *next)
{
    const char *end = span_blanks(reader->at, reader->end);
    size_t size = (size_t)(end - reader->at);

    if (end != reader->end)
        return;
    if (size > MOST_BLANKS && (word_is_to_encode(next->kind) || 1 + next->text.size + size > room_for_word(reader)))
        return;
    next->closing = span(reader->at, end);
    reader->at = end;
}

/* Let a word that is encoded grow by the words after it that have to be encoded as well, with the white space between
 * them, so that they need not be looked at one by one. */
static void take_alike(const word_reader *reader, text_word *next)
{
    const char *end = next->text.data + next->text.size;

    for (;;) {
        const char *at = span_blanks(end, reader->end);
        int classes;
        mip_text other = read_word(at, reader->end, &classes);
        if (classes == 0 || *at == '=' || is_mixed(reader, other))
            break;
        end = at + other.size;
    }
    next->text = span(next->text.data, end);
}

/* Read the text of the next word, at `at`, which may take from the white space before it. */
static void read_text(word_reader *reader, const char *at, text_word *next)
{
    int classes;

    if (at < reader->mixed_end) {
        next->text = span(at, reader->mixed_end);
        next->kind = take_piece(reader, &next->text);
        return;
    }
    next->text = read_word(at, reader->end, &classes);
    if (next->text.size == 0 && (reader->first == 0 || next->blanks.size > room_for_word(reader))) {
        next->text = span(next->blanks.data + 1, at);
        next->blanks.size = 1;
        next->kind = WORD_TO_ENCODE;
    } else if (classes == 0 && !reader->beside_encoded_words && (next->text.size == 0 || *at != '=')) {
        next->kind = WORD_PLAIN;
    } else {
        next->kind = classify_word(reader, &next->text);
        if (next->kind == WORD_TO_ENCODE && at >= reader->mixed_end && reader->is_utf8 && !reader->w->style->utf8)
            take_alike(reader, next);
    }
}

/* Read the next word of an unstructured body; 0 after the last. */
static int next_unstructured_word(word_reader *reader, text_word *next)
{
    const char *at = span_blanks(reader->at, reader->end);

    if (reader->at == reader->end)
        return 0;
    next->blanks = span(reader->at, at);
    next->opening = next->closing = nothing;
    read_text(reader, at, next);
    reader->at = next->text.data + next->text.size;
    read_text_tail(reader, next);
    if (!word_is_to_encode(next->kind))
        encode_too_long(reader, next);
    reader->first = 0;
    reader->behind_encoded_word = next->kind == WORD_ENCODED || next->kind == WORD_TO_DECODE;
    return 1;
}

/* Find the first text in [at, end), a word of a comment, that is or becomes an encoded-word. */
static int find_text(word_reader *reader, const char *at, const char *end, text_word *next)
{
    while (at < end) {
        if (*at == '(' || *at == ')') {
            at++;
            continue;
        }
        next->text = span(at, at < reader->mixed_end ? reader->mixed_end : skip_text(reader, at, end));
        next->kind = classify_word(reader, &next->text);
        if (next->kind != WORD_PLAIN)
            return 1;
        at += next->text.size;
    }
    return 0;
}

/* Read the next word of a comment, or the rest of a word up to its next encoded-word; 0 after the
 * last.  A parenthesis bounds an encoded-word as white space does (RFC 2047, 5 (2)). */
static int next_comment_word(word_reader *reader, text_word *next)
{
    const char *at = span_blanks(reader->at, reader->end), *end;
    text_word other;

    if (reader->at == reader->end)
        return 0;
    next->blanks = span(reader->at, at);
    next->opening = next->closing = nothing;
    if (at >= reader->word_end)
        reader->word_end = skip_word(reader, at);
    end = reader->word_end;
    if (find_text(reader, at, end, next)) {
        next->opening = span(at, next->text.data);
        at = next->text.data + next->text.size;
        if (at > end)
            end = reader->word_end = skip_word(reader, at);
        if (!find_text(reader, at, end, &other)) {
            next->closing = span(at, end);
            at = end;
        }
        reader->at = at;
    } else {
        next->kind = WORD_PLAIN;
        next->text = span(at, end);
        reader->at = end;
    }
    return 1;
}

int word_next(word_reader *reader, text_word *next)
{
    return reader->comment ? next_comment_word(reader, next) : next_unstructured_word(reader, next);
}

/* Is any of the words an encoded-word, or will it become one? */
static int reads_encoded_word(word_reader reader)
{
    text_word next;

    while (word_next(&reader, &next))
        if (next.kind != WORD_PLAIN)
            return 1;
    return 0;
}

word_reader word_start(writer *w, mip_text text, int is_comment)
{
    word_reader reader = {0};

    reader.w = w;
    reader.at = reader.undecodable = reader.mixed_end = reader.word_end = text.data;
    reader.end = text.data + text.size;
    reader.comment = is_comment;
    reader.first = is_comment ? 0 : w->octets;
    reader.is_utf8 = w->style->well_formed || utf8_is_valid(text);
    reader.beside_encoded_words = w->beside_encoded_words || (look_alike_may_be(w, text) && reads_encoded_word(reader));
    return reader;
}
