#include "field_name.h"

#include <string.h>

#include "lex/octet.h"

#define NAME(name) {name, sizeof name - 1}

/* Sorted by name, in lower case.  A name that is not here is unstructured. */
/* clang-format off */
static const struct {
    mip_text field_name;
    mip_syntax syntax;
} fields[] = {
    {NAME("accept-language"), MIP_TOKENS},                      /* RFC 3282, 3 */
    {NAME("arc-authentication-results"), MIP_TOKENS},           /* RFC 8617, 4.1.1 */
    {NAME("arc-message-signature"), MIP_TAGS},                  /* RFC 8617, 4.1.2 */
    {NAME("arc-seal"), MIP_TAGS},                               /* RFC 8617, 4.1.3 */
    {NAME("archived-at"), MIP_TOKENS},                          /* RFC 5064, 2 */
    {NAME("authentication-results"), MIP_TOKENS},               /* RFC 8601, 2.2 */
    {NAME("author"), MIP_ADDRESSES},                            /* RFC 9057 */
    {NAME("auto-submitted"), MIP_TOKENS},                       /* RFC 3834, 5 */
    {NAME("autocrypt"), MIP_TAGS},                              /* Autocrypt Level 1, 2.1 */
    {NAME("autocrypt-gossip"), MIP_TAGS},                       /* Autocrypt Level 1, 2.1 */
    {NAME("bcc"), MIP_ADDRESSES},                               /* RFC 5322, 3.6.3 */
    {NAME("bimi-selector"), MIP_TOKENS},                        /* draft-brand-indicators-for-message-identification */
    {NAME("cc"), MIP_ADDRESSES},                                /* RFC 5322, 3.6.3 */
    {NAME("cfbl-address"), MIP_TOKENS},                         /* RFC 9477, 5 */
    {NAME("cfbl-feedback-id"), MIP_TOKENS},                     /* RFC 9477, 5 */
    {NAME("content-base"), MIP_TOKENS},                         /* RFC 2110, 4.2 */
    {NAME("content-disposition"), MIP_PARAMETERS},              /* RFC 2183, 2 */
    {NAME("content-duration"), MIP_TOKENS},                     /* RFC 3803, 2 */
    {NAME("content-features"), MIP_TOKENS},                     /* RFC 2912, 3 */
    {NAME("content-id"), MIP_MSG_IDS},                          /* RFC 2045, 7 */
    {NAME("content-language"), MIP_TOKENS},                     /* RFC 3282, 2 */
    {NAME("content-location"), MIP_TOKENS},                     /* RFC 2557, 4.2 */
    {NAME("content-md5"), MIP_TOKENS},                          /* RFC 1864, 2 */
    {NAME("content-transfer-encoding"), MIP_TOKENS},            /* RFC 2045, 6 */
    {NAME("content-type"), MIP_PARAMETERS},                     /* RFC 2045, 5 */
    {NAME("control"), MIP_TOKENS},                              /* RFC 5536, 3.2.3 */
    {NAME("date"), MIP_TOKENS},                                 /* RFC 5322, 3.6.1 */
    {NAME("deferred-delivery"), MIP_TOKENS},                    /* RFC 2156, 2.3.1.2 */
    {NAME("delivered-to"), MIP_ADDRESSES},                      /* RFC 9228 */
    {NAME("delivery-date"), MIP_TOKENS},                        /* RFC 2156, 2.3.1.2 */
    {NAME("disposition-notification-options"), MIP_TOKENS},     /* RFC 8098, 2.2 */
    {NAME("disposition-notification-to"), MIP_ADDRESSES},       /* RFC 8098, 2.1 */
    {NAME("distribution"), MIP_TOKENS},                         /* RFC 5536, 3.2.4 */
    {NAME("dkim-signature"), MIP_TAGS},                         /* RFC 6376, 3.5 */
    {NAME("domainkey-signature"), MIP_TAGS},                    /* RFC 4870, 3.3 */
    {NAME("encrypted"), MIP_TOKENS},                            /* RFC 822, 4.7.3 */
    {NAME("errors-to"), MIP_ADDRESSES},                         /* RFC 2076, 3.5 */
    {NAME("expires"), MIP_TOKENS},                              /* RFC 5536, 3.2.5 */
    {NAME("expiry-date"), MIP_TOKENS},                          /* RFC 2156, 2.3.1.2 */
    {NAME("feedback-id"), MIP_TOKENS},                          /* RFC 9477 and Gmail's FBL */
    {NAME("followup-to"), MIP_TOKENS},                          /* RFC 5536, 3.2.6 */
    {NAME("from"), MIP_ADDRESSES},                              /* RFC 5322, 3.6.2 */
    {NAME("importance"), MIP_TOKENS},                           /* RFC 2156, 2.3.1.2 */
    {NAME("in-reply-to"), MIP_MSG_IDS},                         /* RFC 5322, 3.6.4 */
    {NAME("injection-date"), MIP_TOKENS},                       /* RFC 5536, 3.2.7 */
    {NAME("injection-info"), MIP_TOKENS},                       /* RFC 5536, 3.2.8 */
    {NAME("jabber-id"), MIP_TOKENS},                            /* RFC 7259, 3 */
    {NAME("keywords"), MIP_PHRASES},                            /* RFC 5322, 3.6.5 */
    {NAME("latest-delivery-time"), MIP_TOKENS},                 /* RFC 2156, 2.3.1.2 */
    {NAME("lines"), MIP_TOKENS},                                /* RFC 5536, 3.3.2 */
    {NAME("list-archive"), MIP_TOKENS},                         /* RFC 2369, 3.6 */
    {NAME("list-help"), MIP_TOKENS},                            /* RFC 2369, 3.1 */
    {NAME("list-id"), MIP_PHRASES},                             /* RFC 2919, 3 */
    {NAME("list-owner"), MIP_TOKENS},                           /* RFC 2369, 3.5 */
    {NAME("list-post"), MIP_TOKENS},                            /* RFC 2369, 3.4 */
    {NAME("list-subscribe"), MIP_TOKENS},                       /* RFC 2369, 3.3 */
    {NAME("list-unsubscribe"), MIP_TOKENS},                     /* RFC 2369, 3.2 */
    {NAME("list-unsubscribe-post"), MIP_TOKENS},                /* RFC 8058, 3.1 */
    {NAME("mail-followup-to"), MIP_ADDRESSES},                  /* draft-ietf-drums-mail-followup-to */
    {NAME("mail-reply-to"), MIP_ADDRESSES},                     /* as Mail-Followup-To */
    {NAME("message-context"), MIP_TOKENS},                      /* RFC 3458, 3 */
    {NAME("message-id"), MIP_MSG_IDS},                          /* RFC 5322, 3.6.4 */
    {NAME("mime-version"), MIP_TOKENS},                         /* RFC 2045, 4 */
    {NAME("newsgroups"), MIP_TOKENS},                           /* RFC 5536, 3.1.4 */
    {NAME("openpgp"), MIP_TOKENS},                              /* draft-josefsson-openpgp-mailnews-header */
    {NAME("orig-date"), MIP_TOKENS},                            /* as Date, in CPython's email.headerregistry */
    {NAME("original-from"), MIP_ADDRESSES},                     /* RFC 5703, 5.2 */
    {NAME("original-message-id"), MIP_MSG_IDS},                 /* RFC 3798, 3.2.5 */
    {NAME("path"), MIP_TOKENS},                                 /* RFC 5536, 3.1.5 */
    {NAME("precedence"), MIP_TOKENS},                           /* RFC 3834, 3.1.8 */
    {NAME("priority"), MIP_TOKENS},                             /* RFC 2156, 2.3.1.2 */
    {NAME("received"), MIP_TOKENS},                             /* RFC 5322, 3.6.7 */
    {NAME("received-spf"), MIP_TOKENS},                         /* RFC 7208, 9.1 */
    {NAME("references"), MIP_MSG_IDS},                          /* RFC 5322, 3.6.4 */
    {NAME("reply-by"), MIP_TOKENS},                             /* RFC 2156, 2.3.1.2 */
    {NAME("reply-to"), MIP_ADDRESSES},                          /* RFC 5322, 3.6.2 */
    {NAME("require-recipient-valid-since"), MIP_TOKENS},        /* RFC 7293, 3.2 */
    {NAME("resent-bcc"), MIP_ADDRESSES},                        /* RFC 5322, 3.6.6 */
    {NAME("resent-cc"), MIP_ADDRESSES},                         /* RFC 5322, 3.6.6 */
    {NAME("resent-date"), MIP_TOKENS},                          /* RFC 5322, 3.6.6 */
    {NAME("resent-from"), MIP_ADDRESSES},                       /* RFC 5322, 3.6.6 */
    {NAME("resent-message-id"), MIP_MSG_IDS},                   /* RFC 5322, 3.6.6 */
    {NAME("resent-msg-id"), MIP_MSG_IDS},                       /* RFC 5322, 3.6.6 (as Odoo and others spell it) */
    {NAME("resent-reply-to"), MIP_ADDRESSES},                   /* RFC 822, 4.1 */
    {NAME("resent-sender"), MIP_ADDRESSES},                     /* RFC 5322, 3.6.6 */
    {NAME("resent-to"), MIP_ADDRESSES},                         /* RFC 5322, 3.6.6 */
    {NAME("return-path"), MIP_ADDRESSES},                       /* RFC 5322, 3.6.7 */
    {NAME("return-receipt-to"), MIP_ADDRESSES},                 /* RFC 2076, 3.5 */
    {NAME("sender"), MIP_ADDRESSES},                            /* RFC 5322, 3.6.2 */
    {NAME("sensitivity"), MIP_TOKENS},                          /* RFC 2156, 2.3.1.2 */
    {NAME("solicitation"), MIP_TOKENS},                         /* RFC 3865, 3 */
    {NAME("supersedes"), MIP_MSG_IDS},                          /* RFC 5536, 3.2.12 */
    {NAME("thread-index"), MIP_TOKENS},                         /* MS-OXOMSG, 2.2.1.3 */
    {NAME("tls-required"), MIP_TOKENS},                         /* RFC 8689, 5 */
    {NAME("to"), MIP_ADDRESSES},                                /* RFC 5322, 3.6.3 */
    {NAME("x-forwarded-message-id"), MIP_MSG_IDS},              /* as References: Thunderbird, Mutt */
    {NAME("x-google-dkim-signature"), MIP_TAGS},                /* as DKIM-Signature: Gmail */
    {NAME("x-original-authentication-results"), MIP_TOKENS},    /* as Authentication-Results: Google Groups */
    {NAME("x-original-message-id"), MIP_MSG_IDS},               /* as Original-Message-ID, before that was registered */
    {NAME("xref"), MIP_TOKENS},                                 /* RFC 5536, 3.2.14 */
};

