"""The URIs of a mailing list's fields (RFC 2369)."""

import re

from .._mail.field import BLANKS
from ..finding import Fault

_LISTS = {"list-help", "list-subscribe", "list-unsubscribe", "list-post", "list-owner", "list-archive"}
_NO_POSTING = b"NO"  # RFC 2369, 3.4
_OUTSIDE = re.compile(rb"[^ \t,][^,]*")


def brackets(field, options):
    """Readers leave what is not in angle brackets, and all after it."""
    if field.name.lower() not in _LISTS or b"=?" in field.body:  # an encoded-word has a rule of its own
        return
    text = _outside(field)
    if field.name.lower() == "list-post" and text.strip(BLANKS).upper() == _NO_POSTING:
        return
    match = _OUTSIDE.search(text)
    if match:
        end = match.start() + len(match[0].rstrip(BLANKS))
        reason = "text after the angle brackets of a URI" if b"<" in field.body[: match.start()] else ""
        yield Fault("list-brackets", field.place(match.start()), field.place(end - 1) + 1, reason)
    for kind, start, end in field.brackets:
        if kind == "angle" and field.body[end - 1 : end] != b">":
            yield Fault("list-brackets", field.place(start), field.place(end - 1) + 1, "an angle bracket that is never closed")
    if not field.body.strip(BLANKS):
        yield Fault("list-brackets", *field.line_place(0), "a List field without a URI")


def _outside(field):
    """The body with blanks in the place of comments and of what is in angle brackets; a comma parts them."""
    pieces, at = [], 0
    for kind, start, end in field.brackets:
        if kind != "quoted-string":
            pieces += field.body[at:start], b" " * (end - start)
            at = end
    return b"".join([*pieces, field.body[at:]])


FIELD_CHECKS = (brackets,)
