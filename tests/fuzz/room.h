/* room.h - an output that grows as an input has it, to find what depends on how it does. */
#ifndef ROOM_H
#define ROOM_H

#include "msgidpolicy.h"

typedef struct {
    unsigned before;  /* octets that the output holds already */
    unsigned spare;   /* octets beyond what is asked for */
    unsigned fill;    /* the octet that memory is full of */
    unsigned refused; /* the call to grow(), counted from 1, that finds no memory; 0 for none */
    int is_fixed;     /* the output has no grow() */
} growth;

growth growth_of(unsigned octet, unsigned refused);

/* The same with all the memory that is wanted. */
growth growth_unlimited(growth kind);

typedef struct {
    mip_output output; /* the first: mip_output's functions get a pointer to it */
    growth kind;
    unsigned calls;
} room;

room room_start(growth kind);
/* One with all the memory that is wanted, and more at once. */
room room_ample(void);

void room_free(room *r);

/* What has been appended. */
mip_text room_text(const room *r);

/* Does it hold what it held at first, and no more? */
int room_is_as_before(const room *r);

/* Append octets that may lie in the output; -1 where it cannot grow. */
int room_append(mip_output *output, const char *data, size_t size);

#endif
