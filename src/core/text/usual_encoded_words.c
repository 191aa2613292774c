#include "text/usual_encoded_words.h"

#include <string.h>

#include "lex/encoded_text.h"
#include "lex/encoded_word_part.h"
#include "lex/limits.h"
#include "lex/span.h"
#include "text/encoded_words.h"
#include "write/writer.h"

/* The longest part of a text that goes into an encoded-word on a line with so much room, as the last of its run; of no
 * octets where not even a character does.  There is never room for more than an encoded-word may have: a line has 76
 * columns, the first of which is white space or of the field's name. */
static inline encoded_word_part fit_usual(mip_text text, char encoding, size_t room)
{
    size_t frame = encoded_word_frame(1), most = (room - frame) / 4 * 3;
    encoded_word_part part = {0, 0, encoding, 1};

    if (room <= frame)
        return part;
    if (encoding == 'B')
        part.octets = text.size <= most ? text.size : encoded_word_cut(text, most);
    if (part.octets == 0 && utf8_size(*text.data) > 1 && 3 * utf8_size(*text.data) > room - frame)
        return part; /* nor in Q, where an octet that is not US-ASCII takes three */
    part.size = frame + encoded_text_b_size(part.octets);
    return part.octets > 0 ? part : encoded_word_fit(text, 1, encoding, 1, room);
}

/* The part of a text that goes on a new line, at least one character. */
static inline encoded_word_part fit_on_new_line(mip_text text, char encoding, size_t limit)
{
    encoded_word_part part = fit_usual(text, encoding, limit - space.size);

    return part.octets > 0 ? part : encoded_word_first(text, 1);
}

/* Write what an encoded-word begins with, "=?utf-8?q?" or "=?utf-8?b?". */
static inline char *write_begin(char *at, char encoding)
{
    memcpy(at, "=?utf-8?", 8);
    at[8] = encoding == 'B' ? 'b' : 'q';
    at[9] = '?';
    return at + 10;
}

/* Write "?=" and the end of a line. */
static inline void write_end(char *at, mip_text linesep)
{
    at[0] = '?';
    at[1] = '=';
    if (linesep.size == 2)
        memcpy(at + 2, linesep.data, 2);
    else
        memcpy(at + 2, linesep.data, linesep.size);
}

/* Append `blanks`, an encoded-word and `linesep`. */
static inline void put_usual_part(writer *w, mip_text blanks, encoded_word_part part, const char *text, mip_text linesep)
{
    mip_text encoded = {text, part.octets};
    char *at = writer_append(w, blanks.size + part.size + linesep.size);

    if (!at)
        return;
    if (blanks.size == 1)
        *at = ' ';
    else
        memcpy(at, blanks.data, blanks.size);
    at += blanks.size;
    at = write_begin(at, part.encoding);
    write_end(part.encoding == 'B' ? encoded_text_write_b(encoded, at) : encoded_text_write_q(encoded, at), linesep);
}

/* Write lines with an encoded-word in B each, while that cannot be the last.  Returns what is left of the text. */
static mip_text put_b_lines(writer *w, mip_text text, size_t room)
{
    size_t most = (room - encoded_word_frame(1)) / 4 * 3, octets;
    mip_text linesep = w->style->linesep;

    while (text.size > most && (octets = encoded_word_cut(text, most)) > 0) {
        char *at = writer_append(w, space.size + encoded_word_frame(1) + octets / 3 * 4 + linesep.size);
        if (!at)
            break;
        *at = ' ';
        at = write_begin(at + space.size, 'B');
        write_end(encoded_text_write_b(span(text.data, text.data + octets), at), linesep);
        w->lines++;
        text = span(text.data + octets, text.data + text.size);
    }
    return text;
}

void usual_encoded_words_put(writer *w, mip_text blanks, mip_text words, size_t limit)
{
    size_t used = w->columns + blanks.size, room = used < limit ? limit - used : 0;
    encoded_word_part part = encoded_word_whole(words, 1);
    char encoding = part.encoding;

    if (part.size > room) {
        part = fit_usual(words, encoding, room);
        if (part.octets == 0 && !(w->has_word && writer_is_single(w, blanks))) {
            encoded_words_put_piece(w, blanks, words, encoding);
            return;
        }
        if (part.octets == 0) {
            writer_break(w);
            part = fit_on_new_line(words, encoding, limit);
        }
        while (part.octets < words.size && w->result.status == MIP_OK) {
            put_usual_part(w, blanks, part, words.data, w->style->linesep);
            writer_begin_line(w);
            blanks = space;
            words = span(words.data + part.octets, words.data + words.size);
            if (encoding == 'B')
                words = put_b_lines(w, words, limit - space.size);
            part = fit_on_new_line(words, encoding, limit);
        }
    }
    put_usual_part(w, blanks, part, words.data, nothing);
    w->columns += blanks.size + part.size;
    w->octets += blanks.size + part.size;
    w->has_word = w->has_encoded_word = 1;
}
