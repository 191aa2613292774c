#include "write/gathered.h"

#include <string.h>

#include "lex/span.h"
#include "write/writer.h"

gathered gathered_begin(writer *w)
{
    gathered g = {w, {"", 0}, 0, 0, 0};

    return g;
}

void gathered_open(gathered *g)
{
    if (g->is_gathered)
        return;
    g->is_gathered = 1;
    g->start = g->w->output->size;
    writer_put_scratch(g->w, g->borrowed);
}

void gathered_add(gathered *g, mip_text piece)
{
    if (g->is_gathered) {
        writer_put_scratch(g->w, piece);
    } else if (g->borrowed.size == 0) {
        g->borrowed = piece;
    } else if (piece.size > 0 && piece.data == g->borrowed.data + g->borrowed.size) {
        g->borrowed.size += piece.size;
    } else if (piece.size > 0) {
        gathered_open(g);
        writer_put_scratch(g->w, piece);
    }
}

size_t gathered_octets(const gathered *g)
{
    return g->is_gathered ? g->end - g->start : 0;
}

void gathered_move(gathered *g, size_t octets)
{
    g->start += octets;
    g->end += octets;
}

void gathered_end(gathered *g)
{
    mip_output *output = g->w->output;

    if (!g->is_gathered || g->w->result.status != MIP_OK)
        return;
    memmove(output->data + g->start, output->data + g->end, output->size - g->end);
    output->size -= g->end - g->start;
    if (g->w->gap.offset >= g->end)
        g->w->gap.offset -= g->end - g->start;
}
