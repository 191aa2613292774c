/* unstructured.h - unstructured field bodies in UTF-8, with nothing to decode: RFC 5322, 3.2.5. */
#ifndef MIP_UNSTRUCTURED_H
#define MIP_UNSTRUCTURED_H

#include "msgidpolicy.h"
#include "writer.h"

/* Fold a body of PLAIN_TEXT behind the field's name, if it is UTF-8; else 0, with nothing written, and so where
 * there is more white space than usual or a word that no line could hold. */
int unstructured_fold(writer *w, mip_text body);

#endif
