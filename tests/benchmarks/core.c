/* core [TIMES]: fold each item on stdin, "id TAB name TAB value [TAB name TAB value …] LF", again and again.
 *
 * Prints "id TAB octets TAB ns TAB ns of a memcpy() of the same octets", the best of nine rounds.  With TIMES it only
 * folds each so often, for a program that counts what fold() does. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "msgidpolicy.h"

enum { FIELDS = 40, ROUNDS = 9 };

typedef struct {
    mip_text id, names[FIELDS], values[FIELDS];
    size_t count, octets;
} item;

static char copy[1 << 20];

static mip_text cut(char **line, const char *ends)
{
    mip_text text = {*line, strcspn(*line, ends)};

    *line += text.size + (text.data[text.size] != '\0');
    return text;
}

static item read_item(char *line)
{
    item next = {0};

    next.id = cut(&line, "\t\n");
    while (*line && next.count < FIELDS) {
        next.names[next.count] = cut(&line, "\t\n");
        next.values[next.count] = cut(&line, "\t\n");
        next.octets += next.names[next.count].size + 2 + next.values[next.count].size;
        next.count++;
    }
    return next;
}

__attribute__((noinline)) static void fold(const item *it, mip_output *output)
{
    mip_style style = {.max_line_length = 78, .linesep = {"\r\n", 2}, .well_formed = 1};

    output->size = 0;
    for (size_t i = 0; i < it->count; i++)
        if (mip_fold(it->names[i], it->values[i], mip_syntax_of(it->names[i]), &style, output).status != MIP_OK)
            exit(1);
}

static void copy_values(const item *it, mip_output *output)
{
    (void)output;
    for (size_t i = 0; i < it->count; i++)
        memcpy(copy, it->values[i].data, it->values[i].size);
    __asm__ volatile("" : : "r"(copy) : "memory");
}

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The nanoseconds of one call, in the best of the rounds. */
static double measure(void (*call)(const item *, mip_output *), const item *it, mip_output *output)
{
    double begin = seconds(), best = 1e9, once;
    long times;

    call(it, output);
    once = seconds() - begin;
    times = once < 5e-3 ? (long)(5e-3 / (once + 1e-8)) + 1 : 1;
    for (int round = 0; round < ROUNDS; round++) {
        begin = seconds();
        for (long i = 0; i < times; i++)
            call(it, output);
        once = (seconds() - begin) / (double)times;
        best = once < best ? once : best;
    }
    return best * 1e9;
}

int main(int count, char **arguments)
{
    static char data[1 << 20], line[1 << 20];
    mip_output output = {data, 0, sizeof data, NULL};
    long times = count > 1 ? atol(arguments[1]) : 0;

    while (fgets(line, sizeof line, stdin)) {
        item it = read_item(line);
        double folding, copying;
        for (long i = 0; i < times; i++)
            fold(&it, &output);
        if (times > 0)
            continue;
        folding = measure(fold, &it, &output);
        copying = measure(copy_values, &it, &output);
        printf("%.*s\t%zu\t%.1f\t%.1f\n", (int)it.id.size, it.id.data, it.octets, folding, copying);
    }
    return 0;
}
