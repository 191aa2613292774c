"""The octets of bodies: what may stand in one, and what its Content-Transfer-Encoding says.

Each check goes over a body by what is quick for 20 MB: a count, a search, a translation; it goes into it where that finds
something.
"""

import re

from .._mail.field import LINE_OCTETS
from ..finding import Fault

_ENCODED_LINE = 76  # RFC 2045, 6.7 (5) and 6.8
_WHITE_SPACE = b" \t\r\n"
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_NUL = re.compile(rb"\0+")
_BARE_CR = re.compile(rb"\r(?!\n)")
_BARE_LF = re.compile(rb"(?<!\r)\n")
_8BIT = re.compile(rb"[\x80-\xff]+")
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/= \t\r\n]+")
_NO_ESCAPE = re.compile(rb"=(?![0-9A-Fa-f]{2}|[ \t]*(?:\r?\n|\Z))")


def octets(mail, entity, options):
    for start, end in _own_octets(entity):
        body = mail.octets
        if body.find(b"\0", start, end) >= 0:
            yield from _each("octet-nul", _NUL, body, start, end)
        pairs = body.count(b"\r\n", start, end)
        if body.count(b"\r", start, end) > pairs:
            yield from _each("octet-bare-cr", _BARE_CR, body, start, end)
        if mail.line_end == b"\r\n" and body.count(b"\n", start, end) > pairs:
            yield from _each("octet-bare-lf", _BARE_LF, body, start, end)


def lines(mail, entity, options):
    is_encoded = entity.encoding in ("base64", "quoted-printable") and not entity.is_composite
    for start, end in _own_octets(entity):
        for first, last in _longer(mail, start, end, _ENCODED_LINE if is_encoded else LINE_OCTETS):
            size = last - first
            if size > LINE_OCTETS:
                yield Fault("body-line-too-long", first + LINE_OCTETS, last, f"a line of {size} octets, over 998")
            else:
                yield Fault("body-encoded-line", first + _ENCODED_LINE, last)


def only_7bit(mail, entity, options):
    if entity.encoding != "7bit":
        return
    for start, end in _own_octets(entity):
        if not mail.octets[start:end].isascii():
            yield from _each("body-8bit", _8BIT, mail.octets, start, end)


def base64(mail, entity, options):
    if entity.encoding != "base64" or entity.is_composite:
        return
    start, end = entity.body_start, entity.body_end
    body = mail.octets[start:end].translate(None, _WHITE_SPACE)
    if body.translate(None, _BASE64):
        yield from _each("body-base64", _NO_BASE64, mail.octets, start, end)
        return
    padding = body.find(b"=")
    if padding >= 0 and body[padding:] not in (b"=", b"=="):
        first = mail.octets.find(b"=", start, end)
        yield Fault("body-base64", first, first + 1, "padding before the end of base64")
    elif len(body) % 4 and not entity.is_returned:
        last = start + len(mail.octets[start:end].rstrip(_WHITE_SPACE))
        yield Fault("body-base64", last - 1, last, "base64 whose last four digits are not whole")


def quoted_printable(mail, entity, options):
    if entity.encoding != "quoted-printable" or entity.is_composite:
        return
    start, end = entity.body_start, entity.body_end
    body = mail.octets[start:end]
    last = len(body.rstrip(_WHITE_SPACE)) - 2 if entity.is_returned else len(body)  # where it was cut it may be half there
    for match in _NO_ESCAPE.finditer(body):
        if match.start() < last:
            yield Fault(
                "body-quoted-printable", start + match.start(), start + match.end(), "an equals sign without two digits"
            )
    if not body.isascii():
        for match in _8BIT.finditer(body):
            place = start + match.start(), start + match.end()
            yield Fault("body-quoted-printable", *place, "octets that are not US-ASCII in quoted-printable")


def _own_octets(entity):
    return () if entity.encoding == "binary" else entity.own_octets()


def _each(rule, pattern, octets, start, end):
    return (Fault(rule, *match.span()) for match in pattern.finditer(octets, start, end))


def _longer(mail, start, end, limit):
    """Yield start and end of each line over a limit (octets), without its line end.

    A line end is looked for where the longest line would have one, so that short lines are not looked at one by one.
    """
    octets, most = mail.octets, limit + len(mail.line_end)
    while end - start > limit:
        line_end = octets.rfind(b"\n", start, min(start + most, end))
        if line_end >= 0:
            start = line_end + 1
            continue
        line_end = octets.find(b"\n", start, end)
        line_end = end if line_end < 0 else line_end
        last = line_end - (octets[line_end - 1 : line_end] == b"\r")
        if last - start > limit:
            yield start, last
        start = line_end + 1


ENTITY_CHECKS = (octets, lines, only_7bit, base64, quoted_printable)
