#include "brackets.h"

#include <string.h>

#include "encoded_words.h"
#include "text.h"

/* The end of what is closed by an octet that nests where it opens, quoted-pairs aside; NULL where it stays open. */
static const char *skip_brackets(const char *at, const char *end, char opening, char closing)
{
    size_t depth = 0;

    for (; at < end; at++) {
        if (*at == '\\' && opening != '[') {
            at++;
            continue;
        }
        if (*at == closing && depth > 0 && (opening != closing || depth == 1))
            depth--;
        else if (*at == opening && (depth == 0 || opening == '('))
            depth++;
        if (depth == 0)
            return at + 1;
    }
    return NULL;
}

/* Would all take it for an encoded-word?  With a charset, in which there is no "=", and with no "?" but the
 * four that are its own: RFC 2047, 2 */
static int is_one_to_all(const encoded_word_found *found)
{
    size_t marks = 0;

    for (size_t i = 0; i < found->whole.size; i++)
        marks += found->whole.data[i] == '?';
    if (marks != 4 || found->charset.size == 0 || text_find(found->charset, text_of("=")))
        return 0;
    return encoded_words_is_atom(found->whole);
}

/* Skip an encoded-word, or one octet; NULL where one begins that not all would take for one. */
static const char *skip_encoded_word(const char *at, const char *end)
{
    encoded_word_found found;

    if (end - at < 2 || at[1] != '?')
        return at + 1;
    return encoded_words_read(at, end, &found) && is_one_to_all(&found) ? at + found.whole.size : NULL;
}

/* Skip what is in brackets of its own, or one octet; NULL where that is left open, or was never opened. */
static const char *skip_token(const char *at, const char *end)
{
    switch (*at) {
    case '"':
        return skip_brackets(at, end, '"', '"');
    case '(':
        return skip_brackets(at, end, '(', ')');
    case '[':
        return skip_brackets(at, end, '[', ']');
    case '<':
        return skip_brackets(at, end, '<', '>');
    case ')':
    case ']':
    case '>':
    case '\\':
        return NULL;
    case '=':
        return skip_encoded_word(at, end);
    default:
        return at + 1;
    }
}

const char *brackets_skip_item(const char *at, const char *end)
{
    while (at && at < end && !text_is_blank(*at))
        at = skip_token(at, end);
    return at ? at : end;
}

mip_text brackets_separators(mip_text body)
{
    const char *at = body.data, *end = at + body.size;
    mip_text separators = text_copy(body);
    char *to = (char *)separators.data;

    while (at && at < end) {
        if (strchr("<,;:", *at) && *at)
            *to++ = *at;
        at = skip_token(at, end);
    }
    separators.size = (size_t)(to - separators.data);
    return separators;
}

int brackets_are_balanced(mip_text body)
{
    const char *at = body.data, *end = at + body.size;

    while (at && at < end)
        at = skip_token(at, end);
    return at != NULL;
}
