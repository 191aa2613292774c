/* shown_quoted.h - what stands in quotes and in parentheses (RFC 5322, 3.2.2 and 3.2.4). */
#ifndef MIP_SHOWN_QUOTED_H
#define MIP_SHOWN_QUOTED_H

#include "shown_writer.h"

/* Read what stands in quotes behind v->at, and the closing one, and append it: quoted-pairs as what they stand for, and encoded-words
 * decoded, which no RFC has there. */
void shown_put_content(shown_writer *v);

/* Put what ends the scratch area, from `start` on, in quotes. */
void shown_quote(shown_writer *v, size_t start);

/* Read the comment at v->at, and append it, closed. */
void shown_put_comment(shown_writer *v);

/* Read white space and comments, and append them. */
void shown_put_cfws(shown_writer *v);

#endif
