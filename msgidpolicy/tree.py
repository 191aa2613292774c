"""A message and its parts as octets, for the usual trees: what the standard library's generator makes of them, without it."""

import copy
import os
from email.header import Header

from . import _core, field_body
from .cpython import fields_of, is_standard, names_of_settings, payload_of
from .header import Field
from .policy import MsgIdPolicy
from .source import SetValue, SourceValue, line_end

# Who has a class of another module has methods of one's own, perhaps.
_MODULES = frozenset(
    {"email.message", f"{__package__}.message"}
    | {f"email.mime.{kind}" for kind in ("application", "audio", "base", "image", "multipart", "nonmultipart", "text")}
)
_SETTINGS = frozenset(
    ("max_line_length", "linesep", "cte_type", "raise_on_defect", "mangle_from_", "message_factory", "utf8", "refold_source")
    + ("header_factory", "content_manager", "verify_generated_headers", "protected_headers")
)
# RFC 2046, 3, and 8081: what stands in one piece. The generator has other ways for some names that nobody registered.
_DISCRETE = frozenset(("text", "application", "image", "audio", "video", "font", "model"))
_ENCODED = ("base64", "quoted-printable")
_LINE_ENDS = {"\r\n": b"\r\n", "\n": b"\n"}
# Of parts within parts. Where one is within itself, the generator is to say so.
_DEEPEST = 100


class UnusualError(Exception):
    """The standard library's generator has to write this message."""


def new_boundary():
    """A boundary (RFC 2046, 5.1.1) of 128 random bits, in the form of the standard library's, which tests look for. It is in
    no text in base64 or quoted-printable, where no three ``=`` stand together."""
    return f"==============={int.from_bytes(os.urandom(16), 'big'):039}=="


def with_policy(part, policy):
    """The part itself where it has this policy, else a copy that has it."""
    if part.policy is policy:
        return part
    part = copy.copy(part)
    part.policy = policy
    return part


