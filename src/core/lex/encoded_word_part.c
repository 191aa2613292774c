#include "lex/encoded_word_part.h"

#include <string.h>

#include "lex/encoded_text.h"
#include "lex/limits.h"
#include "lex/utf8.h"

static const char begin_utf_8[] = "=?utf-8?", begin_unknown[] = "=?unknown-8bit?";

/* The size of text's first character; 1 for an octet of unknown-8bit that is part of no character. */
static size_t character_size(mip_text text, int is_utf8)
{
    size_t size = is_utf8 ? utf8_size(*text.data) : utf8_character(text);

    return size ? size : 1;
}

/* The longest Q part of a text in UTF-8, of at most `room` octets of encoded-text. */
static encoded_word_part fit_q_utf8(mip_text text, size_t room)
{
    encoded_word_part part = {0, encoded_word_frame(1), 'Q', 1};
    size_t used = 0, sure = room / 3; /* octets have room, whatever they are */

    if (sure > text.size)
        sure = text.size;
    for (; part.octets < sure; part.octets++)
        used += encoded_text_q_size_of(text.data[part.octets]);
    while (part.octets < text.size) {
        size_t size = encoded_text_q_size_of(text.data[part.octets]);
        if (used + size > room)
            break;
        used += size;
        part.octets++;
    }
    for (; part.octets > 0 && part.octets < text.size && utf8_is_tail(text.data[part.octets]); used -= 3)
        part.octets--;
    part.size += used;
    return part;
}

/* The same of a text of unknown-8bit, which may hold characters too. */
static encoded_word_part fit_q_octets(mip_text text, size_t room)
{
    encoded_word_part part = {0, encoded_word_frame(0), 'Q', 0};
    size_t used = 0;

    while (text.size > 0) {
        size_t octets = character_size(text, 0), size = octets > 1 ? 3 * octets : encoded_text_q_size_of(*text.data);

        if (used + size > room)
            break;
        used += size;
        part.octets += octets;
        text.data += octets;
        text.size -= octets;
    }
    part.size += used;
    return part;
}

static encoded_word_part fit_q(mip_text text, int is_utf8, size_t room)
{
    return is_utf8 ? fit_q_utf8(text, room) : fit_q_octets(text, room);
}

/* The most octets that a text of unknown-8bit, which may hold characters too, can be cut after: inside no character, a
 * multiple of 3, and not over `most`. */
static size_t cut_octets(mip_text text, size_t most)
{
    size_t octets = 0, found = 0;

    while (octets < text.size && octets <= most) {
        mip_text rest = {text.data + octets, text.size - octets};
        octets += character_size(rest, 0);
        if (octets % 3 == 0 && octets <= most)
            found = octets;
    }
    return found;
}

/* The longest B part of at most `room` octets of encoded-text, without padding unless it is the last. */
static encoded_word_part fit_b(mip_text text, int is_utf8, int last, size_t room)
{
    encoded_word_part part = {text.size, encoded_word_frame(is_utf8), 'B', is_utf8};
    size_t most = room / 4 * 3;

    if (!last || text.size > most)
        part.octets = is_utf8 ? encoded_word_cut(text, most) : cut_octets(text, most);
    part.size += encoded_text_b_size(part.octets);
    return part;
}

encoded_word_part encoded_word_fit(mip_text text, int is_utf8, char encoding, int last, size_t room)
{
    encoded_word_part part = {0, 0, encoding, is_utf8};
    size_t frame = encoded_word_frame(is_utf8);

    if (room > ENCODED_WORD_SIZE)
        room = ENCODED_WORD_SIZE;
    if (room <= frame)
        return part;
    if (encoding == 'B')
        part = fit_b(text, is_utf8, last, room - frame);
    if (part.octets == 0)
        part = fit_q(text, is_utf8, room - frame);
    return part;
}

encoded_word_part encoded_word_first(mip_text text, int is_utf8)
{
    mip_text first = {text.data, character_size(text, is_utf8)};

    return fit_q(first, is_utf8, ENCODED_WORD_SIZE);
}

void encoded_word_write(encoded_word_part part, const char *text, char *word)
{
    mip_text encoded = {text, part.octets};
    char *at = word;

    if (part.is_utf8) { /* nearly always */
        memcpy(at, begin_utf_8, sizeof begin_utf_8 - 1);
        at += sizeof begin_utf_8 - 1;
    } else {
        memcpy(at, begin_unknown, sizeof begin_unknown - 1);
        at += sizeof begin_unknown - 1;
    }
    *at++ = part.encoding == 'B' ? 'b' : 'q';
    *at++ = '?';
    at = part.encoding == 'B' ? encoded_text_write_b(encoded, at) : encoded_text_write_q(encoded, at);
    *at++ = '?';
    *at = '=';
}
