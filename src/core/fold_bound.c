#include "msgidpolicy.h"

#include "lex/limits.h"
#include "write/writer.h"

/* What becomes of an octet at most, besides the ends of lines; each with one octet of scratch.
 *
 * The most is made of an octet that is in no character: "=?unknown-8bit?q?=E9?=" has 22.  Where lines are so short that
 * each has no more than that and a SP before it, that is so for many in a row.  Where the next octet shares the
 * encoded-word, or parts it from the next, two or three octets share those 22, the SP and what is put around a
 * separator. */
enum {
    SHORT_LINE = 22 + 1 + 1,
    MIDDLE_LINE = 17 + 1,
    LONG_LINE = 13 + 1,
    LEAST_OF_MIDDLE = 26, /* columns: a SP, and an encoded-word of two such octets */
    LEAST_OF_LONG = ENCODED_LINE_COLUMNS
};

size_t mip_fold_bound(size_t name_size, size_t body_size, const mip_style *style)
{
    size_t linesep = style->linesep.data ? style->linesep.size : 2, limit = style_limit(style);
    size_t octets = limit < LEAST_OF_MIDDLE ? SHORT_LINE : limit < LEAST_OF_LONG ? MIDDLE_LINE : LONG_LINE;
    size_t lines = limit < LEAST_OF_LONG ? body_size : body_size / 2; /* a long line holds two octets or more */
    size_t others = name_size +
                    sizeof ": =?unknown-8bit?q?"
                           "?=" +
                    linesep;

    if (name_size > MIP_MOST_OCTETS || body_size > MIP_MOST_OCTETS || linesep > MIP_MOST_OCTETS)
        return SIZE_MAX;
    if (lines > 0 && linesep > (SIZE_MAX - others - octets * body_size) / lines)
        return SIZE_MAX;
    return others + octets * body_size + linesep * lines;
}
