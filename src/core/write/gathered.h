/* gathered.h - a text put together of pieces of the body.
 *
 * It is borrowed as long as the pieces lie side by side there, and no octet is copied; behind
 * anything else it is gathered at the end of the output, until gathered_end() takes it out. */
#ifndef MIP_GATHERED_H
#define MIP_GATHERED_H

#include "lex/span.h"
#include "msgidpolicy.h"
#include "write/output.h"
#include "write/writer.h"

typedef struct {
    writer *w;
    mip_text borrowed;
    size_t start, end; /* of what was gathered, in the output; the end is 0 until the text is asked for */
    int is_gathered;
} gathered;

gathered gathered_begin(writer *w);

/* Add a piece of the body. */
void gathered_add(gathered *g, mip_text piece);

/* From now on the text is gathered: what is appended to the output belongs to it, up to the first
 * gathered_text(). */
void gathered_open(gathered *g);

/* The text.  What was gathered moves when the output grows. */
static inline mip_text gathered_text(gathered *g)
{
    mip_text text;

    if (!g->is_gathered)
        return g->borrowed;
    if (g->end == 0)
        g->end = g->w->output->size;
    text = output_since(g->w->output, g->start);
    text.size = g->end - g->start;
    return text;
}

/* The octets of what was gathered, and asked for, at the output's end. */
size_t gathered_octets(const gathered *g);

/* So many octets were put into the output before that. */
void gathered_move(gathered *g, size_t octets);

/* Take what was gathered, and asked for, out of the output, and move what was written behind it to its place. */
void gathered_end(gathered *g);

#endif
