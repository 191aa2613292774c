"""A content manager that encodes bodies by the core, in lines that RFC 2045 allows."""

import codecs
import email.charset
import re
from email import contentmanager

from . import _core
from .cpython import fields_of
from .source import LINE_OCTETS

_ENCODED_COLUMNS = 76  # RFC 2045, 6.7 (5) and 6.8
_SNIFFED_LINES = 10  # of a text: what they take tells how all of it is encoded, as with the standard library

_codec_of_iana = re.compile(r"(?:iso8859-|cp(?=125\d))")
_IANA_PREFIXES = {"iso8859-": "iso-8859-", "cp": "windows-"}
_IANA_NAMES = {"ascii": "us-ascii", "utf-8": "utf-8", "euc_jp": "euc-jp", "euc_kr": "euc-kr", "iso2022_jp": "iso-2022-jp"}


class ContentManager(contentmanager.ContentManager):
    """An ``email.contentmanager.ContentManager`` with all that ``raw_data_manager`` has, now and later.

    Where the standard library's own handlers for ``str`` and for octets are registered there, those of this module are
    asked in their place. What is added here is added there, as it is for the policies of ``email.policy``.
    """

    def __init__(self):
        super().__init__()
        self.get_handlers = contentmanager.raw_data_manager.get_handlers
        self.set_handlers = contentmanager.raw_data_manager.set_handlers

    def set_content(self, msg, obj, *args, **kw):
        """As that of the standard library's ContentManager.

        Args:
            msg (email.message.EmailMessage): what gets the content; any that it has goes.
            obj: the content, a str or octets, or what else there is a handler for. The other arguments go to it.

        Raises:
            KeyError: there is no handler for an object of this class.
            TypeError: the message is a multipart.
        """
        handler = self.set_handlers.get(type(obj))
        if handler not in _OURS:
            super().set_content(msg, obj, *args, **kw)
            return
        has_type = _core.find_field(fields_of(msg), "Content-Type") >= 0
        if has_type and msg.get_content_maintype() == "multipart":
            raise TypeError("set_content not valid on multipart")
        msg.clear_content()
        _OURS[handler](msg, obj, *args, **kw)


def set_text(
    msg,
    string,
    subtype="plain",
    charset="utf-8",
    cte=None,
    disposition=None,
    filename=None,
    cid=None,
    params=None,
    headers=None,
):
    """Set a text as the content of a message: what ``set_content()`` does with a str.

    The arguments are those of the standard library's handler for ``str``. A text goes as it is where its lines are within
    the limit of the policy and it is US-ASCII, or the policy has a ``cte_type`` of ``"8bit"``; else in the one of
    quoted-printable and base64 that is shorter, in lines of at most 76 columns (RFC 2045, 6.7 and 6.8).

    Raises:
        LookupError: the charset has no codec.
        UnicodeEncodeError: the text has characters that the charset has not; or, with a ``cte`` of ``"7bit"`` or
            ``"8bit"``, octets that it does not allow.
        ValueError: there is no such ``cte``; or one of ``headers`` has a defect.
    """
    cte, payload = encoded_text(string, charset, cte, msg.policy)
    name = charset_name(charset)
    if is_token(subtype) and is_token(name):
        _set_type(msg, f'text/{subtype}; charset="{name}"', headers)
    else:
        _set_type(msg, f"text/{subtype}", headers)
        msg.set_param("charset", name, replace=True)
    msg.set_payload(payload)
    _set_fields(msg, cte, disposition, filename, cid, params)


def set_octets(
    msg, data, maintype, subtype, cte="base64", disposition=None, filename=None, cid=None, params=None, headers=None
):
    """Set octets as the content of a message: what ``set_content()`` does with ``bytes`` and the like.

    The arguments are those of the standard library's handler for ``bytes``; base64 has lines of at most 76 digits.
    """
    if cte != "base64":
        contentmanager.set_bytes_content(msg, data, maintype, subtype, cte, disposition, filename, cid, params, headers)
        return
    payload = _core.base64(data if type(data) is bytes else memoryview(data).tobytes(), _encoded_columns(msg.policy))
    _set_type(msg, f"{maintype}/{subtype}", headers)
    msg.set_payload(payload)
    _set_fields(msg, cte, disposition, filename, cid, params)


_OURS = {contentmanager.set_text_content: set_text, contentmanager.set_bytes_content: set_octets}


