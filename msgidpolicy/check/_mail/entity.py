"""An entity of a mail: a header and its body (RFC 2045, 2.4)."""

import bisect

from ... import _core
from ...attributes import CONTENT_TYPE, TOKEN

_MESSAGES = {("message", "rfc822"), ("message", "global"), ("message", "news")}  # RFC 2046, 5.2.1; RFC 6532, 3.7; RFC 5537
_HEADERS = {("text", "rfc822-headers"), ("message", "global-headers")}  # RFC 6522, 4; RFC 6533, 6.3
_UTF8 = {("message", "global"), ("message", "global-headers")}
_ENCODED = ("base64", "quoted-printable")


class Entity:
    """A header and its body.

    Attributes:
        number (str): as in IMAP (RFC 3501, 6.4.5): "2.1" a part, "2.HEADER" a message in part 2, "" the message itself.
        is_message (bool): the header is a message's, not a part's.
        parent (Entity): what it is a part of, or the part whose body this message is; None for the message itself.
        fields (list of Field): the lines that begin no field are fields without a name.
        start, header_end (int): offsets into the message, of the header and of what follows on its last field.
        is_header_ended (bool): an empty line is there.
        body_start, body_end (int): offsets into the message.
        media_type (tuple of str): type and subtype, in lower case; ("text", "plain") without Content-Type.
        boundary (bytes): of a multipart; empty where there is none.
        encoding (str): the Content-Transfer-Encoding in lower case; "7bit" without one.
        is_opened (bool): its parts, or the message that is its body, are entities of their own.
        boundaries (int): how many of its delimiters were found.
        is_closed (bool): the last delimiter was found, or it is no multipart.
        is_utf8 (bool): its fields may be UTF-8, as it is in a message/global (RFC 6532).
        is_returned (bool): it is in a message that came back to its sender (RFC 6522), which may have been cut.
    """

    def __init__(self, parent, number, is_message, start, fields, body_start, is_header_ended):
        self.parent, self.number, self.is_message, self.start, self.fields = parent, number, is_message, start, fields
        self._message = None if is_message else parent.message  # not itself: what is in a circle is freed late
        self.header_end = fields[-1].start + len(fields[-1].octets) if fields else start
        self.is_header_ended = is_header_ended
        self.body_start = self.body_end = body_start
        self._starts = [field.start for field in fields]
        self._first = {}
        for field in fields:
            self._first.setdefault(field.name.lower(), field)
        self.media_type, self.boundary = self._read_media_type()
        self.encoding = self._read_encoding()
        self.is_opened = False
        self.boundaries, self.is_closed = 0, self.media_type[0] != "multipart"
        self.is_utf8 = parent is not None and (parent.is_utf8 or parent.media_type in _UTF8)
        self.is_returned = parent is not None and (parent.is_returned or is_message and parent.is_of_report)
        self._preamble_end = self._epilogue = None
        self._prefix = number[: -len("HEADER")] if number.endswith("HEADER") else number and number + "."
        self._parts = 0

    # --- what the header says ---------------------------------------------------------------------

    def first(self, name):
        """The first field of this name (in lower case), or None."""
        return self._first.get(name)

    def _body_of(self, name):
        field = self.first(name)
        return field.body.decode("utf-8", "surrogateescape") if field else ""

    def _read_media_type(self):
        body = self._body_of("content-type")
        if not body.strip(" \t"):
            is_in_digest = self.parent and not self.is_message and self.parent.media_type == ("multipart", "digest")
            return ("message", "rfc822") if is_in_digest else ("text", "plain"), b""  # RFC 2046, 5.1.5
        (_, kind, subtype, _), *parameters = _core.parts(body, CONTENT_TYPE)
        media_type = kind.strip().lower(), subtype.strip().lower()
        boundary = next((value for _, name, value, _ in parameters if name.lower() == "boundary"), "")
        return media_type, boundary.rstrip().encode("utf-8", "surrogateescape") if media_type[0] == "multipart" else b""

    def _read_encoding(self):
        ((_, encoding, _, _), *_) = _core.parts(self._body_of("content-transfer-encoding"), TOKEN)
        return encoding.strip().lower() or "7bit"

    @property
    def message(self):
        """The entity (Entity) of the message that it belongs to, or is."""
        return self._message or self

    @property
    def is_composite(self):
        """Is it made of entities (RFC 2045, 5)?"""
        return self.media_type[0] in ("multipart", "message")

    @property
    def is_of_report(self):
        """Is it a part of a report (RFC 6522)?"""
        return self.parent is not None and self.parent.media_type == ("multipart", "report")

    @property
    def holds_header(self):
        """Does a header of its own stand in the body?"""
        return self.encoding not in _ENCODED and self.media_type in _MESSAGES | _HEADERS

    @property
    def is_header_alone(self):
        """Is the body a header and nothing else?"""
        return self.media_type in _HEADERS

    # --- what stands where ------------------------------------------------------------------------

    def found_delimiter(self, start, end):
        """One of its delimiters stands from start to end."""
        self.boundaries += 1
        self._preamble_end = start if self._preamble_end is None else self._preamble_end
        self._epilogue = end

    def own_octets(self):
        """list of tuple: from where to where the body is its own, not that of parts."""
        if not self.is_opened or self.media_type[0] == "multipart" and not self.boundaries:
            return [(self.body_start, self.body_end)]
        if self.media_type[0] != "multipart":
            return []
        epilogue = [(self._epilogue, self.body_end)] if self.is_closed else []
        return [(self.body_start, self._preamble_end), *epilogue]

    def field_at(self, offset):
        """The field (Field) that holds this octet of the message; None for one of the body."""
        if not self.start <= offset < self.header_end:
            return None
        return self.fields[bisect.bisect_right(self._starts, offset) - 1]

    # --- numbers ----------------------------------------------------------------------------------

    def next_part(self):
        """The number of its next part."""
        self._parts += 1
        return f"{self._prefix}{self._parts}"

    def number_of_message(self):
        """The number of the message that is its body."""
        return (self.next_part() if self.is_message else self.number) + ".HEADER"

    def number_at(self, offset):
        """The number of what stands there: of a message the header has another than the body."""
        if not self.is_message or offset <= self.header_end:
            return self.number
        return self._prefix + ("TEXT" if self.media_type[0] == "multipart" else "1")
