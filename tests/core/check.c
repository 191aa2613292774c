#include "check.h"

int checks, failures;

void check(int holds, const char *condition, const char *file, int line)
{
    checks++;
    if (holds)
        return;
    failures++;
    fprintf(stderr, "%s:%d: %s does not hold\n", file, line, condition);
}

int summary(void)
{
    printf("%d passed, %d failed\n", checks - failures, failures);
    return failures != 0 || checks == 0;
}

mip_text heap_octets(const char *octets, size_t size)
{
    char *data = malloc(size ? size : 1);
    mip_text text = {data, size};

    if (!data)
        abort();
    memcpy(data, octets, size);
    return text;
}

mip_text heap_text(const char *string)
{
    return heap_octets(string, strlen(string));
}

void free_text(mip_text text)
{
    free((char *)text.data);
}

static int grow(mip_output *output, size_t capacity)
{
    heap_output *heap = (heap_output *)output;
    char *data;

    if (++heap->calls == heap->refused)
        return -1;
    data = realloc(output->data, capacity);
    if (!data)
        abort();
    output->data = data;
    output->capacity = capacity;
    return 0;
}

heap_output new_output(void)
{
    heap_output heap = {{NULL, 0, 0, grow}, 0, 0};

    return heap;
}

void free_output(heap_output *heap)
{
    free(heap->output.data);
}

mip_style smtp_style(void)
{
    return mip_smtp;
}

static unsigned long state = 1;

/* A linear congruential generator, so that every run is the same (C99, 7.20.2.2). */
unsigned random_below(unsigned limit)
{
    state = state * 1103515245UL + 12345UL;
    return (unsigned)(state >> 16 & 0x7FFF) % limit;
}

static const char *const pieces[] = {
    " ",
    "  ",
    "\t",
    "a",
    "word",
    "(",
    ")",
    "<",
    ">",
    "\"",
    "\\",
    ";",
    ",",
    "=?",
    "?=",
    "=?utf-8?q?",
    "=?utf-8?b?w6k=?=",
    "=?utf-8?q?=C3?=",
    "=?utf-8?b?qQ==?=",
    "=?us-ascii?q?=E9?=",
    "=?x?q?y?=",
    "<a@b.example>",
    "\xC3\xA9",
    "\xE6\x97\xA5",
    "\xF0\x9F\x91\xA9",
    "\xE9",
    "\xC3",
    "\x01",
    "\x7F",
    "\xC2\x85",
    "\xE2\x80\xA8",
    "(\xC3\xA9 x)",
    ":",
    "[",
    "]",
    "Mon, ",
    "23 ",
    "Nov ",
    "2026 ",
    "10:00:00 ",
    "+0000",
    "text/plain",
    "name=",
    "x*=",
    "b=",
    ";keydata = ",
    "utf-8''",
    "%C3%A9",
    "%",
    "a@b.example",
    "\"\xC3\xA9, b\"",
    "\r\n ",
    "\n",
    "12345678901234567890123456789012345678901234567890",
};

mip_text body_of_pieces(void)
{
    char data[4096];
    size_t size = 0, count = random_below(40);

    while (count-- > 0) {
        const char *piece = pieces[random_below(sizeof pieces / sizeof pieces[0])];
        size_t repeat = random_below(50) == 0 ? 30 : 1;
        while (repeat-- > 0 && size + strlen(piece) < sizeof data) {
            memcpy(data + size, piece, strlen(piece));
            size += strlen(piece);
        }
    }
    return heap_octets(data, size);
}
