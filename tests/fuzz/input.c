#include "input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "charsets.h"
#include "text.h"

enum {
    FIELD_OCTETS = 4 * 1024,
    NAME_OCTETS = 100, /* a name that fills a line leaves no room for what the rules are about */
    SYNTAXES = MIP_TAGS + 1,
    VIEWS = MIP_VIEW_VERSION + 1
};

static const mip_text nothing = {"", 0};

/* What is left to be read. */
typedef struct {
    const uint8_t *at, *end;
} octets;

static unsigned next_octet(octets *rest)
{
    return rest->at < rest->end ? *rest->at++ : 0;
}

/* Repeat the last octets of the field, while it has room.  %xFF stands for itself where there is nothing to repeat. */
static size_t repeat(char *field, size_t size, unsigned last, unsigned count)
{
    if (last == 0 || last > size || count == 0) {
        field[size] = (char)0xFF;
        return size + 1;
    }
    while (count-- > 0 && FIELD_OCTETS - size >= last) {
        memcpy(field + size, field + size - last, last);
        size += last;
    }
    return size;
}

static mip_text read_field(octets *rest, char field[FIELD_OCTETS])
{
    mip_text text = {field, 0};

    while (rest->at < rest->end && text.size < FIELD_OCTETS) {
        unsigned octet = next_octet(rest);
        if (octet == 0xFF) {
            unsigned count = next_octet(rest);
            text.size = repeat(field, text.size, next_octet(rest), count);
        } else {
            field[text.size++] = (char)octet;
        }
    }
    return text;
}

/* The name, and the body behind its colon and one SP.  What has no name is a body. */
static void split_field(input *in, mip_text field)
{
    size_t most = field.size < NAME_OCTETS ? field.size : NAME_OCTETS;
    const char *colon = memchr(field.data, ':', most), *body = field.data, *end = body + field.size;

    in->name = text_copy(colon ? text_between(field.data, colon) : text_of("X"));
    if (colon)
        body = colon + 1 + (end - colon > 1 && colon[1] == ' ');
    in->body = text_copy(text_between(body, end));
}

/* 0 to 199 columns, or about as many as RFC 5322, 2.1.1 allows. */
static size_t limit_of(unsigned octet)
{
    return octet < 200 ? octet : 996 + octet % 4;
}

static mip_view view_of_name(mip_text name)
{
    switch (mip_syntax_of(name)) {
    case MIP_ADDRESSES:
        return MIP_VIEW_ADDRESSES;
    case MIP_PARAMETERS:
        return name.size == strlen("Content-Type") ? MIP_VIEW_CONTENT_TYPE : MIP_VIEW_DISPOSITION;
    case MIP_MSG_IDS:
        return MIP_VIEW_MSG_IDS;
    case MIP_TOKENS:
        return name.size == strlen("Date")           ? MIP_VIEW_DATE
               : name.size == strlen("MIME-Version") ? MIP_VIEW_VERSION
                                                     : MIP_VIEW_TOKEN;
    default:
        return MIP_VIEW_TEXT;
    }
}

input input_read(const uint8_t *data, size_t size)
{
    static char field[FIELD_OCTETS];
    octets rest = {data, data + size};
    unsigned kind = next_octet(&rest), limit = next_octet(&rest), flags = next_octet(&rest);
    unsigned growth = next_octet(&rest);
    input in = {0};

    in.growth = growth_of(growth, next_octet(&rest));
    split_field(&in, read_field(&rest, field));
    in.syntax = kind == 0 ? mip_syntax_of(in.name) : (mip_syntax)(kind % SYNTAXES);
    in.view = kind == 0 ? view_of_name(in.name) : (mip_view)(kind / SYNTAXES % VIEWS);
    in.style.max_line_length = limit_of(limit);
    in.style.linesep = text_of("\r\n");
    in.output = nothing;
    in.style.utf8 = flags & 1;
    in.style.read = flags & 2;
    in.style.keep = flags & 4;
    in.style.decode = flags & 8 ? NULL : charsets_decode;
    in.style.to_a_labels = flags & 16 ? NULL : charsets_to_a_labels;
    return in;
}

void input_free(input *in)
{
    text_free(in->name);
    text_free(in->body);
    in->name = in->body = nothing;
}

mip_text input_value(const input *in)
{
    mip_text value = in->body;

    if (value.size > 0 && value.data[value.size - 1] == '\n')
        value.size -= value.size > 1 && value.data[value.size - 2] == '\r' ? 2 : 1;
    else if (value.size > 0 && value.data[value.size - 1] == '\r')
        value.size--;
    return value;
}

static void print_octet(unsigned char octet)
{
    if (octet == '"' || octet == '\\')
        fprintf(stderr, "\\%c", octet);
    else if (octet == '\r' || octet == '\n')
        fputs(octet == '\r' ? "\\r" : "\\n", stderr);
    else if (octet >= ' ' && octet < 0x7F)
        fputc(octet, stderr);
    else
        fprintf(stderr, "\\x%02x", octet);
}

/* In Python's notation, with a number where an octet is repeated. */
static void print_text(const char *what, mip_text text)
{
    enum { MANY = 12 };

    fprintf(stderr, "  %s: b\"", what);
    for (size_t i = 0, end; i < text.size; i = end) {
        for (end = i + 1; end < text.size && text.data[end] == text.data[i];)
            end++;
        if (end - i >= MANY) {
            fputs("\" + b\"", stderr);
            print_octet((unsigned char)text.data[i]);
            fprintf(stderr, "\" * %zu + b\"", end - i);
            continue;
        }
        for (size_t j = i; j < end; j++)
            print_octet((unsigned char)text.data[j]);
    }
    fputs("\"\n", stderr);
}

void expect(const input *in, int holds, const char *sentence)
{
    static const char *const syntaxes[SYNTAXES] = {
        "unstructured", "phrases", "addresses", "parameters", "msg-ids", "tokens", "tags",
    };

    if (holds)
        return;
    fprintf(stderr, "\nThis does not hold: %s.\n", sentence);
    print_text("name", in->name);
    print_text("body", in->body);
    print_text("output", in->output);
    fprintf(stderr, "  syntax: %s, view: %d, limit: %zu%s%s%s%s%s\n", syntaxes[in->syntax], (int)in->view,
            in->style.max_line_length, in->style.utf8 ? ", utf8" : "", in->style.read ? ", read" : "",
            in->style.keep ? ", keep" : "", in->style.decode ? "" : ", no decoder",
            in->style.to_a_labels ? "" : ", no A-labels");
    abort();
}
