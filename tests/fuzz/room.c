#include "room.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"

static const char before[] = "before";

growth growth_of(unsigned octet, unsigned refused)
{
    static const unsigned spare[] = {0, 1, 16, 4096};
    growth kind = {0};

    kind.spare = spare[octet & 3];
    kind.fill = octet & 4 ? 0xFF : 0;
    kind.before = octet & 8 ? sizeof before - 1 : 0;
    kind.is_fixed = (octet & 16) != 0;
    kind.refused = refused % 32;
    return kind;
}

growth growth_unlimited(growth kind)
{
    kind.is_fixed = 0;
    kind.refused = 0;
    return kind;
}

/* Each block is a new one, of exactly the size that the output is told, and holds nothing from beyond its size. */
static void move(room *r, size_t capacity)
{
    char *data = malloc(capacity > 0 ? capacity : 1);

    if (!data)
        abort();
    memset(data, (int)r->kind.fill, capacity);
    if (r->output.size > 0)
        memcpy(data, r->output.data, r->output.size);
    free(r->output.data);
    r->output.data = data;
    r->output.capacity = capacity;
}

static int grow(mip_output *output, size_t capacity)
{
    room *r = (room *)output;

    if (++r->calls == r->kind.refused)
        return -1;
    move(r, capacity + r->kind.spare);
    return 0;
}

/* An output that holds nothing may have no block. */
room room_start(growth kind)
{
    room r = {0};

    r.kind = kind;
    r.output.grow = kind.is_fixed ? NULL : grow;
    if (kind.before > 0 || kind.is_fixed)
        move(&r, kind.before + kind.spare);
    if (kind.before > 0)
        memcpy(r.output.data, before, kind.before);
    r.output.size = kind.before;
    return r;
}

room room_ample(void)
{
    growth kind = {0};

    kind.spare = 4096;
    return room_start(kind);
}

void room_free(room *r)
{
    free(r->output.data);
}

mip_text room_text(const room *r)
{
    mip_text text = {"", r->output.size - r->kind.before};

    if (text.size > 0)
        text.data = r->output.data + r->kind.before;
    return text;
}

int room_is_as_before(const room *r)
{
    return r->output.size == r->kind.before && (r->kind.before == 0 || memcmp(r->output.data, before, r->kind.before) == 0);
}

int room_append(mip_output *output, const char *data, size_t size)
{
    mip_text text = text_copy((mip_text){data, size});
    int fits = output->capacity - output->size >= size || (output->grow && output->grow(output, output->size + size) == 0);

    if (fits && size > 0) {
        memcpy(output->data + output->size, text.data, size);
        output->size += size;
    }
    text_free(text);
    return fits ? 0 : -1;
}
