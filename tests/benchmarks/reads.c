/* reads: how often each octet of a value is read while it is set, which checks and shows it, and folded.
 *
 * Compiled with -O1 -fno-builtin -fsanitize-coverage=trace-loads by clang, which calls the functions below for each load, and
 * linked with --wrap for memchr() and memcpy(). */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "msgidpolicy.h"
#include "shown.h"

#define UNCOUNTED __attribute__((no_sanitize("coverage")))

static const char *begin, *end;
static unsigned long reads, reads_of[4096];

UNCOUNTED static void count(const char *at, size_t size)
{
    for (; size > 0; at++, size--)
        if (at >= begin && at < end) {
            reads++;
            reads_of[at - begin]++;
        }
}

#define LOAD(name, octets)                                                                                                     \
    UNCOUNTED void __sanitizer_cov_##name(void *at);                                                                           \
    UNCOUNTED void __sanitizer_cov_##name(void *at)                                                                            \
    {                                                                                                                          \
        count(at, octets);                                                                                                     \
    }
LOAD(load1, 1)
LOAD(load2, 2)
LOAD(load4, 4)
LOAD(load8, 8)
LOAD(load16, 16)

const void *__real_memchr(const void *text, int octet, size_t size);
void *__real_memcpy(void *to, const void *from, size_t size);
int __real_memcmp(const void *a, const void *b, size_t size);

UNCOUNTED const void *__wrap_memchr(const void *text, int octet, size_t size)
{
    const char *found = __real_memchr(text, octet, size);

    count(text, found ? (size_t)(found - (const char *)text) + 1 : size);
    return found;
}

UNCOUNTED void *__wrap_memcpy(void *to, const void *from, size_t size)
{
    count(from, size);
    return __real_memcpy(to, from, size);
}

UNCOUNTED void *__wrap_memmove(void *to, const void *from, size_t size)
{
    count(from, size);
    return memmove(to, from, size);
}

static mip_text text(const char *of)
{
    mip_text made = {of, strlen(of)};

    return made;
}

static double per_octet(size_t size)
{
    double each = (double)reads / (double)size;

    reads = 0;
    return each;
}

UNCOUNTED static void measure(const char *name, const char *body, mip_view view)
{
    static char data[1 << 16];
    mip_output output = {data, 0, sizeof data, NULL};
    mip_style style = {.max_line_length = 78, .linesep = {"\r\n", 2}, .well_formed = 1};
    mip_text value = text(body);
    double check, show, fold;
    unsigned long most = 0;

    begin = body;
    end = body + value.size;
    memset(reads_of, 0, sizeof reads_of);
    mip_check(text(name), value, NULL, &output, &style.known);
    check = per_octet(value.size);
    if ((view != MIP_VIEW_TEXT && view != MIP_VIEW_MSG_IDS) || !(style.known & MIP_KNOWN_NOTHING_TO_DECODE) ||
        !(style.known & MIP_KNOWN_NO_CONTROL)) /* else the binding knows that the value is shown as it is */
        mip_show(value, view, NULL, &output);
    show = per_octet(value.size);
    output.size = 0;
    mip_fold(text(name), value, mip_syntax_of(text(name)), &style, &output);
    fold = per_octet(value.size);
    for (size_t i = 0; i < value.size; i++)
        most = reads_of[i] > most ? reads_of[i] : most;
    printf("%-20s %4zu octets: check %5.1f, show %5.1f, fold %5.1f: %5.1f; most for one octet %lu\n", name, value.size, check,
           show, fold, check + show + fold, most);
}

int main(void)
{
    measure("In-Reply-To",
            "<CAKx7fJ3bQmG0123456789abcdefghijklmnopqrstuvwxyz.0123456789.0123456789abcdef@mail-sor-f41.google.example.com>",
            MIP_VIEW_MSG_IDS);
    measure("Subject", "Übersicht der Bestellungen für Zoë und die größte Lieferung der Woche, mit Anhängen für das Büro",
            MIP_VIEW_TEXT);
    measure("To",
            "\"Müller, Jörg\" <joerg.mueller@example.com>, Team: anna@example.com, \"Berg, Karl\" <karl@example.com>, "
            "eva@example.com;",
            MIP_VIEW_ADDRESSES);
    measure("Content-Disposition", "attachment; filename=\"Übersicht der größten Bestellungen.pdf\"", MIP_VIEW_DISPOSITION);
    return 0;
}
