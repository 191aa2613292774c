#include "view_writer.h"

#include <string.h>

#include "charset.h"
#include "encoded_word.h"
#include "octet.h"
#include "span.h"

void view_differ(view_writer *v)
{
    if (!v->differs)
        writer_put_scratch(&v->w, span(v->w.body.data, v->seen));
    v->differs = 1;
}

void view_put(view_writer *v, const char *begin, const char *end)
{
    if (begin == v->seen && !v->differs) {
        v->seen = end;
        return;
    }
    view_differ(v);
    writer_put_scratch(&v->w, span(begin, end));
}

int view_take(view_writer *v, char octet)
{
    if (v->at == v->end || *v->at != octet)
        return 0;
    view_put(v, v->at, v->at + 1);
    v->at++;
    return 1;
}

void view_put_octet(view_writer *v, const char *octet)
{
    if (v->at < v->end && *v->at == *octet && !v->differs && v->seen == v->at)
        view_put(v, v->at, v->at + 1);
    else
        view_put(v, octet, octet + 1);
}

mip_text view_read_run(view_writer *v, int classes)
{
    const char *begin = v->at;

    while (v->at < v->end && octet_is(*v->at, classes))
        v->at++;
    return span(begin, v->at);
}

size_t view_count_beginnings(mip_text text)
{
    const char *at = text.data, *end = at + text.size;
    size_t count = 0;

    while (at < end && (at = memchr(at, '=', (size_t)(end - at))) != NULL)
        if (++at < end && *at == '?')
            count++;
    return count;
}

mip_text view_find_encoded_word(const view_writer *v, const char *at)
{
    mip_text none = {at, 0};
    encoded_word word;

    if (!encoded_word_read(span(at, v->end), &word) || (at + word.size < v->end && at[word.size] != ' '))
        return none;
    return charset_is_utf8(charset_of_decoded(span(at, at + word.size))) ? span(at, at + word.size) : none;
}

int view_decode(view_writer *v, mip_text word)
{
    view_differ(v);
    v->to_decode -= view_count_beginnings(word);
    v->at = word.data + word.size;
    return charset_decode(&v->w, word);
}
