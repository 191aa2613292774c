"""A message with what is wrong in it mended, where that is no guess."""

import email
import email.policy
from typing import NamedTuple

from ._mail.mail import Mail
from ._mail.message_octets import octets_of
from ._mending.signatures import Signatures
from .audit import examined, options_of
from .finding import Finding
from .rule import chosen

A_GUESS = "what was meant is a guess"
IN_A_BODY = "a body is never changed"
NOTHING_ADDED = "nothing is put in and nothing taken out"
IN_A_SIGNED_PART = "it is in a part that is signed (RFC 1847)"
IN_A_MESSAGE = "it is in an attached message, which stays as it is"


class Change(NamedTuple):
    """A field that was mended.

    Attributes:
        field (str): its name.
        line (int): its first line in the message as it came, from 1.
        part (str): the part of the message that it is in, numbered as in IMAP; empty in the message's own header.
        before, after (bytes): the whole field, with its line ends.
        rules (tuple of str): that it broke, and does no more.
    """

    field: str
    line: int
    part: str
    before: bytes
    after: bytes
    rules: "tuple[str, ...]"


class Left(NamedTuple):
    """A finding that is left.

    Attributes:
        finding (Finding): what is wrong.
        why (str): why it is not mended.
    """

    finding: Finding
    why: str


class Fixed(NamedTuple):
    """What ``fix`` returns.

    Attributes:
        message: of the kind that was given, and the very object where nothing was changed.
        changes (list of Change): in the order of the lines.
        left (list of Left): what is wrong still, in the order of the lines.
    """

    message: object
    changes: "list[Change]"
    left: "list[Left]"


def fix(message, *, signed=False, select=(), ignore=(), utf8=False, max_line_length=78):
    """A message with each field mended that can be without a guess: in its header, and in those of its parts.

    Nothing else is changed: no body, no line end of what is right, no part of a ``multipart/signed``, no attached message.
    A field that a signature of the message covers (DKIM, ARC, DomainKeys) is changed only where the signature holds.

    Args:
        message (bytes, str or message object): as for ``audit``. A message object is written and read again by its policy.
        signed (bool): change what a signature covers, too.
        select, ignore (iterable of str): rules, or groups of them, that are mended, as for ``audit``.
        utf8 (bool): the message goes by SMTPUTF8, so its fields may be UTF-8 (RFC 6532).
        max_line_length (int): columns beyond which a line has to be folded; 0 for 998 octets.

    Returns:
        Fixed: the message, what was changed, and what was left and why.

    Raises:
        ValueError: there is no such rule.
        TypeError: the message, or an option, is of another type.
    """
    options = options_of(max_line_length, utf8)
    mail = Mail(octets_of(message))
    plan = _Plan(mail, examined(mail, options, chosen(select, ignore)), signed)
    return Fixed(_like(message, plan.octets()) if plan.changes else message, plan.changes, plan.left)


class _Plan:
    """What is changed in a mail, and what is left.

    Attributes:
        changes (list of Change), left (list of Left): as in ``Fixed``.
    """

    def __init__(self, mail, found, signed):
        self.changes, self.left = [], []
        self._mail, self._places = mail, []
        self._line, self._at = 1, 0
        self._kept = _kept(mail)
        mended = {field.start: finding.mended for finding, field in found if finding.mended is not None}
        header = mail.entities[0].fields if mail.entities else []
        self._in_header = {field.start for field in header}
        self._signatures = None if signed else Signatures(header, mended)
        for field, findings in _by_field(found):
            if field is None:
                self.left += [Left(finding, _why_no_field(finding)) for finding in findings]
            else:
                self._look_at(field, findings, mended.get(field.start))
        self.left.sort(key=lambda left: left.finding.line)

    def octets(self):
        """The message's octets with the changes made."""
        pieces, at = [], 0
        for start, end, octets in self._places:
            pieces += self._mail.octets[at:start], octets
            at = end
        return b"".join([*pieces, self._mail.octets[at:]])

    def _look_at(self, field, findings, octets):
        why = self._kept.get(field.start) or self._why_not(field, octets)
        if why:
            self.left += [Left(finding, why) for finding in findings]
            return
        self._places.append((field.start, field.start + len(field.octets), octets))
        rules = tuple(finding.rule for finding in findings if finding.mended is not None)
        line = self._line_of(field.start)
        self.changes.append(Change(field.name, line, findings[0].part, field.octets, octets, rules))
        self.left += [Left(finding, A_GUESS) for finding in findings if finding.mended is None]

    def _line_of(self, offset):
        """The line of an offset, which are asked for in their order."""
        self._line += self._mail.octets.count(b"\n", self._at, offset)
        self._at = offset
        return self._line

    def _why_not(self, field, octets):
        if octets is None:
            return A_GUESS
        if self._signatures is None:
            return ""
        if field.start in self._in_header:
            name = self._signatures.broken_by(field, octets)
        else:
            name = self._signatures.broken_in_body(field.octets, octets)
        return name and f"the {name} covers it"


def _by_field(found):
    """(field, findings) of each field, and of what is in none, in the order in which they stand."""
    groups = {}
    for finding, field in found:
        groups.setdefault(field.start if field else None, (field, []))[1].append(finding)
    return sorted(groups.values(), key=lambda group: group[0].start if group[0] else -1)


def _why_no_field(finding):
    return IN_A_BODY if finding.rule.startswith(("body", "part")) else NOTHING_ADDED


def _kept(mail):
    """Why a field stays as it is whatever it holds, by where it starts: those of signed parts and attached messages."""
    kept, until, why = {}, 0, ""
    for entity in mail.entities:
        start = entity.fields[0].start if entity.fields else entity.body_start
        if start < until:
            kept.update((field.start, why) for field in entity.fields)
        elif entity.media_type == ("multipart", "signed"):
            until, why = entity.body_end, IN_A_SIGNED_PART
        elif entity.holds_header:
            until, why = entity.body_end, IN_A_MESSAGE
    return kept


def _like(message, octets):
    """The octets as a message of the same kind as another."""
    if isinstance(message, (bytes, bytearray, memoryview)):
        return octets
    if isinstance(message, str):
        return octets.decode("utf-8", "surrogateescape")
    while not hasattr(message, "policy") and callable(getattr(message, "message", None)):  # Django's
        message = message.message()
    return email.message_from_bytes(octets, policy=getattr(message, "policy", email.policy.compat32))
