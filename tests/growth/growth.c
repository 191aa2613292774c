/* growth NAME PIECE [BEFORE BEHIND]: the work of folding and showing NAME's field, with PIECE again and again in its
 * body, between BEFORE and BEHIND.
 *
 * Prints a line for 64, 128 and 256 kB of body: the basic blocks that ran and the
 * octets that memchr(), memcpy() and their like went through, for a body that was set and for one that was read.
 *
 * Compiled with -fsanitize-coverage=trace-pc -fno-builtin, which has the compiler call
 * __sanitizer_cov_trace_pc() from each block, and linked with --wrap for the functions below. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "msgidpolicy.h"
#include "shown.h"

#define UNCOUNTED __attribute__((no_sanitize_coverage))

static uint64_t work;

void __sanitizer_cov_trace_pc(void);
void *__real_memchr(const void *text, int octet, size_t size);
void *__real_memcpy(void *to, const void *from, size_t size);
void *__real_memmove(void *to, const void *from, size_t size);

UNCOUNTED void __sanitizer_cov_trace_pc(void)
{
    work++;
}

UNCOUNTED void *__wrap_memchr(const void *text, int octet, size_t size)
{
    const char *found = __real_memchr(text, octet, size);

    work += found ? (size_t)(found - (const char *)text) : size;
    return (void *)found;
}

UNCOUNTED void *__wrap_memcpy(void *to, const void *from, size_t size)
{
    work += size;
    return __real_memcpy(to, from, size);
}

UNCOUNTED void *__wrap_memmove(void *to, const void *from, size_t size)
{
    work += size;
    return __real_memmove(to, from, size);
}

static int grow(mip_output *output, size_t capacity)
{
    char *data = realloc(output->data, capacity);

    if (!data)
        return -1;
    work += output->size;
    output->data = data;
    output->capacity = capacity;
    return 0;
}

/* Each octet of any charset for itself. */
static int decode(mip_text charset, mip_text octets, mip_output *utf8)
{
    char *copy = malloc(octets.size + 1);
    size_t size = utf8->size + octets.size;

    (void)charset;
    if (!copy)
        return 1;
    memcpy(copy, octets.data, octets.size);
    if (utf8->capacity < size && utf8->grow(utf8, size + size / 2) != 0) {
        free(copy);
        return 1;
    }
    memcpy(utf8->data + utf8->size, copy, octets.size);
    utf8->size = size;
    free(copy);
    return 0;
}

static int take(void *taker, const mip_part *part)
{
    (void)taker;
    (void)part;
    return 0;
}

/* As each kind of field; a disposition is shown as a type is. */
static void show(mip_text body, mip_output *output)
{
    for (int view = MIP_VIEW_TEXT; view <= MIP_VIEW_VERSION; view++)
        if (view != MIP_VIEW_DISPOSITION)
            mip_show(body, (mip_view)view, NULL, output);
    mip_read_parts(body, MIP_VIEW_ADDRESSES, NULL, take, NULL, output);
    mip_read_parts(body, MIP_VIEW_CONTENT_TYPE, NULL, take, NULL, output);
}

static uint64_t work_of(mip_text name, mip_text body, int read)
{
    mip_style style = {.max_line_length = 78, .linesep = {"\r\n", 2}, .read = read, .decode = decode};
    mip_output output = {NULL, 0, 0, grow};
    mip_msg_ids ids = {body, 0, 0};

    work = 0;
    mip_fold(name, body, mip_syntax_of(name), &style, &output);
    if (!read) {
        mip_check(name, body, decode, &output, NULL);
        show(body, &output);
    }
    mip_unfold(name, body, &output);
    while (mip_next_msg_id(&ids).size > 0)
        continue;
    free(output.data);
    return work;
}

static mip_text argument(int count, char **arguments, int number)
{
    mip_text text = {count > number ? arguments[number] : "", 0};

    text.size = strlen(text.data);
    return text;
}

static size_t append(char *data, size_t size, mip_text text)
{
    memcpy(data + size, text.data, text.size);
    return size + text.size;
}

int main(int count, char **arguments)
{
    static char data[256 * 1024];
    mip_text name = argument(count, arguments, 1), piece = argument(count, arguments, 2);
    mip_text before = argument(count, arguments, 3), behind = argument(count, arguments, 4);

    if (name.size == 0 || piece.size == 0)
        return 2;
    for (size_t size = 64 * 1024; size <= sizeof data; size *= 2) {
        mip_text body = {data, append(data, 0, before)};
        while (body.size + piece.size + behind.size <= size)
            body.size = append(data, body.size, piece);
        body.size = append(data, body.size, behind);
        printf("%zu %llu %llu\n", size, (unsigned long long)work_of(name, body, 0), (unsigned long long)work_of(name, body, 1));
    }
    return 0;
}
