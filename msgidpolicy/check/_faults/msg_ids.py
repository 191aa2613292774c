"""The msg-ids of a field."""

import re

from .._mail.field import BLANKS
from ..finding import Fault
from .encoded_word import PATTERN

_MANY = {"in-reply-to", "references", "x-forwarded-message-id"}  # and phrases among them: RFC 5322, 4.5.4
_MADE_HERE = {"message-id", "resent-message-id"}  # whose domain the sender of this mail has chosen
_IN_ENVELOPE = {"message-id", "in-reply-to"}  # of IMAP (RFC 3501, 7.4.2)
_LONGEST = 250  # RFC 5536, 3.1.3

_WORD = re.compile(rb"[^ \t,]+")
_BLANK = re.compile(rb"[ \t]")
_QUOTED = re.compile(rb'\\.|"(?:[^"\\]|\\.)*"|\([^()]*\)', re.DOTALL)
_LITERAL = re.compile(rb"@[ \t]*\[[^][]*\]$")
_SPECIAL = re.compile(rb"[][()<>:;,\\]")  # RFC 5322, 3.2.3
_IP_ADDRESS = re.compile(rb"\[[^][]*\]|\d+\.\d+\.\d+\.\d+")


def _angles(field):
    return [(start, end) for kind, start, end in field.brackets if kind == "angle"]


def _fault(field, rule, start, end, reason=""):
    return Fault(rule, field.place(start), field.place(end - 1) + 1, reason)


def is_on_second_line(field):
    """Does a msg-id that is in IMAP's ENVELOPE begin on another line than the field?"""
    is_late = field.body.strip(BLANKS) and not field.texts[0].strip(BLANKS)
    return bool(is_late) and field.name.lower() in _IN_ENVELOPE


def places(field, options):
    """Where the msg-ids stand: on which line, and beside what."""
    if field.syntax != "msg-ids":
        return
    if is_on_second_line(field):
        yield Fault("msg-id-second-line", *field.line_place(0))
    last_end = 0
    for start, end in _angles(field):
        between = field.body[last_end:start] if last_end else b" "
        if not between:
            yield _fault(field, "msg-id-glued", start, end)
        elif b"," in between and not between.strip(b", \t"):
            yield _fault(field, "msg-id-comma", last_end, start)
        last_end = end


def forms(field, options):
    """The form of each msg-id, unless it is encoded."""
    if field.syntax != "msg-ids" or not field.is_whole:
        return
    outside = field.without("angle", "comment", "quoted-string")
    if PATTERN.search(outside):
        return
    name, angles = field.name.lower(), _angles(field)
    words = [word for word in _WORD.finditer(outside) if not word[0].startswith(b"(")]
    if name not in _MANY:
        yield from _lone_faults(field, angles, words)
    else:
        words = [word for word in words if not word[0].startswith((b"<", b'"'))]
        if words and all(b"@" in word[0] for word in words):  # no phrase has one
            yield _fault(field, "msg-id-brackets", words[0].start(), words[0].end())
    for start, end in angles:
        yield from _msg_id_faults(field, name, start, end)


def _lone_faults(field, angles, words):
    """In a field of one msg-id there is nothing else but comments."""
    beside = [word for word in words if not word[0].startswith(b"<")]
    if not words:
        yield Fault("msg-id-syntax", *field.line_place(0), "no msg-id where one has to be")
    elif not angles:
        yield _fault(field, "msg-id-brackets", words[0].start(), words[-1].end())
    elif len(angles) > 1:
        yield _fault(field, "msg-id-syntax", *angles[1], "a second msg-id where one has to be")
    elif beside:
        yield _fault(field, "msg-id-syntax", beside[0].start(), beside[-1].end(), "text beside a msg-id")


def _msg_id_faults(field, name, start, end):
    msg_id = field.body[start:end]
    plain = _QUOTED.sub(lambda match: match[0] if match[0].startswith(b"\\") else b"q", msg_id)
    if not msg_id.endswith(b">"):
        yield _fault(field, "msg-id-syntax", start, end, "a msg-id whose angle bracket is never closed")
        return
    if field.line_at(start) != field.line_at(end - 1):
        yield _fault(field, "msg-id-folded", start, end, "a fold inside a msg-id")
    elif _BLANK.search(plain):
        yield _fault(field, "msg-id-folded", start, end, "white space inside a msg-id")
    if len(msg_id) > _LONGEST:
        yield _fault(field, "msg-id-too-long", start, end, f"a msg-id of {len(msg_id)} octets, over {_LONGEST}")
    if b'"' in plain:  # a quoted-string that holds the bracket
        return
    reason = _reason(plain[1:-1])
    if reason:
        yield _fault(field, "msg-id-syntax", start, end, reason)
    elif name in _MADE_HERE:
        reason = _domain_reason(plain[1:-1].rpartition(b"@")[2].strip(BLANKS))
        if reason:
            yield _fault(field, "msg-id-domain", start, end, reason)


def _reason(inside):
    """Why this is no id-left "@" id-right, or empty; quoted-strings and comments are a "q" (RFC 5322, 3.6.4 and 4.5.4).

    Two dots side by side, or one at an end, are no id either, but there is no program that minds.
    """
    inside = _LITERAL.sub(b"@literal", inside)
    left, at, right = inside.partition(b"@")
    if not at:
        return "a msg-id without @"
    if b"@" in right:
        return "a msg-id with more than one @"
    if not left.strip(BLANKS):
        return "a msg-id with nothing before the @"
    if not right.strip(BLANKS):
        return "a msg-id with nothing after the @"
    special = _SPECIAL.search(inside)
    return f"a msg-id with {special[0].decode()} in it" if special else ""


def _domain_reason(domain):
    """What is wrong with the domain of a msg-id that is right otherwise; or empty."""
    if _IP_ADDRESS.fullmatch(domain):
        return "a msg-id of an IP address instead of a domain"
    if domain.lower() == b"localhost":
        return "a msg-id of localhost, as any host may write it"
    return "" if b"." in domain else "a msg-id of a domain without a dot"


FIELD_CHECKS = (places, forms)
