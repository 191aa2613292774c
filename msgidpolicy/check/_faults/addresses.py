"""The addresses of a field."""

from .._mail.field import BLANKS, LINE_OCTETS
from ..finding import Fault
from .mailbox import items

_DESTINATIONS = {"to", "cc", "bcc", "reply-to"}  # may hold a group of nobody: RFC 5322, 3.4; RFC 6854, 4
_FIELDS = {"from", "sender", "return-path", "disposition-notification-to", "mail-followup-to", "mail-reply-to", "author"}
_FIELDS |= _DESTINATIONS
_LIMIT = LINE_OCTETS - 98  # a quoted-string that is longer may have to be folded


def _base_name(field):
    return field.name.lower().removeprefix("resent-")


def present(field, options):
    """A field of addresses holds one, and nothing that is none. Other fields than these hold local names."""
    name = _base_name(field)
    if name not in _FIELDS or not field.is_whole:
        return
    mailboxes, has_group = items(field)
    if b"@" not in field.body and not any(item.is_encoded for item in mailboxes):
        is_nobody = name == "return-path" and b"<" in field.body or name in _DESTINATIONS and has_group
        if not is_nobody and not (name == "bcc" and not field.body.strip(BLANKS)):
            yield Fault("address-none", *_extent(field))
        return
    for item in mailboxes:
        fault = item.fault()
        if fault:
            start, end, reason = fault
            yield Fault("address-syntax", field.place(start), field.place(end - 1) + 1, reason)


def _extent(field):
    """The octets of a field, as offsets into the message."""
    return field.start, field.line_place(len(field.lines) - 1)[1]


def folds(field, options):
    """In an angle-addr a fold may only stand beside its brackets, in a bare address nowhere."""
    if field.syntax != "addresses" or len(field.lines) == 1:
        return
    for kind, start, end in field.brackets:
        if kind == "quoted-string" and field.line_at(start) != field.line_at(end - 1) and end - start < _LIMIT:
            yield Fault("address-quotes-folded", field.place(start), field.place(end - 1) + 1)
        if kind != "angle":
            continue
        inside = field.body[start + 1 : end].rstrip(b" \t>")
        last = start + 1 + len(inside)
        first = last - len(inside.lstrip(b" \t"))
        if first < last and field.line_at(first) != field.line_at(last - 1):
            yield Fault("address-folded", field.place(first), field.place(last - 1) + 1)
    for item in items(field)[0]:
        for start, end in item.folds():
            yield Fault("address-folded", field.place(start), field.place(end - 1) + 1)


FIELD_CHECKS = (present, folds)
