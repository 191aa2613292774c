"""A mail's octets, read into entities: its own header, those of its parts, and of the messages in it."""
import re

from .. import _core
from ..attributes import CONTENT_TYPE
from .field import Field, begins_field

_MESSAGES = ("rfc822", "global", "news")  # RFC 2046, 5.2.1; RFC 6532, 3.7; RFC 5537
_HEADERS = ("rfc822-headers",)  # RFC 6522, 4
_DELIMITER = re.compile(rb"^--[^\n]*", re.MULTILINE)  # RFC 2046, 5.1.1
_ENCODED = ("base64", "quoted-printable")


class Entity:
    """A header and its body (RFC 2045, 2.4).

    Attributes:
        number (str): as in IMAP: "2.1" a part, "2.HEADER" a message in part 2, "" the message itself.
        is_message (bool): the header is a message's, not a part's.
        fields (list of Field): the lines that begin no field are fields without a name.
        body_start, body_end (int): offsets into the message.
        media_type (tuple of str): type and subtype, in lower case; ("text", "plain") without Content-Type.
        boundary (bytes): of a multipart; empty where there is none.
        encoding (str): the Content-Transfer-Encoding in lower case; "7bit" without one.
        boundaries (int): how many of its delimiters were found.
        is_closed (bool): the last delimiter was found, or it is no multipart.
    """

    def __init__(self, number, is_message, fields, body_start):
        self.number, self.is_message, self.fields = number, is_message, fields
        self.body_start = self.body_end = body_start
        self.media_type, self.boundary = _media_type(self.body_of("Content-Type"))
        self.encoding = self.body_of("Content-Transfer-Encoding").partition(";")[0].strip().lower() or "7bit"
        self.boundaries, self.is_closed = 0, self.media_type[0] != "multipart"
        self._prefix = number.removesuffix("HEADER") if number.endswith("HEADER") else number and number + "."
        self._parts = 0

    def body_of(self, name):
        """The body (str) of the first field of this name, unfolded; empty where there is none."""
        for field in self.fields:
            if field.name.lower() == name.lower():
                return field.body.decode("utf-8", "surrogateescape").strip(" \t")
        return ""

    def next_part(self):
        """The number of its next part."""
        self._parts += 1
        return f"{self._prefix}{self._parts}"

    @property
    def holds_header(self):
        """Does a header of its own stand in the body?"""
        kind, subtype = self.media_type
        return self.encoding not in _ENCODED and (kind == "message" and subtype in _MESSAGES or kind == "text" and subtype in _HEADERS)


def _media_type(body):
    parts = _core.parts(body, CONTENT_TYPE) if body else []
    if not parts or not parts[0][1] or not parts[0][2]:
        return ("text", "plain"), b""
    media_type = parts[0][1].lower(), parts[0][2].lower()
    boundary = next((value for _, name, value, _ in parts[1:] if name.lower() == "boundary"), "")
    return media_type, boundary.encode("utf-8", "surrogateescape") if media_type[0] == "multipart" else b""


class Mail:
    """A message's octets.

    Attributes:
        octets (bytes): as they came.
        line_end (bytes): CRLF or LF, as its first line has it.
        entities (list of Entity): in the order in which their headers begin.
    """

    def __init__(self, octets):
        self.octets = octets
        first = octets.find(b"\n")
        self.line_end = b"\n" if first >= 0 and octets[max(0, first - 1) : first] != b"\r" else b"\r\n"
        self.entities = []
        self._read()

    def _read(self):
        """Each line is looked at once, whatever is in what: the multiparts that are open are a stack."""
        opened, levels = [], {}  # entities, and the index of the innermost of each boundary
        at = self._open("", True, 0, opened, levels)
        for match in _DELIMITER.finditer(self.octets):
            if match.start() < at:
                continue
            name, closes = match[0][2:].rstrip(b" \t\r"), False
            if name not in levels and name.endswith(b"--"):
                name, closes = name[:-2], True
            if name not in levels:
                continue
            level = levels[name]
            self._close(opened, levels, level + 1, match.start() - len(self.line_end))
            entity = opened[level]
            entity.boundaries += 1
            if closes:
                entity.is_closed = True
                self._close(opened, levels, level, match.end())
            else:
                at = self._open(entity.next_part(), False, self._next_line(match.end()), opened, levels)
        self._close(opened, levels, 0, len(self.octets))

    def _open(self, number, is_message, start, opened, levels):
        """Read the header of an entity, and of the message that is its body; the offset after them."""
        while True:
            fields, start = self._header(start, levels)
            entity = Entity(number, is_message, fields, start)
            self.entities.append(entity)
            entity.hidden = levels.get(entity.boundary) if entity.boundary else None
            if entity.boundary:
                levels[entity.boundary] = len(opened)
            opened.append(entity)
            if not entity.holds_header:
                return start
            number, is_message = (number + "." if number else "") + "HEADER", True

    def _close(self, opened, levels, level, end):
        """End the body of what is open above a level; the line end before a delimiter belongs to that."""
        while len(opened) > level:
            entity = opened.pop()
            entity.body_end = max(entity.body_start, end)
            if entity.boundary and entity.hidden is None:
                del levels[entity.boundary]
            elif entity.boundary:
                levels[entity.boundary] = entity.hidden

    def _next_line(self, at):
        end = self.octets.find(b"\n", at)
        return len(self.octets) if end < 0 else end + 1

    def _header(self, start, levels):
        """The fields from an offset on, and the offset of the body.

        A line that begins no field belongs to the field before it, whatever it is.
        """
        fields, first, at, size = [], start, start, len(self.octets)
        is_empty = False
        while at < size:
            after = self.octets.find(self.line_end, at)
            after = size if after < 0 else after + len(self.line_end)
            line = self.octets[at:after]
            is_empty = line == self.line_end
            if is_empty or line[:2] == b"--" and line[2:].rstrip() in levels:
                break
            if at > first and begins_field(line):
                fields.append(Field(self.octets[first:at], first, self.line_end))
                first = at
            at = after
        if at > first:
            fields.append(Field(self.octets[first:at], first, self.line_end))
        return fields, after if is_empty else at
