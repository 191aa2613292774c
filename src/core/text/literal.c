#include "text/literal.h"

#include "lex/octet.h"
#include "lex/span.h"
#include "lex/utf8.h"
#include "write/writer.h"

int literal_needs_encoding(const writer *w, mip_text text, const char **at)
{
    const char *end = text.data + text.size;

    for (const char *octet = text.data; octet < end; octet++) {
        size_t size = 0;
        if (!octet_is(*octet, OCTET_CONTROL | OCTET_8BIT))
            continue;
        if (w->style->utf8 && octet_is(*octet, OCTET_8BIT))
            size = utf8_character(span(octet, end));
        if (size == 0 || utf8_is_control(span(octet, end), size)) {
            *at = octet;
            return 1;
        }
        octet += size - 1;
    }
    return 0;
}

void literal_check(writer *w, mip_text literal)
{
    const char *at;
    mip_text rest;

    if (w->style->read || !literal_needs_encoding(w, literal, &at))
        return;
    rest = span(at, literal.data + literal.size);
    if (octet_is(*at, OCTET_CONTROL))
        writer_fail(w, MIP_CONTROL, at);
    else if (utf8_character(rest) == 0)
        writer_fail(w, MIP_NOT_UTF8, at);
    else if (utf8_is_control(rest, utf8_character(rest)))
        writer_fail(w, MIP_CONTROL, at);
    else
        writer_fail(w, MIP_NOT_ASCII, at);
}
