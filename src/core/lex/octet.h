/* octet.h - the classes of octets, under the names that the ABNF gives them. */
#ifndef MIP_OCTET_H
#define MIP_OCTET_H

#include <stddef.h>

extern const unsigned short octet_classes[256];

enum octet_class {
    OCTET_WSP = 0x01,        /* SP / HTAB                                RFC 5234, B.1 */
    OCTET_CONTROL = 0x02,    /* %d0-8 / %d10-31 / %d127: CTL but HTAB    RFC 5234, B.1 */
    OCTET_FTEXT = 0x04,      /* %d33-57 / %d59-126: not ":"              RFC 5322, 3.6.8 */
    OCTET_CHARSET = 0x10,    /* a token's octets, but the "*" of RFC 2231, 5  RFC 2047, 2 */
    OCTET_8BIT = 0x20,       /* %d128-255 */
    OCTET_ATEXT = 0x40,      /* printable, but SP and the specials       RFC 5322, 3.2.3 */
    OCTET_UNRESERVED = 0x80, /* ALPHA / DIGIT / "-" / "." / "_" / "~"  RFC 3986, 2.3 */
    OCTET_QTEXT = 0x100,     /* %d33 / %d35-91 / %d93-126                RFC 5322, 3.2.4 */
    OCTET_ADDR_SPEC = 0x200  /* atext, "." and "@", but no "?", which an encoded-word may hold  RFC 5322, 3.4.1 */
};

static inline int octet_is(char octet, int classes)
{
    return octet_classes[(unsigned char)octet] & classes;
}

/* The octet itself, or the small letter if it is a capital letter of US-ASCII. */
static inline char octet_lower(char octet)
{
    return octet >= 'A' && octet <= 'Z' ? (char)(octet + 'a' - 'A') : octet;
}

/* Does the octet end a mailbox, or the name of a group, in a list of addresses (RFC 5322, 3.4)? */
static inline int octet_is_separator(char octet)
{
    return octet == ',' || octet == ';' || octet == ':';
}

/* How many octets, from the first on, are known to be SP or VCHAR (RFC 5234, B.1): `size` if all are, else as many as
 * were found by the way, which may be none. */
size_t octet_count_printable(const char *octets, size_t size);

/* Is one of the octets a control character, HTAB among them? */
int octet_any_control(const char *octets, size_t size);

/* The same, quicker, where "?" is no usual octet: without it nothing is an encoded-word. */
size_t octet_count_usual(const char *octets, size_t size);
int octet_any_control_or_question(const char *octets, size_t size);

/* The first octet of [at, end) that is not US-ASCII; `end` where there is none. */
const char *octet_find_8bit(const char *at, const char *end);

/* How many of the octets are not US-ASCII; where that are more than `enough`, only a number of at least `enough`. */
size_t octet_count_8bit(const char *octets, size_t size, size_t enough);

/* The value of a hexadecimal digit, of either case; -1 for any other octet. */
int octet_hex_value(char octet);

/* The octet that two hexadecimal digits at `at` stand for; -1 where there are none before `end`. */
static inline int octet_hex_pair(const char *at, const char *end)
{
    if (end - at < 2 || octet_hex_value(at[0]) < 0 || octet_hex_value(at[1]) < 0)
        return -1;
    return octet_hex_value(at[0]) * 16 + octet_hex_value(at[1]);
}

#endif
