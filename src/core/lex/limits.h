/* limits.h - how long lines and encoded-words may be, and what follows from it. */
#ifndef MIP_LIMITS_H
#define MIP_LIMITS_H

enum {
    LINE_OCTETS = 998,         /* the most octets of a line: RFC 5322, 2.1.1 */
    ENCODED_WORD_SIZE = 75,    /* the most octets of an encoded-word: RFC 2047, 2 */
    ENCODED_LINE_COLUMNS = 76, /* the most columns of a line that holds an encoded-word: RFC 2047, 2 */
    LEAST_LIMIT = 14,          /* the least limit with room for an encoded-word: "=?utf-8?q?x?=" after a blank */
    LEAST_COLUMNS = 24,        /* the columns of an encoded-word with a character or two */
    MOST_BLANKS = 16           /* more white space than this beside encoded-words becomes part of their text */
};

#endif
