/* section.h - a section of a parameter's value (RFC 2231, 3), or an extended value that is whole.
 *
 * There are two readings of a body.  CPython's email.message and email.utils know no comments, take a quotation mark for one
 * where no backslash is before it, and leave out a backslash only before another or a quotation mark.  To others there are
 * comments, and whatever follows a backslash in quotes is itself. */
#ifndef MIP_SECTION_H
#define MIP_SECTION_H

#include "msgidpolicy.h"
#include "write/writer.h"

typedef enum { READ_BY_CPYTHON, READ_WITH_COMMENTS } section_reading;

typedef struct {
    mip_text attribute;
    mip_text number; /* its digits, without zeros before them; empty where it has none, or is 0 */
    mip_text value;  /* without quotes */
    int is_quoted;   /* there were some */
    int is_extended; /* there may be ext-octets in the value */
} section;

typedef struct {
    const char *at, *end;
    section_reading reading;
} section_reader;

/* Read the next section of a body, whatever parameter it is of; 0 after the last. */
int section_next(section_reader *reader, section *next);

/* Append the octets that a section stands for to the scratch area of w. */
void section_put_octets(writer *w, const section *found, section_reading reading);

#endif
