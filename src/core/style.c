#include "msgidpolicy.h"

const mip_style mip_smtp = {.max_line_length = 78, .linesep = {"\r\n", 2}};
