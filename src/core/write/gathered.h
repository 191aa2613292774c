/* gathered.h - a text put together of pieces of the body.
 *
 * The text is borrowed as long as the pieces lie side by side in the body, and no octet is copied.  After any other
 * piece it is gathered at the end of the output, until gathered_end() takes it out. */
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

/* How many octets at the output's end are a text that was gathered and asked for; 0 where it is borrowed. */
size_t gathered_octets(const gathered *g);

/* Know that so many octets were put into the output before the text that was gathered. */
void gathered_move(gathered *g, size_t octets);

/* Take the text that was gathered, and asked for, out of the output, and move what was written after it to its
 * place. */
void gathered_end(gathered *g);

#endif
