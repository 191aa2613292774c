/* shown_writer.h - what is shown of a body, as it is read: see mip_show(). */
#ifndef MIP_SHOWN_WRITER_H
#define MIP_SHOWN_WRITER_H

#include "msgidpolicy.h"
#include "view.h"
#include "write/writer.h"

/* A view that is written, from when it first differs from the body. */
typedef struct {
    writer w;
    const char *at, *end; /* what has not been read */
    const char *seen;     /* the view is the body as far as this */
    int differs;
    size_t to_decode;     /* places where an encoded-word may begin, and that have not been read */
    mip_part_taker *take; /* who wants the parts, rather than the view; else NULL */
    void *taker;
} shown_writer;

/* Hand over a part, and take what the scratch area holds from `start` on out of it. */
void shown_give(shown_writer *v, mip_part part, size_t start);

/* From now on the view is written. */
void shown_differ(shown_writer *v);

/* Show what stands in the body, or elsewhere. */
void shown_put(shown_writer *v, const char *begin, const char *end);

/* Read one octet, and write it. */
int shown_take(shown_writer *v, char octet);

/* Write one octet that may stand in the body here. */
void shown_put_octet(shown_writer *v, const char *octet);

/* Read octets of these classes, any number: atext and UTF-8, say. */
mip_text shown_read_run(shown_writer *v, int classes);

/* At how many places may an encoded-word begin? */
size_t shown_count_beginnings(mip_text text);

/* The encoded-word at `at`, if it is one up to white space or the end, in a charset that needs no table; else
 * empty. */
mip_text shown_find_encoded_word(const shown_writer *v, const char *at);

/* Read an encoded-word, and write what it stands for; 0 where that cannot be decoded. */
int shown_decode(shown_writer *v, mip_text word);

#endif
