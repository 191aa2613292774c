/* shown_parameters.h - the parameters of a body, sections of one value joined (RFC 2231, 3). */
#ifndef MIP_SHOWN_PARAMETERS_H
#define MIP_SHOWN_PARAMETERS_H

#include "shown_writer.h"

/* Read all parameters, v->at being behind the first ";", and append them, each value in quotes, in the order of their
 * first sections; or give them. */
void shown_parameters_put(shown_writer *v);

#endif
