"""Octets as they are shown to a person: what cannot be seen made visible, what is wrong marked, what is too long cut."""

import itertools
from typing import NamedTuple

from ..visible import visible

SHOWN_OCTETS = 4000  # of a field: a report of a 1 MB field is read by nobody
SHOWN_OF_LINE = 1000  # RFC 5322, 2.1.1 allows 998
_LEAD = 200  # octets before a mark in a line that is cut


class Piece(NamedTuple):
    """Text of one kind.

    Attributes:
        text (str): what is shown; printable, without line ends.
        kind (str): "text"; "escape" for what stands for an octet or a character that cannot be seen; "cut" for what says
            how much was left out.
        is_marked (bool): it is at fault.
    """

    text: str
    kind: str
    is_marked: bool


class Line(NamedTuple):
    """A line.

    Attributes:
        number (int): from 1; 0 where it has none.
        pieces (list of Piece): what it holds.
        is_new (bool): it was not there before.
    """

    number: int
    pieces: list
    is_new: bool = False


def marked_lines(lines, marks, first_number=1):
    """Lines with their marks, from a line before the first mark on.

    Args:
        lines (list of bytes): without their ends.
        marks (dict): for the index of a line, a list of (start, end).
        first_number (int): the number of the first line.

    Returns:
        list of Line.
    """
    begin = max(0, min(marks, default=0) - 1)
    return _lines(lines, begin, lambda index, line: (first_number + index, sorted(marks.get(index, ())), False))


def new_lines(lines, old):
    """Lines (list of bytes) that take the place of old ones, from a line before the first that is new on; a list of Line."""
    known = set(old)
    first = next((index for index, line in enumerate(lines) if line not in known), 0)
    return _lines(lines, max(0, first - 1), lambda index, line: (0, (), line not in known))


def _lines(lines, begin, look):
    shown = [_left_out(begin)] if begin else []
    room = SHOWN_OCTETS
    for index in range(begin, len(lines)):
        if room <= 0:
            return [*shown, _left_out(len(lines) - index)]
        line = lines[index]
        number, marks, is_new = look(index, line)
        shown.append(Line(number, _pieces(line, marks, min(SHOWN_OF_LINE, room)), is_new))
        room -= len(line) + 1
    return shown


def _left_out(count):
    return Line(0, [Piece(f"… {count:,} line{'s' * (count > 1)} …", "cut", False)])


def _pieces(line, marks, room):
    begin = 0
    if len(line) > room and marks:
        begin = max(0, min(marks[0][0] - _LEAD, len(line) - room))
    end = min(len(line), begin + room)
    pieces = [Piece(f"… {begin:,} octets … ", "cut", False)] if begin else []
    at = begin
    for mark_start, mark_end in marks:
        start, stop = max(at, mark_start), min(end, mark_end)
        if start < stop:
            pieces += _shown(line[at:start], False) + _shown(line[start:stop], True)
            at = stop
    pieces += _shown(line[at:end], False)
    if end < len(line):
        pieces.append(Piece(f" … {len(line) - end:,} octets", "cut", False))
    return pieces


def _shown(octets, is_marked):
    """Pieces of octets: UTF-8 as its characters; what is none, and what cannot be seen, by its number."""
    pieces = []
    for is_seen, characters in itertools.groupby(octets.decode("utf-8", "surrogateescape"), str.isprintable):
        text = "".join(characters)
        pieces.append(Piece(text, "text", is_marked) if is_seen else Piece(visible(text), "escape", is_marked))
    return pieces
