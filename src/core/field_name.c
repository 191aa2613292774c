#include "field_name.h"

#include "octet.h"

/* Sorted by name.  A name that is not here is unstructured. */
static const struct {
    const char *field_name;
    mip_syntax syntax;
} fields[] = {
    {"accept-language", MIP_TOKENS},                       /* RFC 3282, 3 */
    {"arc-authentication-results", MIP_TOKENS},            /* RFC 8617, 4.1.1 */
    {"arc-message-signature", MIP_TOKENS},                 /* RFC 8617, 4.1.2 */
    {"arc-seal", MIP_TOKENS},                              /* RFC 8617, 4.1.3 */
    {"archived-at", MIP_TOKENS},                           /* RFC 5064, 2 */
    {"authentication-results", MIP_TOKENS},                /* RFC 8601, 2.2 */
    {"author", MIP_ADDRESSES},                             /* RFC 9057 */
    {"auto-submitted", MIP_TOKENS},                        /* RFC 3834, 5 */
    {"autocrypt", MIP_TOKENS},                             /* Autocrypt Level 1, 2.1 */
    {"autocrypt-gossip", MIP_TOKENS},                      /* Autocrypt Level 1, 2.1 */
    {"bcc", MIP_ADDRESSES},                                /* RFC 5322, 3.6.3 */
    {"bimi-selector", MIP_TOKENS},                         /* draft-brand-indicators-for-message-identification */
    {"cc", MIP_ADDRESSES},                                 /* RFC 5322, 3.6.3 */
    {"cfbl-address", MIP_TOKENS},                          /* RFC 9477, 5 */
    {"cfbl-feedback-id", MIP_TOKENS},                      /* RFC 9477, 5 */
    {"content-base", MIP_TOKENS},                          /* RFC 2110, 4.2 */
    {"content-disposition", MIP_PARAMETERS},               /* RFC 2183, 2 */
    {"content-duration", MIP_TOKENS},                      /* RFC 3803, 2 */
    {"content-features", MIP_TOKENS},                      /* RFC 2912, 3 */
    {"content-id", MIP_MSG_IDS},                           /* RFC 2045, 7 */
    {"content-language", MIP_TOKENS},                      /* RFC 3282, 2 */
    {"content-location", MIP_TOKENS},                      /* RFC 2557, 4.2 */
    {"content-md5", MIP_TOKENS},                           /* RFC 1864, 2 */
    {"content-transfer-encoding", MIP_TOKENS},             /* RFC 2045, 6 */
    {"content-type", MIP_PARAMETERS},                      /* RFC 2045, 5 */
    {"control", MIP_TOKENS},                               /* RFC 5536, 3.2.3 */
    {"date", MIP_TOKENS},                                  /* RFC 5322, 3.6.1 */
    {"deferred-delivery", MIP_TOKENS},                     /* RFC 2156, 2.3.1.2 */
    {"delivered-to", MIP_ADDRESSES},                       /* RFC 9228 */
    {"delivery-date", MIP_TOKENS},                         /* RFC 2156, 2.3.1.2 */
    {"disposition-notification-options", MIP_TOKENS},      /* RFC 8098, 2.2 */
    {"disposition-notification-to", MIP_ADDRESSES},        /* RFC 8098, 2.1 */
    {"distribution", MIP_TOKENS},                          /* RFC 5536, 3.2.4 */
    {"dkim-signature", MIP_TOKENS},                        /* RFC 6376, 3.5 */
    {"domainkey-signature", MIP_TOKENS},                   /* RFC 4870, 3.3 */
    {"encrypted", MIP_TOKENS},                             /* RFC 822, 4.7.3 */
    {"errors-to", MIP_ADDRESSES},                          /* RFC 2076, 3.5 */
    {"expires", MIP_TOKENS},                               /* RFC 5536, 3.2.5 */
    {"expiry-date", MIP_TOKENS},                           /* RFC 2156, 2.3.1.2 */
    {"feedback-id", MIP_TOKENS},                           /* RFC 9477 and Gmail's FBL */
    {"followup-to", MIP_TOKENS},                           /* RFC 5536, 3.2.6 */
    {"from", MIP_ADDRESSES},                               /* RFC 5322, 3.6.2 */
    {"importance", MIP_TOKENS},                            /* RFC 2156, 2.3.1.2 */
    {"in-reply-to", MIP_MSG_IDS},                          /* RFC 5322, 3.6.4 */
    {"injection-date", MIP_TOKENS},                        /* RFC 5536, 3.2.7 */
    {"injection-info", MIP_TOKENS},                        /* RFC 5536, 3.2.8 */
    {"jabber-id", MIP_TOKENS},                             /* RFC 7259, 3 */
    {"keywords", MIP_PHRASES},                             /* RFC 5322, 3.6.5 */
    {"latest-delivery-time", MIP_TOKENS},                  /* RFC 2156, 2.3.1.2 */
    {"lines", MIP_TOKENS},                                 /* RFC 5536, 3.3.2 */
    {"list-archive", MIP_TOKENS},                          /* RFC 2369, 3.6 */
    {"list-help", MIP_TOKENS},                             /* RFC 2369, 3.1 */
    {"list-id", MIP_PHRASES},                              /* RFC 2919, 3 */
    {"list-owner", MIP_TOKENS},                            /* RFC 2369, 3.5 */
    {"list-post", MIP_TOKENS},                             /* RFC 2369, 3.4 */
    {"list-subscribe", MIP_TOKENS},                        /* RFC 2369, 3.3 */
    {"list-unsubscribe", MIP_TOKENS},                      /* RFC 2369, 3.2 */
    {"list-unsubscribe-post", MIP_TOKENS},                 /* RFC 8058, 3.1 */
    {"mail-followup-to", MIP_ADDRESSES},                   /* draft-ietf-drums-mail-followup-to */
    {"mail-reply-to", MIP_ADDRESSES},                      /* as Mail-Followup-To */
    {"message-context", MIP_TOKENS},                       /* RFC 3458, 3 */
    {"message-id", MIP_MSG_IDS},                           /* RFC 5322, 3.6.4 */
    {"mime-version", MIP_TOKENS},                          /* RFC 2045, 4 */
    {"newsgroups", MIP_TOKENS},                            /* RFC 5536, 3.1.4 */
    {"openpgp", MIP_TOKENS},                               /* draft-josefsson-openpgp-mailnews-header */
    {"orig-date", MIP_TOKENS},                             /* as Date, in CPython's email.headerregistry */
    {"original-from", MIP_ADDRESSES},                      /* RFC 5703, 5.2 */
    {"original-message-id", MIP_MSG_IDS},                  /* RFC 3798, 3.2.5 */
    {"path", MIP_TOKENS},                                  /* RFC 5536, 3.1.5 */
    {"precedence", MIP_TOKENS},                            /* RFC 3834, 3.1.8 */
    {"priority", MIP_TOKENS},                              /* RFC 2156, 2.3.1.2 */
    {"received", MIP_TOKENS},                              /* RFC 5322, 3.6.7 */
    {"received-spf", MIP_TOKENS},                          /* RFC 7208, 9.1 */
    {"references", MIP_MSG_IDS},                           /* RFC 5322, 3.6.4 */
    {"reply-by", MIP_TOKENS},                              /* RFC 2156, 2.3.1.2 */
    {"reply-to", MIP_ADDRESSES},                           /* RFC 5322, 3.6.2 */
    {"require-recipient-valid-since", MIP_TOKENS},         /* RFC 7293, 3.2 */
    {"resent-bcc", MIP_ADDRESSES},                         /* RFC 5322, 3.6.6 */
    {"resent-cc", MIP_ADDRESSES},                          /* RFC 5322, 3.6.6 */
    {"resent-date", MIP_TOKENS},                           /* RFC 5322, 3.6.6 */
    {"resent-from", MIP_ADDRESSES},                        /* RFC 5322, 3.6.6 */
    {"resent-message-id", MIP_MSG_IDS},                    /* RFC 5322, 3.6.6 */
    {"resent-msg-id", MIP_MSG_IDS},                        /* RFC 5322, 3.6.6 (as Odoo and others spell it) */
    {"resent-reply-to", MIP_ADDRESSES},                    /* RFC 822, 4.1 */
    {"resent-sender", MIP_ADDRESSES},                      /* RFC 5322, 3.6.6 */
    {"resent-to", MIP_ADDRESSES},                          /* RFC 5322, 3.6.6 */
    {"return-path", MIP_ADDRESSES},                        /* RFC 5322, 3.6.7 */
    {"return-receipt-to", MIP_ADDRESSES},                  /* RFC 2076, 3.5 */
    {"sender", MIP_ADDRESSES},                             /* RFC 5322, 3.6.2 */
    {"sensitivity", MIP_TOKENS},                           /* RFC 2156, 2.3.1.2 */
    {"solicitation", MIP_TOKENS},                          /* RFC 3865, 3 */
    {"supersedes", MIP_MSG_IDS},                           /* RFC 5536, 3.2.12 */
    {"thread-index", MIP_TOKENS},                          /* MS-OXOMSG, 2.2.1.3 */
    {"tls-required", MIP_TOKENS},                          /* RFC 8689, 5 */
    {"to", MIP_ADDRESSES},                                 /* RFC 5322, 3.6.3 */
    {"x-forwarded-message-id", MIP_MSG_IDS},               /* as References: Thunderbird, Mutt */
    {"x-google-dkim-signature", MIP_TOKENS},               /* as DKIM-Signature: Gmail */
    {"x-original-authentication-results", MIP_TOKENS},     /* as Authentication-Results: Google Groups */
    {"x-original-message-id", MIP_MSG_IDS},                /* as Original-Message-ID, before that was registered */
    {"xref", MIP_TOKENS},                                  /* RFC 5536, 3.2.14 */
};

