"""Octets of a mail as text that no terminal obeys."""

import unicodedata

_ESCAPES = {"\t": "\\t", "\r": "\\r", "\n": "\\n", "\0": "\\0"}
_CUT = "..."


def visible(text):
    """What is printable of octets, or of a text, as it is, and the rest as escapes (``\\t``, ``\\x1b``, ``\\u202e``).

    Args:
        text (bytes or str): UTF-8, or what stands for octets that are not as ``surrogateescape`` has it.
    """
    if isinstance(text, bytes):
        text = text.decode("utf-8", "surrogateescape")
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, text))


def excerpt(octets, start, end, width):
    """A line, cut around a place of it to what a terminal shows in one line.

    Args:
        octets (bytes): the line.
        start, end (int): the place.
        width (int): columns.

    Returns:
        tuple: the text, the column at which the place begins in it (int, from 0), and how many columns it has (int, at least
        1).
    """
    first, last = _character_start(octets, max(0, start - width)), min(len(octets), start + 4 * width)
    cells = _cells(octets, first, last)
    fits = first == 0 and last == len(octets) and _width(cells) <= width
    left = 0 if fits else _left_of(cells, start, width // 3)
    text = _CUT if first or left else ""
    reaches_end = last == len(octets) and len(text) + _width(cells[left:]) <= width
    column, limit = len(text), width if reaches_end else width - len(_CUT)
    mark, marked = column, 0
    for offset, shown, columns in cells[left:]:
        if column + columns > limit:
            break
        text += shown
        column += columns
        if offset < start:
            mark += columns
        elif offset < end:
            marked += columns
    return text if reaches_end else text + _CUT, mark, max(1, marked)


def _character_start(octets, offset):
    for _ in range(3):
        if 0 < offset < len(octets) and octets[offset] & 0xC0 == 0x80:
            offset -= 1
    return offset


def _cells(octets, first, last):
    """Offset, text and columns of each character between two offsets."""
    cells, offset = [], first
    for character in octets[first:last].decode("utf-8", "surrogateescape"):
        shown = _shown(character)
        cells.append((offset, shown, _columns(shown)))
        offset += len(character.encode("utf-8", "surrogateescape"))
    return cells


def _left_of(cells, start, columns):
    """The index of the cell that is this many columns left of a place."""
    index = next((index for index, cell in enumerate(cells) if cell[0] >= start), len(cells))
    while index > 0 and columns > 0:
        index -= 1
        columns -= cells[index][2]
    return index


def _width(cells):
    return sum(columns for _, _, columns in cells)


def _shown(character):
    if character.isprintable():
        return character
    if character in _ESCAPES:
        return _ESCAPES[character]
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x80 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _columns(shown):
    if len(shown) > 1 or shown.isascii():
        return len(shown)
    return 0 if unicodedata.combining(shown) else 2 if unicodedata.east_asian_width(shown) in "WF" else 1
