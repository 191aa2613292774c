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

int main(void)
{
    test_octet();
    test_utf8();
    test_encoded_word();
    test_field_name();
    test_msg_id();
    test_fold();
    test_mailbox();
    test_errors();
    test_memory();
    test_empty();
    test_bound();
    test_parameters();
    test_random();
    test_short_cuts();
    test_known();
    test_octets_together();
    printf("%d passed, %d failed\n", checks - failures, failures);
    return failures != 0 || checks == 0;
}
