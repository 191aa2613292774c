"""A field as it came, with the places of its octets in the message."""

import bisect
import re

from ... import _core

LINE_OCTETS = 998  # RFC 5322, 2.1.1
BLANKS = b" \t"
_NAME = re.compile(rb"([!-9;-~]+)[ \t]*:")  # RFC 5322, 3.6.8 and 4.5
_PARENTHESIS = re.compile(rb"\\.|[()]", re.DOTALL)
_OPENING = re.compile(rb"\\.|[\"<(]", re.DOTALL)
_OPENING_OF_PARAMETERS = re.compile(rb"\\.|[\"(]", re.DOTALL)  # a "<" is no bracket there
_CLOSING = {b'"': re.compile(rb'\\.|"', re.DOTALL), b"<": re.compile(rb"\\.|>", re.DOTALL)}
_KINDS = {b'"': "quoted-string", b"<": "angle"}


def begins_field(line):
    """Does a field begin with this line (bytes)?"""
    return _NAME.match(line) is not None


class Field:
    """A field as it came.

    Attributes:
        name (str): its name; empty where the first line does not begin a field.
        start (int): the offset of its first octet in the message.
        octets (bytes): all of it, with its line ends.
        lines (list of bytes): its lines, without their ends.
        line_starts (list of int): the offset of each line in the message.
        syntax (str): what its body may hold, as in ``_core.syntax_of``.
        texts (list of bytes): what the lines hold beside the field's name and colon.
        body (bytes): these in one, the field body without its folds.
        starts (list of int): the offset into the body at which each line's text begins.
    """

    def __init__(self, octets, start, line_end):
        self.octets, self.start = octets, start
        self.lines = octets.removesuffix(line_end).split(line_end)
        self.line_starts, at = [], start
        for line in self.lines:
            self.line_starts.append(at)
            at += len(line) + len(line_end)
        if line_end == b"\n":  # a file with line ends of both kinds
            self.lines = [line.removesuffix(b"\r") for line in self.lines]
        name = _NAME.match(self.lines[0])
        self.name = name[1].decode() if name else ""
        self.syntax = _core.syntax_of(self.name)
        self._prefix = name.end() if name else 0
        self.texts = [self.lines[0][self._prefix :], *self.lines[1:]]
        self.body = b"".join(self.texts)
        self.starts = [0]
        for text in self.texts[:-1]:
            self.starts.append(self.starts[-1] + len(text))
        self._brackets = None

    @property
    def is_whole(self):
        """bool: it has a name, and each line after the first goes on with it."""
        return bool(self.name) and all(line[:1] in (b" ", b"\t") for line in self.lines[1:])

    @property
    def brackets(self):
        """list of tuple: kind, start and end of each ``"…"``, ``<…>`` and outermost ``(…)`` in the body; none in an
        unstructured one."""
        if self._brackets is None:
            opening = _OPENING_OF_PARAMETERS if self.syntax == "parameters" else _OPENING
            self._brackets = [] if self.syntax == "unstructured" else list(_brackets(self.body, opening))
        return self._brackets

    def without(self, *kinds):
        """The body with what is in brackets of these kinds made unrecognizable, as long as it was."""
        pieces, at = [], 0
        for kind, start, end in self.brackets:
            if kind in kinds:
                pieces += self.body[at : start + 1], b"x" * (end - start - 2)
                at = max(start + 1, end - 1)
        return b"".join([*pieces, self.body[at:]])

    def without_comments(self):
        """The body with blanks in the place of each comment."""
        pieces, at = [], 0
        for kind, start, end in self.brackets:
            if kind == "comment":
                pieces += self.body[at:start], b" " * (end - start)
                at = end
        return b"".join([*pieces, self.body[at:]])

    def line_at(self, offset):
        """The index of the line that holds this octet of the body."""
        return bisect.bisect_right(self.starts, offset) - 1

    def place(self, offset):
        """The offset into the message of this octet of the body."""
        index = self.line_at(offset)
        prefix = self._prefix if index == 0 else 0
        return self.line_starts[index] + prefix + offset - self.starts[index]

    def line_place(self, index):
        """Start and end of a line, as offsets into the message."""
        return self.line_starts[index], self.line_starts[index] + len(self.lines[index])


def _brackets(octets, pattern):
    """Yield (kind, start, end) of each ``"…"``, ``<…>`` and outermost ``(…)`` of a structured body.

    What is never closed ends with the body; a ``(`` that is never closed is not a comment.
    """
    comments, at = _comments(octets), 0
    while True:
        opening = pattern.search(octets, at)
        if not opening:
            return
        start, at = opening.span()
        if start in comments:
            at = comments[start]
            yield "comment", start, at
        elif opening[0] in _KINDS:
            at = _end_of(octets, at, _CLOSING[opening[0]])
            yield _KINDS[opening[0]], start, at


def _comments(octets):
    """The end of each comment, by its beginning, as if there were no quoted-strings."""
    comments, opened = {}, []
    for match in _PARENTHESIS.finditer(octets):
        if match[0] == b"(":
            opened.append(match.start())
        elif match[0] == b")" and opened:
            comments[opened.pop()] = match.end()
    return comments


def _end_of(octets, at, closing):
    """The offset after what closes brackets; a quoted-pair does not."""
    for match in closing.finditer(octets, at):
        if len(match[0]) == 1:
            return match.end()
    return len(octets)