/* A name is found by a hash of its size and of four octets, in lower case: `places` says which row of the table is its
 * own, and no two names have the same place.  tools/field_name_hash.py makes these. */
enum { NOWHERE = 255, SHIFTS = 32, PLACES = 128, OF_SIZE = 54, OF_FIRST = 25, OF_MIDDLE = 125, OF_LAST = 8, OF_BEFORE_LAST = 229 };

static const unsigned char shifts[SHIFTS] = {
    0, 29, 0, 12, 25, 0, 6, 2, 2, 35, 5, 0, 1, 10, 4, 1,
    4, 6, 0, 0, 30, 15, 38, 3, 46, 1, 14, 5, 4, 49, 10, 3,
};

static const unsigned char places[PLACES] = {
    15, 61, 4, 255, 34, 255, 255, 31, 20, 83, 0, 23, 255, 57, 84, 40,
    44, 56, 64, 92, 93, 38, 60, 49, 36, 19, 45, 74, 91, 66, 97, 53,
    58, 79, 8, 6, 70, 75, 29, 11, 35, 50, 62, 67, 255, 82, 81, 77,
    52, 10, 17, 42, 32, 48, 51, 72, 255, 255, 98, 95, 9, 255, 89, 12,
    255, 33, 55, 255, 21, 13, 30, 16, 255, 255, 255, 255, 255, 255, 7, 69,
    2, 1, 255, 59, 255, 255, 255, 255, 255, 255, 87, 41, 255, 88, 255, 255,
    99, 255, 24, 63, 73, 39, 80, 22, 96, 90, 94, 18, 54, 65, 37, 5,
    71, 25, 26, 78, 76, 86, 43, 27, 14, 28, 3, 47, 255, 85, 46, 68,
};
/* clang-format on */

