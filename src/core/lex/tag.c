#include "lex/tag.h"

#include <string.h>

#include "lex/encoded_word.h"
#include "lex/octet.h"
#include "lex/span.h"

/* tag-list = tag-spec *( ";" tag-spec ) [ ";" ]   RFC 6376, 3.2
 * No value holds a ";". */
const char *tag_of(const char *tag, const char *at)
{
    const char *semicolon;

    while (tag < at && (semicolon = memchr(tag, ';', (size_t)(at - tag))) != NULL)
        tag = semicolon + 1;
    return tag;
}

/* sig-b-tag   = %x62 [FWS] "=" [FWS] sig-b-tag-data             RFC 6376, 3.5
 * sig-bh-tag  = %x62 %x68 [FWS] "=" [FWS] sig-bh-tag-data       RFC 6376, 3.5
 * keydata                                                     Autocrypt Level 1, 2.1.1 */
static int is_in_base64(mip_text name)
{
    static const mip_text names[] = {{"b", 1}, {"bh", 2}, {"keydata", 7}};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (name.size == names[i].size && memcmp(name.data, names[i].data, name.size) == 0)
            return 1;
    return 0;
}

static int is_base64(char octet)
{
    return octet == '=' || encoded_word_base64_value(octet) >= 0;
}

/* tag-spec = [FWS] tag-name [FWS] "=" [FWS] tag-value [FWS]   RFC 6376, 3.2 */
const char *tag_base64(mip_text text)
{
    const char *end = text.data + text.size, *begin = span_blanks(text.data, end), *at = begin, *value;
    mip_text name;

    while (at < end && octet_is(*at, OCTET_ATEXT) && *at != '=')
        at++;
    name = span(begin, at);
    at = span_blanks(at, end);
    if (at == end || *at != '=' || !is_in_base64(name))
        return NULL;
    value = span_blanks(at + 1, end);
    return value < end && is_base64(*value) ? at + 1 : NULL;
}

/* base64string = ALPHADIGITPS *([FWS] ALPHADIGITPS) [ [FWS] "=" [ [FWS] "=" ] ]   RFC 6376, 2.10 */
int tag_may_fold(const char *base64, const char *at)
{
    return at > base64 && is_base64(at[-1]) && is_base64(*at);
}
