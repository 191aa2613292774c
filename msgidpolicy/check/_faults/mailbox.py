"""The items of a list of addresses, as they came: nothing of them has to be right."""

import re

from .._mail.field import BLANKS
from .encoded_word import PATTERN, EncodedWord

_SEPARATOR = re.compile(rb"\[[^][]*\]|[,;:]")
_COMMENT = re.compile(rb"\(x*\)")
_QUOTED = re.compile(rb'\\.|"(?:[^"\\]|\\.)*"', re.DOTALL)
_ROUTE = re.compile(rb"@[^:]*:")  # RFC 5322, 4.4
_INNER_COMMENT = re.compile(rb"\([^()]*\)")
_WORD = re.compile(rb"[^ \t]+")


class Item:
    """What stands between two commas: a mailbox, if it is right.

    Attributes:
        start, end (int): offsets into the body, without white space at the ends; equal where there is nothing but comments.
        text (bytes): its octets, with comments made blank and what is in quotes and brackets made unrecognizable.
        angles (list of tuple): start and end of each ``<…>``, as offsets into the body.
        is_encoded (bool): its address is, or is in part, an encoded-word, as CPython wrote it.
    """

    def __init__(self, field, start, text, angles):
        self._field = field
        self.text = text.strip(BLANKS)
        self.start = start + len(text) - len(text.lstrip(BLANKS)) if self.text else start
        self.end = self.start + len(self.text)
        self.angles = angles
        self.is_encoded = self._holds_encoded_address()

    def _holds_encoded_address(self):
        if self.angles:
            return any(PATTERN.search(self._field.body, *angle) for angle in self.angles)
        has_at = b"@" in self.text
        for match in PATTERN.finditer(self.text):
            beside = self.text[max(0, match.start() - 1) : match.start()] + self.text[match.end() : match.end() + 1]
            if b"@" in beside or b"." in beside and has_at or "@" in (EncodedWord(match).text or ""):
                return True
        return False

    def fault(self):
        """Start, end and reason of what makes it no mailbox; None where that is not sure."""
        if not self.text or self.is_encoded:
            return None
        if not self.angles:
            return self._of_address(self.start, self.end, self.text, "text beside an address without angle brackets")
        if len(self.angles) > 1:
            return (*self.angles[1], "two addresses without a comma between them")
        start, end = self.angles[0]
        octets = self._field.body[start:end]
        if not octets.endswith(b">") or len(octets) < 2:
            return start, end, "an angle bracket that is never closed"
        if end < self.end:
            return end, self.end, "text after an address"
        octets = _INNER_COMMENT.sub(b" ", _QUOTED.sub(b"q", octets[1:-1])).strip(BLANKS)
        return None if b"(" in octets else self._of_address(start, end, octets, "white space inside an address")

    def _of_address(self, start, end, octets, blank_reason):
        reason = _reason(octets, blank_reason)
        return (start, end, reason) if reason else None

    def folds(self):
        """Start and end of the words on both sides of each fold inside an address that has no angle brackets."""
        if self.angles or b"@" not in self.text:
            return
        before = None
        for word in _WORD.finditer(self.text):
            if before and (before[0][-1:] in b"@." or word[0][:1] in b"@."):
                start, end = self.start + before.start(), self.start + word.end()
                if self._field.line_at(self.start + before.end() - 1) != self._field.line_at(end - 1):
                    yield start, end
            before = word


def _reason(address, blank_reason):
    """Why this is no addr-spec (RFC 5322, 3.4.1 and 4.4), but for what programs read all the same; or empty.

    That are dots side by side, and characters that would have to be in quotes.
    """
    address = _ROUTE.sub(b"", address, count=1) if address.startswith(b"@") else address
    left, at, right = address.partition(b"@")
    if not address:
        return "an empty address"
    if not at:
        return "an address without @"
    words = address.split()
    if b"@" in right:
        is_list = sum(b"@" in word[1:-1] for word in words) > 1
        return "two addresses without a comma between them" if is_list else "an address with more than one @"
    if not left.strip(BLANKS):
        return "an address with nothing before the @"
    if not right.strip(BLANKS):
        return "an address with nothing after the @"
    belong = all(first[-1:] in b"@." or second[:1] in b"@." for first, second in zip(words, words[1:]))
    return "" if belong else blank_reason


def items(field):
    """The items (list of Item) of a field of addresses, and whether there is a group."""
    masked = field.without("quoted-string", "angle", "comment")
    masked = _COMMENT.sub(lambda comment: b" " * len(comment[0]), masked)
    angles = iter([(start, end) for kind, start, end in field.brackets if kind == "angle"] + [(len(masked) + 1, 0)])
    angle, found, at, has_group = next(angles), [], 0, False
    separators = [(match.start(), match[0]) for match in _SEPARATOR.finditer(masked) if len(match[0]) == 1]
    for end, separator in [*separators, (len(masked), b"")]:
        inside = []
        while angle[0] < end:
            inside.append(angle)
            angle = next(angles)
        if separator == b":":  # what was before it is the name of a group
            has_group = True
        else:
            found.append(Item(field, at, masked[at:end], inside))
        at = end + 1
    return found, has_group
