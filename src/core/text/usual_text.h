/* usual_text.h - unstructured field bodies in UTF-8, with nothing to decode: RFC 5322, 3.2.5. */
#ifndef MIP_USUAL_TEXT_H
#define MIP_USUAL_TEXT_H

#include "msgidpolicy.h"
#include "write/writer.h"

/* Fold a body that body_is_text() after the field's name, if it is UTF-8.  Returns 0, with nothing written, if it is
 * not, or if there is more white space than usual or a word that no line could hold. */
int usual_text_fold(writer *w, mip_text body);

#endif