class Tree:
    """The octets of a message, and what had to be given to its parts.

    Neither the message nor a part changes.

    Args:
        message (email.message.Message): what is written.
        policy (MsgIdPolicy): writes all fields, of the parts, too.
        prepared (callable): gives the part to write, of this policy, for a part and a policy.
        left_out (tuple of str): names, in lower case, of fields of the message itself that are not written.

    Attributes:
        octets (bytes): the message.
        bounded (list): for each multipart that had no boundary, the part and a copy of it that has one.

    Raises:
        UnusualError: the generator has to do it.
        FieldError: a field cannot be written under this policy.
    """

    def __init__(self, message, policy, prepared=with_policy, left_out=()):
        if type(policy) is not MsgIdPolicy or not _SETTINGS.issuperset(names_of_settings(policy)):
            raise UnusualError
        self._policy = policy
        self._linesep = _LINE_ENDS.get(policy.linesep)
        if self._linesep is None:
            raise UnusualError
        self._prepared = prepared
        self._left_out = left_out
        self._write(message)
        while self._boundaries and self._stands_in_a_text():
            self._write(message)

    def _write(self, message):
        self.bounded = []
        self._boundaries = []
        self._texts = []  # without an encoding: a boundary might stand in one of them
        self._pieces = []
        self._todo = []  # parts with their depth, and the octets between them, the last first
        self._write_part(message, 0)
        while self._todo:
            item = self._todo.pop()
            if type(item) is bytes:
                self._pieces.append(item)
            else:
                self._write_part(*item)
        self.octets = b"".join(self._pieces)

    def _stands_in_a_text(self):
        return any(boundary in text for boundary in self._boundaries for text in self._texts)

    def _write_part(self, given, depth):
        if type(given).__module__ not in _MODULES or depth > _DEEPEST:
            raise UnusualError
        part = self._prepared(given, self._policy)
        left_out = () if depth else self._left_out
        items = fields_of(part)
        kind, _, subtype = content_type(part, items).partition("/")
        if kind in _DISCRETE:
            body = self._body(part, items)
            self._pieces += self._fields(items, left_out), self._linesep, body
        elif kind == "multipart" and subtype != "signed":  # what was signed is folded in another way
            self._write_multipart(given, part, left_out, depth + 1)
        elif kind == "message" and subtype == "rfc822":
            self._pieces += self._fields(items, left_out), self._linesep
            self._todo.append((_only_part(part), depth + 1))
        else:
            raise UnusualError

    def _write_multipart(self, given, part, left_out, depth):
        """multipart-body := [preamble CRLF] dash-boundary transport-padding CRLF body-part *encapsulation
        close-delimiter transport-padding [CRLF epilogue]   RFC 2046, 5.1.1"""
        parts = _parts(part)
        boundary = part.get_boundary()
        if not boundary:
            boundary = new_boundary()
            part = copy.copy(part)
            part.set_boundary(boundary)
            self.bounded.append((given, part))
            self._boundaries.append(boundary.encode("ascii"))
        elif not (boundary.isascii() and boundary.isprintable()):
            raise UnusualError
        linesep, dashed = self._linesep, b"--" + boundary.encode("ascii")
        self._pieces += self._fields(fields_of(part), left_out), linesep
        if part.preamble is not None:
            self._pieces += self._lines(part.preamble), linesep
        self._pieces += dashed, linesep
        self._todo.append(b"" if part.epilogue is None else self._lines(part.epilogue))
        self._todo.append(linesep + dashed + b"--" + linesep)
        delimiter = linesep + dashed + linesep
        for child in reversed(parts):
            self._todo += (child, depth), delimiter
        if parts:
            self._todo.pop()  # before the first one there is the dash-boundary

    def _body(self, part, items):
        payload = payload_of(part)
        if payload is None:
            return b""
        octets = self._lines(payload)
        if not payload.isascii() and self._policy.cte_type == "7bit":
            raise UnusualError  # it is encoded anew
        if self._boundaries:
            at = _core.find_field(items, "Content-Transfer-Encoding")
            if at < 0 or items[at][1] not in _ENCODED:
                self._texts.append(octets)
        return octets

    def _lines(self, text):
        """A text as octets, with the line ends of the policy."""
        if type(text) is not str:
            raise UnusualError
        if text.isascii():
            return _core.with_line_ends(text, self._policy.linesep)
        try:
            return line_end.sub(self._policy.linesep, text).encode("ascii", "surrogateescape")
        except UnicodeEncodeError:  # characters of which no octets are known
            raise UnusualError from None

    def _fields(self, items, left_out):
        if left_out:
            items = [(name, value) for name, value in items if name.lower() not in left_out]
        policy = self._policy
        if policy.protected_headers:
            return b"".join([self._fold_other(name, value) for name, value in items])
        keep = policy.refold_source != "all"
        return _core.fold_all(items, self._fold_other, policy.max_line_length, policy.linesep, policy.utf8, keep)

    def _fold_other(self, name, value):
        """A field whose value is no header object of ours.

        What folds itself by code of a user's may come to anything, and the generator of newer versions looks at that.
        """
        if type(value) in (str, SourceValue, SetValue, Header) or field_body.is_foreign(value):
            return self._policy.fold_binary(name, value)
        if isinstance(value, Field) and is_standard(type(value), Field.__module__):
            return self._policy.fold_binary(name, value)
        raise UnusualError


def content_type(part, items):
    """The type of a part (str), as ``get_content_type()`` has it.

    Args:
        part (email.message.Message): the part.
        items (list): its fields, as ``raw_items()`` has them.
    """
    at = _core.find_field(items, "Content-Type")
    if at < 0:
        return part.get_default_type()
    value = items[at][1]
    if not isinstance(value, Field):
        return part.get_content_type()
    found = str.partition(value, ";")[0].strip().lower()  # a header object looks for attributes at length
    return found if found.count("/") == 1 else "text/plain"  # RFC 2045, 5.2


def _parts(part):
    """The parts of a multipart, a list."""
    payload = payload_of(part)
    if payload is None:
        return []
    if type(payload) is not list:
        raise UnusualError
    return payload


def _only_part(part):
    """The message that a message/rfc822 holds."""
    parts = _parts(part)
    if len(parts) != 1:
        raise UnusualError
    return parts[0]
