"""The lines of a field: how long they are, where they are folded, what octets they hold."""

import re

from .._mail.field import BLANKS, LINE_OCTETS
from ..finding import Fault
from .msg_ids import is_on_second_line

_WHITE_SPACE = re.compile(rb"[ \t]")
_BETWEEN_ITEMS = re.compile(rb"(?<=[,;:>)])[ \t]|[ \t](?=[<(])")  # of addresses: in a name programs keep the line end
_CONTROL = re.compile(rb"\x00+|\r+|\n+|[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]+")
_SPACE_EXPECTED = {"from", "to", "cc", "reply-to", "date"}  # by spam filters, in these alone
_8BIT = re.compile(rb"[\x80-\xff]+")
_CONTROL_RULES = {b"\0": "octet-nul", b"\r": "octet-bare-cr", b"\n": "octet-bare-lf"}


def columns(line, utf8):
    """The columns of a line: characters where it is UTF-8, octets else. No fold takes away the white space at its end."""
    line = line.rstrip(BLANKS)
    return len(line.decode("utf-8", "surrogateescape")) if utf8 else len(line)


def has_place_to_fold(field, index, body, places=_WHITE_SPACE):
    """Does a line of this body hold white space, but for that at its ends?"""
    start = field.starts[index]
    return places.search(body[start : start + len(field.texts[index])].strip(BLANKS)) is not None


def lengths(field, options):
    is_comment_whole = field.syntax in ("msg-ids", "addresses")
    places = _BETWEEN_ITEMS if field.syntax == "addresses" else _WHITE_SPACE
    foldable = None
    for index, line in enumerate(field.lines):
        start, end = field.line_place(index)
        if len(line) > LINE_OCTETS:
            yield Fault("line-too-long", start + LINE_OCTETS, end, f"a line of {len(line)} octets, over 998")
        if len(line) <= options.limit or columns(line, options.utf8) <= options.limit:
            continue
        if foldable is None:
            foldable = field.without("quoted-string", "angle", *(["comment"] if is_comment_whole else []))
        if has_place_to_fold(field, index, foldable, places):
            reason = f"a line over {options.limit} columns, with white space to fold at"
            yield Fault("line-over-limit", start + options.limit, end, reason)


def folds(field, options):
    if field.body.strip(BLANKS) and not field.texts[0].strip(BLANKS) and not is_on_second_line(field):
        yield Fault("line-empty-first", *field.line_place(0))
    last = len(field.lines) - 1
    for index, line in enumerate(field.lines):
        start, end = field.line_place(index)
        belongs = line[:1] in (b" ", b"\t") if index > 0 else field.name
        if not belongs:
            yield Fault("line-no-field", start, end, _no_field_reason(line))
        if index > 0 and not line.strip(BLANKS):
            yield Fault("line-blank", start, end)
        elif index < last and line[-1:] in (b" ", b"\t"):
            yield Fault("line-blank-at-end", start + len(line.rstrip(BLANKS)), end)


def _no_field_reason(line):
    """Why this line begins no field, where it has a colon that could be a field's."""
    name, colon, _ = line.partition(b":")
    if not colon or name[:1] in (b" ", b"\t"):
        return ""
    if not name:
        return "a line that is no field: there is no name before the colon"
    if not name.isascii():
        return "a line that is no field: its name is not US-ASCII"
    return "a line that is no field: there is white space or a control character in its name"


def colons(field, options):
    """The octets on both sides of the colon."""
    if not field.name:
        return
    start, text = field.start + len(field.name), field.texts[0]
    colon = field.start + len(field.lines[0]) - len(text) - 1
    if colon > start:
        yield Fault("line-space-before-colon", start, colon)
    if text and text[:1] not in (b" ", b"\t") and field.name.lower() in _SPACE_EXPECTED:
        yield Fault("line-no-space", colon, colon + 2)


def octets(field, options):
    for index, line in enumerate(field.lines):
        start = field.line_starts[index]
        for match in _CONTROL.finditer(line):
            rule = _CONTROL_RULES.get(match[0][:1], "octet-control")
            yield Fault(rule, start + match.start(), start + match.end())
        if line.isascii():
            continue
        if not options.utf8:
            for match in _8BIT.finditer(line):
                yield Fault("octet-8bit", start + match.start(), start + match.end())
        else:
            try:
                line.decode()
            except UnicodeDecodeError as error:
                yield Fault("octet-not-utf8", start + error.start, start + error.end)


FIELD_CHECKS = (lengths, folds, colons, octets)
