/* fold.c - fold header fields, each an argument "name: value", and print them.
 *
 *     fold "Subject: Lunch at the Café" "To: Zoë <zoe@example.com>"
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "msgidpolicy.h"

/* What the library calls when the output is full. */
static int grow(mip_output *output, size_t capacity)
{
    char *data = realloc(output->data, capacity);

    if (!data)
        return -1;
    output->data = data;
    output->capacity = capacity;
    return 0;
}

/* Append the field to the output; 0 if it cannot be written. */
static int fold(const char *field, mip_output *output)
{
    const char *colon = strchr(field, ':');
    mip_text name = {field, 0}, body = {NULL, 0};
    mip_style style = mip_smtp;
    mip_result result;

    if (!colon) {
        fprintf(stderr, "%s: there is no colon after a name\n", field);
        return 0;
    }
    name.size = (size_t)(colon - field);
    body.data = colon + 1 + strspn(colon + 1, " \t");
    body.size = strlen(body.data);
    style.linesep.data = "\n"; /* for a terminal; mail on the wire has the CRLF of mip_smtp */
    style.linesep.size = 1;
    result = mip_fold(name, body, mip_syntax_of(name), &style, output);
    if (result.status != MIP_OK)
        fprintf(stderr, "%.*s: octet %lu of the %s: %s\n", (int)name.size, name.data, (unsigned long)result.offset,
                result.status == MIP_BAD_FIELD_NAME ? "name" : "value", mip_reason(result.status));
    return result.status == MIP_OK;
}

int main(int count, char **arguments)
{
    mip_output output = {NULL, 0, 0, grow};
    int failed = count < 2;

    if (failed)
        fprintf(stderr, "usage: fold \"name: value\" ...\n");
    for (int i = 1; i < count; i++)
        failed |= !fold(arguments[i], &output);
    if (output.size > 0)
        fwrite(output.data, 1, output.size, stdout);
    free(output.data);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
