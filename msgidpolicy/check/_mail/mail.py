"""A mail's octets, read into entities: its own header, those of its parts, and of the messages in it."""

from .entity import Entity
from .field import Field, begins_field

LEVELS = 100  # entities in entities that are opened; Postfix stops there, too (mime_nesting_limit)
_EMPTY = (b"\n", b"\r\n")


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
        self.entities = _Reading(self).entities


class _Reading:
    """Each line is looked at once, whatever is in what: the entities that are open are a stack.

    Attributes:
        entities (list of Entity): those that were found.
    """

    def __init__(self, mail):
        self._octets, self._line_end = mail.octets, mail.line_end
        self.entities, self._opened = [], []
        self._levels, self._hidden = {}, {}  # the index of the innermost of each boundary, and what that hides
        at = self._open(None, "", True, 0)
        while self._levels:
            start = self._octets.find(b"\n--", max(0, at - 1)) + 1
            if not start:
                break
            end = self._octets.find(b"\n", start)
            end = len(self._octets) if end < 0 else end
            boundary, is_last = self._delimiter(self._octets[start:end])
            at = end + 1 if boundary is None else self._delimited(boundary, is_last, start, end)
        self._close(0, len(self._octets))

    def _delimiter(self, line):
        """The boundary (bytes) of a line that is a delimiter, else None; and is it the last one (RFC 2046, 5.1.1)?"""
        name = line[2:].rstrip(b" \t\r\n")
        if name in self._levels:
            return name, False
        if name.endswith(b"--") and name[:-2] in self._levels:
            return name[:-2], True
        return None, False

    def _delimited(self, boundary, is_last, start, end):
        """What comes after a delimiter, from start to end; the offset after that."""
        level = self._levels[boundary]
        before = start - (2 if self._octets.endswith(b"\r\n", 0, start) else 1)  # the line end belongs to the delimiter
        self._close(level + 1, before)
        entity = self._opened[level]
        entity.found_delimiter(max(before, entity.body_start), end)
        if not is_last:
            return self._open(entity, entity.next_part(), False, min(end + 1, len(self._octets)))
        entity.is_closed = True
        self._forget(entity)
        return end + 1

    def _open(self, parent, number, is_message, start):
        """Read the header of an entity, and of the message that is its body; the offset after them."""
        while True:
            fields, body_start, is_ended = self._header(start)
            entity = Entity(parent, number, is_message, start, fields, body_start, is_ended)
            self.entities.append(entity)
            self._opened.append(entity)
            if len(self._opened) >= LEVELS:
                return body_start
            entity.is_opened = bool(entity.boundary) or entity.holds_header
            if entity.boundary:
                self._hidden[len(self._opened) - 1] = self._levels.get(entity.boundary)
                self._levels[entity.boundary] = len(self._opened) - 1
            if not entity.holds_header:
                return body_start
            parent, number, is_message, start = entity, entity.number_of_message(), True, body_start

    def _close(self, level, end):
        """End the body of what is open from a level on."""
        while len(self._opened) > level:
            entity = self._opened[-1]
            entity.body_end = max(entity.body_start, end)
            self._forget(entity)
            self._opened.pop()

    def _forget(self, entity):
        """A boundary of the innermost open entities is none any more."""
        level = self._opened.index(entity)
        if level not in self._hidden:
            return
        outer = self._hidden.pop(level)
        if outer is None:
            del self._levels[entity.boundary]
        else:
            self._levels[entity.boundary] = outer

    def _header(self, start):
        """The fields from an offset on, the offset of the body, and does an empty line end the header?

        A line that begins no field belongs to the field before it, whatever it is. An empty line has either line end, but
        only after the right one a field begins.
        """
        fields, first, at, size = [], start, start, len(self._octets)
        while at < size:
            after = self._octets.find(b"\n", at) + 1 or size
            line = self._octets[at:after]
            is_empty = line in _EMPTY
            if is_empty or line[:2] == b"--" and self._delimiter(line)[0] is not None:
                break
            if at > first and begins_field(line) and self._octets.endswith(self._line_end, first, at):
                fields.append(Field(self._octets[first:at], first, self._line_end))
                first = at
            at = after
        else:
            is_empty = False
        if at > first:
            fields.append(Field(self._octets[first:at], first, self._line_end))
        return fields, after if is_empty else at, is_empty
