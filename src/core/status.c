#include "msgidpolicy.h"

const char *mip_reason(mip_status status)
{
    switch (status) {
    case MIP_OK:
        return "nothing is wrong";
    case MIP_NO_SPACE:
        return "the output has no space left";
    case MIP_BAD_FIELD_NAME:
        return "an invalid header name: only printable US-ASCII characters without \":\" make one";
    case MIP_LINE_END:
        return "Header values may not contain linefeed or carriage return characters";
    case MIP_CONTROL:
        return "a control character cannot be written in this field";
    case MIP_NOT_ASCII:
        return "a non-ASCII character: outside of names, comments and text, as in the local-part of an addr-spec,"
               " it needs a policy with utf8=True (SMTPUTF8)";
    case MIP_NOT_UTF8:
        return "octets that are not UTF-8 cannot be written here";
    case MIP_LINE_TOO_LONG:
        return "a line would be longer than 998 octets and holds no place to fold it";
    case MIP_LIMIT_TOO_SMALL:
        return "max_line_length is too small to fit an encoded word";
    case MIP_NO_IDNA:
        return "a domain that is not US-ASCII needs the package idna (pip install 'msgidpolicy[idna]') or"
               " utf8=True (SMTPUTF8)";
    case MIP_NO_A_LABELS:
        return "the domain is no internationalized domain name (RFC 5891)";
    case MIP_BAD_DOMAIN:
        return "the domain of a Message-ID is letters, digits and hyphens between dots (RFC 5322, 3.2.3)";
    case MIP_BAD_IDSTRING:
        return "the idstring of a Message-ID is letters, digits and hyphens between dots (RFC 5322, 3.2.3)";
    case MIP_NO_VIEW:
        return "the core cannot say what is shown of this";
    }
    return "an unknown status";
}