static unsigned small(char octet)
{
    return (unsigned char)octet | 0x20u;
}

static unsigned hash_of(mip_text name)
{
    const char *last = name.data + name.size - 1;

    return (unsigned)name.size * OF_SIZE + small(*name.data) * OF_FIRST + small(name.data[name.size / 2]) * OF_MIDDLE +
           small(*last) * OF_LAST + small(last[-1]) * OF_BEFORE_LAST;
}

/* Eight octets, as small letters. */
static uint64_t load_small(const char *octets)
{
    uint64_t eight;

    memcpy(&eight, octets, sizeof eight);
    return eight | UINT64_C(0x2020202020202020);
}

/* Is a name that of a row, which holds letters and "-" alone?  CR is taken for "-"; no field has CR in its name. */
static int is_name(mip_text name, mip_text row)
{
    size_t i = 0;

    if (name.size != row.size)
        return 0;
    for (; row.size - i >= 8; i += 8)
        if (load_small(name.data + i) != load_small(row.data + i))
            return 0;
    for (; i < row.size; i++)
        if (small(name.data[i]) != (unsigned char)row.data[i])
            return 0;
    return 1;
}

mip_syntax mip_syntax_of(mip_text name)
{
    unsigned hash = name.size > 1 ? hash_of(name) : 0;
    size_t place = places[(hash / SHIFTS + shifts[hash % SHIFTS]) % PLACES];

    return place != NOWHERE && is_name(name, fields[place].field_name) ? fields[place].syntax : MIP_UNSTRUCTURED;
}

/* field-name = 1*ftext   RFC 5322, 3.6.8 */
mip_result field_name_check(mip_text name, int read)
{
    mip_result result = {MIP_OK, 0};
    size_t i = 0;

    if (read)
        while (i < name.size && name.data[i] != '\r' && name.data[i] != '\n')
            i++;
    else
        while (i < name.size && octet_is(name.data[i], OCTET_FTEXT))
            i++;
    if (i < name.size || (name.size == 0 && !read)) {
        result.status = MIP_BAD_FIELD_NAME;
        result.offset = i;
    }
    return result;
}
