#include "shown_writer.h"

#include <string.h>

#include "lex/encoded_word.h"
#include "lex/octet.h"
#include "lex/span.h"
#include "text/charset.h"
#include "write/writer.h"

void shown_give(shown_writer *v, mip_part part, size_t start)
{
    if (v->w.result.status == MIP_OK && v->take(v->taker, &part) != 0)
        writer_fail(&v->w, MIP_NO_SPACE, NULL);
    v->w.output->size = start;
}

void shown_differ(shown_writer *v)
{
    if (!v->differs)
        writer_put_scratch(&v->w, span(v->w.body.data, v->seen));
    v->differs = 1;
}

void shown_put(shown_writer *v, const char *begin, const char *end)
{
    if (begin == v->seen && !v->differs) {
        v->seen = end;
        return;
    }
    shown_differ(v);
    writer_put_scratch(&v->w, span(begin, end));
}

int shown_take(shown_writer *v, char octet)
{
    if (v->at == v->end || *v->at != octet)
        return 0;
    shown_put(v, v->at, v->at + 1);
    v->at++;
    return 1;
}

void shown_put_octet(shown_writer *v, const char *octet)
{
    if (v->at < v->end && *v->at == *octet && !v->differs && v->seen == v->at)
        shown_put(v, v->at, v->at + 1);
    else
        shown_put(v, octet, octet + 1);
}

mip_text shown_read_run(shown_writer *v, int classes)
{
    const char *begin = v->at;

    while (v->at < v->end && octet_is(*v->at, classes))
        v->at++;
    return span(begin, v->at);
}

size_t shown_count_beginnings(mip_text text)
{
    const char *at = text.data, *end = at + text.size;
    size_t count = 0;

    while (at < end && (at = memchr(at, '=', (size_t)(end - at))) != NULL)
        if (++at < end && *at == '?')
            count++;
    return count;
}

mip_text shown_find_encoded_word(const shown_writer *v, const char *at)
{
    mip_text none = {at, 0};
    encoded_word word;

    if (!encoded_word_read(span(at, v->end), &word) || (at + word.size < v->end && at[word.size] != ' '))
        return none;
    return charset_decodes_to_utf8(span(at, at + word.size)) ? span(at, at + word.size) : none;
}

int shown_decode(shown_writer *v, mip_text word)
{
    shown_differ(v);
    v->to_decode -= shown_count_beginnings(word);
    v->at = word.data + word.size;
    return charset_decode(&v->w, word);
}
