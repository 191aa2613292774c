#include "msgidpolicy.h"

const char *mip_reason(mip_status status)
{
    switch (status) {
    case MIP_OK:
        return "nothing is wrong";
    case MIP_NO_SPACE:
        return "the output has no space left";
    case MIP_BAD_FIELD_NAME:
        return "an invalid field name: it has to be one or more printable US-ASCII characters other than \":\"";
    case MIP_LINE_END:
        return "a CR or LF that is not part of a fold";
    case MIP_CONTROL:
        return "a control character cannot be written in this field";
    case MIP_NOT_ASCII:
        return "a character outside US-ASCII, which only a style with utf8 can write here";
    case MIP_NOT_UTF8:
        return "octets that are not UTF-8 cannot be written here";
    case MIP_LINE_TOO_LONG:
        return "no place to fold within the 998 octets that a line may have (RFC 5322, 2.1.1)";
    case MIP_LIMIT_TOO_SMALL:
        return "max_line_length is too small to fit an encoded word";
    case MIP_NO_IDNA:
        return "a domain outside of US-ASCII needs a style with to_a_labels, or with utf8";
    case MIP_NO_A_LABELS:
        return "the domain is no internationalized domain name (RFC 5891)";
    case MIP_BAD_DOMAIN:
        return "the domain of a Message-ID is letters, digits and hyphens between dots (RFC 5322, 3.2.3)";
    case MIP_BAD_IDSTRING:
        return "the idstring of a Message-ID is letters, digits and hyphens between dots (RFC 5322, 3.2.3)";
    }
    return "an unknown status";
}
