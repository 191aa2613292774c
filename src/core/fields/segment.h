/* segment.h - a media type or a disposition, or one of its parameters: what is between two semicolons. */
#ifndef MIP_SEGMENT_H
#define MIP_SEGMENT_H

#include "msgidpolicy.h"

typedef struct {
    mip_text blanks;    /* the white space before it */
    mip_text text;      /* without the semicolon */
    mip_text semicolon; /* and white space after it where the body ends with that; may be empty */
    mip_text quoted;    /* the first quoted-string in the text, with its quotes; or empty */
    int is_token;       /* there is nothing in the text that may be folded or has to be encoded */
} segment;

typedef struct {
    const char *at, *end;
    const char *open_comment; /* the first "(" that is not closed; NULL where none was found */
} segment_reader;

segment_reader segment_start(mip_text body);

/* Read the next segment; 0 after the last. */
int segment_read(segment_reader *reader, segment *next);

#endif
