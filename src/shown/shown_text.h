/* shown_text.h - what is shown of unstructured text (RFC 5322, 3.2.5). */
#ifndef MIP_SHOWN_TEXT_H
#define MIP_SHOWN_TEXT_H

#include "shown_writer.h"

/* Append all of it, encoded-words decoded. */
void shown_text_put(shown_writer *v);

/* The same of msg-ids, in which there is nothing to decode. */
void shown_text_put_beside_ids(shown_writer *v);

#endif
