"""Pieces of a field body that are written otherwise."""


class Edits:
    """What is put in the place of what; octets all, in the order in which they stand.

    Attributes:
        octets (bytes): what they are made to.
    """

    def __init__(self, octets):
        self.octets = octets
        self._made = []

    def put(self, start, end, octets):
        """Put these octets in the place of those from one offset to another."""
        self._made.append((start, end, octets))

    def done(self):
        """The octets with all that was put, but for what begins inside of another."""
        pieces, at = [], 0
        for start, end, octets in sorted(self._made):
            if start >= at:
                pieces += self.octets[at:start], octets
                at = end
        return b"".join([*pieces, self.octets[at:]])


def quoted(text):
    """A text (str) as a quoted-string (bytes; RFC 5322, 3.2.4), with characters beyond US-ASCII as they are."""
    return b'"' + text.replace("\\", "\\\\").replace('"', '\\"').encode() + b'"'


def unquoted(octets):
    """What a quoted-string (bytes, with its quotes) stands for, in octets."""
    content = octets[1:-1]
    if b"\\" not in content:
        return content
    pieces = content.split(b"\\\\")
    return b"\\".join(piece.replace(b"\\", b"") for piece in pieces)
