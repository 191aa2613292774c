"""The msg-ids of a field, as they should be."""

import re

from .._faults.encoded_word import PATTERN
from .._mail.field import BLANKS
from .edits import Edits
from .encoded_text import Guess, text_of

_BLANKS = re.compile(rb"[ \t]+")
_ID = re.compile(rb"<[!-;=?-~]+@[!-;=?-~]+>")
_IDS = re.compile(rb"(?:[ \t]*<[!-;=?-~]+>)*[ \t]*")
_BARE = re.compile(rb"[!#$%&'*+\-./0-9=?A-Z^_`a-z{|}~:]+@[!#$%&'*+\-./0-9=?A-Z^_`a-z{|}~:\[\]]+")


def decoded_ids(field):
    """The body (bytes) with what each encoded-word outside of comments stood for in its place.

    White space between two of them is none: a msg-id is longer than a line, so CPython cut it in many (gh-79062).
    """
    edits, at = Edits(field.body), 0
    comments = [(start, end) for kind, start, end in field.brackets if kind == "comment"]
    for start, end in [*comments, (len(field.body), 0)]:
        stretch = field.body[at:start]
        if PATTERN.search(stretch):
            edits.put(at, start, _decoded(stretch))
        at = end
    return edits.done()


def _decoded(stretch):
    try:
        octets = text_of(stretch).encode()
    except Guess:
        return stretch
    octets = b"> <".join(octets.split(b"><"))
    is_sure = octets.isascii() and (_IDS.fullmatch(octets) or _BARE.fullmatch(octets.strip(BLANKS)))
    return octets if is_sure else stretch


def whole_ids(field):
    """The body (bytes) without the white space in msg-ids that was never part of them.

    That is white space at a fold, as no msg-id holds any, and beside ``<``, ``@``, ``.`` and ``>``, where the older
    grammar had it (RFC 5322, 4.5.4). Any other may have been meant.

    Args:
        field (Field): as it came, with its folds.
    """
    edits = Edits(field.body)
    for kind, start, end in field.brackets:
        content = field.body[start:end]
        if kind != "angle" or not content.endswith(b">") or not _BLANKS.search(content) or PATTERN.search(content):
            continue
        joined = b"".join(_BLANKS.split(content))
        if _ID.fullmatch(joined) and all(_is_no_part(field, start, blanks) for blanks in _BLANKS.finditer(content)):
            edits.put(start, end, joined)
    return edits.done()


def _is_no_part(field, start, blanks):
    """Is white space in a msg-id, which starts at an offset of the body, no part of it?"""
    first, last = start + blanks.start(), start + blanks.end()
    if field.line_at(first - 1) != field.line_at(last):
        return True
    return field.body[first - 1 : first] in b"<@." or field.body[last : last + 1] in b"@.>"


def parted(field):
    """The body (bytes) with white space between msg-ids that stand together or have a comma between them."""
    edits, last_end = Edits(field.body), None
    for kind, start, end in field.brackets:
        if kind != "angle":
            last_end = None
            continue
        if last_end is not None and not field.body[last_end:start].strip(b", \t"):
            between = field.body[last_end:start].replace(b",", b"")
            edits.put(last_end, start, between or b" ")
        last_end = end
    return edits.done()


def in_brackets(body):
    """The body (bytes), in angle brackets where it is nothing but one msg-id without them."""
    bare = body.strip(BLANKS)
    return body.replace(bare, b"<" + bare + b">") if _BARE.fullmatch(bare) else body