/* Order field names as strcmp() does, without regard to the case of `name`. */
static int compare(mip_text name, const char *other)
{
    for (size_t i = 0; i < name.size; i++) {
        unsigned char octet = (unsigned char)name.data[i];
        if (octet >= 'A' && octet <= 'Z')
            octet = (unsigned char)(octet + 32);
        if (octet != (unsigned char)other[i])
            return octet < (unsigned char)other[i] ? -1 : 1;
        if (octet == 0)
            return 1;
    }
    return other[name.size] ? -1 : 0;
}

mip_syntax mip_syntax_of(mip_text name)
{
    size_t low = 0, high = sizeof fields / sizeof fields[0];

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(name, fields[middle].field_name);
        if (order == 0)
            return fields[middle].syntax;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return MIP_UNSTRUCTURED;
}

/* field-name = 1*ftext   RFC 5322, 3.6.8 */
mip_result field_name_check(mip_text name, int read)
{
    mip_result result = {MIP_OK, 0};

    for (size_t i = 0; i < name.size && result.status == MIP_OK; i++) {
        if (read ? name.data[i] == '\r' || name.data[i] == '\n' : !octet_is(name.data[i], OCTET_FTEXT)) {
            result.status = MIP_BAD_FIELD_NAME;
            result.offset = i;
        }
    }
    if (name.size == 0)
        result.status = MIP_BAD_FIELD_NAME;
    return result;
}