def encoded_text(string, charset, cte, policy):
    """A text as it is transferred, with a line end behind its last line.

    Args:
        string (str): the text.
        charset (str): the name of a codec of Python's.
        cte (str): its Content-Transfer-Encoding; None where that is to be found.
        policy (email.policy.EmailPolicy): gives the limit of lines, the line ends of what goes by base64, ``cte_type``.

    Returns:
        tuple: the Content-Transfer-Encoding, and the payload, in which surrogates stand for octets that are not US-ASCII.
    """
    if cte is None and _goes_as_it_is(string, charset, policy):
        return "7bit", string if string[-1:] == "\n" else f"{string}\n"
    lines = string.encode(charset).splitlines()
    text = b"\n".join([*lines, b""]) if lines else b"\n"
    linesep = policy.linesep.encode("ascii")
    if cte is None:
        cte, payload = _best_encoding(lines, text, linesep, policy)
        if payload is not None:
            return cte, payload
    if cte == "7bit":
        return cte, text.decode("ascii")
    if cte == "8bit":
        return cte, text.decode("ascii", "surrogateescape")
    if cte == "quoted-printable":
        return cte, _core.quoted_printable(text, _encoded_columns(policy))
    if cte == "base64":
        return cte, _core.base64(text.replace(b"\n", linesep), _encoded_columns(policy))
    raise ValueError(f"Unknown content transfer encoding {cte}")


def _goes_as_it_is(string, charset, policy):
    """Is a text in US-ASCII, with no line end but LF, and all its lines within the limit?  Most are, and need no lines made."""
    is_plain = charset == "utf-8" and type(string) is str and string.isascii() and "\r" not in string
    return is_plain and _core.longest_line(string) <= _text_octets(policy)


def _best_encoding(lines, text, linesep, policy):
    """The Content-Transfer-Encoding of a text, and its payload if that came of it, else None."""
    if max(map(len, lines), default=0) <= _text_octets(policy):
        if text.isascii():
            return "7bit", text.decode("ascii")
        if policy.cte_type == "8bit":
            return "8bit", text.decode("ascii", "surrogateescape")
    sniffed = text if len(lines) <= _SNIFFED_LINES else b"\n".join([*lines[:_SNIFFED_LINES], b""])
    quoted = _core.quoted_printable(sniffed, _encoded_columns(policy))
    octets = len(sniffed) + sniffed.count(b"\n") * (len(linesep) - 1)
    if len(quoted) > (octets + 2) // 3 * 4 + 1:  # of base64, in one line
        return "base64", None
    return "quoted-printable", quoted if sniffed is text else None


def _text_octets(policy):
    """The most octets of a line that goes as it is."""
    limit = policy.max_line_length or 0
    return min(limit, LINE_OCTETS) if limit > 0 else LINE_OCTETS


def _encoded_columns(policy):
    """The most columns of a line of quoted-printable or base64, which takes at least four."""
    limit = policy.max_line_length or 0
    return max(4, min(limit, _ENCODED_COLUMNS)) if limit > 0 else _ENCODED_COLUMNS


def charset_name(charset):
    """The name that IANA has for the charset of a codec of Python's: ``iso-8859-1`` for ``latin1``.

    An alias that the application has in ``email.charset`` counts.
    """
    alias = email.charset.ALIASES.get(charset)
    if alias is not None or charset == "utf-8":
        return alias or charset
    name = codecs.lookup(charset).name
    found = _codec_of_iana.match(name)
    if found:
        return _IANA_PREFIXES[found[0]] + name[found.end() :]
    return _IANA_NAMES.get(name, charset)


def is_token(value):
    """Is a str a token (RFC 2045, 5.1) of letters, digits and hyphens, as most are?"""
    return value.isascii() and value.replace("-", "").isalnum()


def _set_type(msg, content_type, headers):
    """Set the Content-Type, and fields that the caller gives as header objects, or as lines (str)."""
    msg["Content-Type"] = content_type
    if not headers:
        return
    if not hasattr(headers[0], "name"):
        policy = msg.policy
        headers = [policy.header_factory(*policy.header_source_parse([header])) for header in headers]
    for header in headers:
        if header.defects:
            raise ValueError(f"Invalid header: {header.fold(policy=msg.policy)}") from header.defects[0]
        msg[header.name] = header


def _set_fields(msg, cte, disposition, filename, cid, params):
    msg["Content-Transfer-Encoding"] = cte
    if disposition is None and filename is not None:
        disposition = "attachment"
    if disposition is not None:
        msg["Content-Disposition"] = disposition
    if filename is not None:
        msg.set_param("filename", filename, header="Content-Disposition", replace=True)
    if cid is not None:
        msg["Content-ID"] = cid
    for name, value in (params or {}).items():
        msg.set_param(name, value)


content_manager = ContentManager()
