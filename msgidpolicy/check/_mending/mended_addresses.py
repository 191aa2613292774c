"""The addresses of a field, as they should be."""

import re

from .._faults.encoded_word import PATTERN
from .._faults.mailbox import items
from .._mail.field import BLANKS
from .edits import Edits
from .encoded_text import Guess, text_of
from .mended_text import is_plain, mend_comment, mend_name, mend_quoted_name, name_runs

_ATOMS = rb"[^\s<>()\[\]\\,;:\"@]+"
_ADDR_SPEC = re.compile(rb"%b@(?:%b|\[[^\s<>()\[\]\\,;\"@]+\])" % (_ATOMS, _ATOMS))
_ENCODED_WHOLE = re.compile(rb"[^<>@\"]*<%b>|%b" % (_ADDR_SPEC.pattern, _ADDR_SPEC.pattern))
_BESIDE_DOTS = re.compile(rb"[ \t]*([@.])[ \t]*")
# The fields that CPython writes as addresses; in any other an encoded-word may stand for an address.
_READ_BY_CPYTHON = ("from", "sender", "reply-to", "to", "cc", "bcc")


def whole_addresses(field, utf8):
    """The body (bytes) without the folds in addresses that stand beside ``@`` and ``.``, where the older grammar had
    white space (RFC 5322, 4.4).

    Args:
        field (Field): as it came, with its folds.
        utf8 (bool): an address may hold UTF-8 (RFC 6532).
    """
    edits = Edits(field.body)
    for kind, start, end in field.brackets:
        if kind == "angle" and field.line_at(start) != field.line_at(end - 1):
            address = _BESIDE_DOTS.sub(rb"\1", field.body[start + 1 : end - 1].strip(BLANKS))
            if is_address(address, utf8) and field.body[end - 1 : end] == b">":
                edits.put(start + 1, end - 1, address)
    for item in items(field)[0]:
        address = _BESIDE_DOTS.sub(rb"\1", item.text)
        if any(item.folds()) and field.body[item.start : item.end] == item.text and is_address(address, utf8):
            edits.put(item.start, item.end, address)
    return edits.done()


def decoded_addresses(field, utf8, are_needless=False):
    """The body (bytes) of a field of addresses or phrases, with its encoded-words where they may stand, and right.

    Args:
        field (Field): in one line.
        utf8 (bool): an address may hold UTF-8 (RFC 6532).
        are_needless (bool): encoded-words that are not needed are taken out.
    """
    whole = _decoded_whole(field)
    if whole is not None:
        return whole
    edits, at = Edits(field.body), 0
    for kind, start, end in [*field.brackets, ("", len(field.body), 0)]:
        for run in name_runs(field.body, at, start):
            _mend_run(edits, run, utf8, are_needless)
        if kind == "angle":
            _mend_angle(edits, start, end, utf8)
        elif kind == "comment":
            mend_comment(edits, start, end, are_needless)
        elif kind == "quoted-string":
            mend_quoted_name(edits, start, end)
        at = end
    return edits.done()


def is_address(octets, utf8):
    """Is this (bytes) an addr-spec that may be written so?"""
    return _ADDR_SPEC.fullmatch(octets) is not None and (utf8 or octets.isascii())


def _decoded_whole(field):
    """What a body of encoded-words stands for that CPython made of a whole address, as it took the field for text."""
    name = field.name.lower().removeprefix("resent-")
    if field.syntax != "addresses" or name in _READ_BY_CPYTHON or any(kind == "angle" for kind, _, _ in field.brackets):
        return None
    try:
        octets = text_of(field.body).encode()
    except Guess:
        return None
    is_sure = octets.isascii() and b"=?" not in octets and _ENCODED_WHOLE.fullmatch(octets.strip(BLANKS))
    return octets if is_sure and not PATTERN.sub(b"", field.body).count(b"@") else None


def _mend_run(edits, run, utf8, are_needless):
    octets = edits.octets[run.start : run.end]
    if b"@" not in PATTERN.sub(b"", octets):
        if not run.is_right or are_needless and is_plain(run):
            mend_name(edits, run)
        return
    try:
        address = text_of(octets).encode()
    except Guess:
        return
    if is_address(address, utf8):
        edits.put(run.start, run.end, address)


def _mend_angle(edits, start, end, utf8):
    content = edits.octets[start + 1 : end - 1]
    if not PATTERN.search(content) or edits.octets[end - 1 : end] != b">":
        return
    try:
        address = text_of(content).encode()
    except Guess:
        return
    if is_address(address, utf8):
        edits.put(start + 1, end - 1, address)
