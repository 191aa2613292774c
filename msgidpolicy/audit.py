"""Find what is wrong with the header fields of a message, as it goes over the wire.

Nothing here knows how the fields were folded: it reads octets, and names for each broken line the
rule and the clause that it breaks.
"""
import binascii
import re
from typing import NamedTuple

from . import _core

_LINE_OCTETS = 998  # RFC 5322, 2.1.1
_BLANKS = b" \t"
_ENCODED_WORD = re.compile(rb"=\?([^?*\s()<>@,;:\"/\[\].=]+)(?:\*[^?\s]*)?\?([bBqQ])\?([^?\s]*)\?=")
_BRACKETS = {b'"': b'"', b"<": b">"}


class Finding(NamedTuple):
    """A broken rule.

    Attributes:
        line (int): the index of the line in the message, from 0.
        field_name (str): the field that the line belongs to.
        reason (str): what is wrong with it.
        clause (str): where that is written.
    """

    line: int
    field_name: str
    reason: str
    clause: str


class Field(NamedTuple):
    """A field as it came: its name, the index of its first line, its lines (bytes, without CRLF)."""

    name: str
    first: int
    lines: list

    def body(self):
        """The unfolded field body, with what stands between the colon and the first word."""
        return b"".join(self.lines).split(b":", 1)[1]


def audit(message, *, max_line_length=78, utf8=False):
    """The broken rules of a message's header fields.

    Args:
        message (bytes): the message, its lines ended by CRLF; nothing behind the header is read.
        max_line_length (int): columns beyond which a line has to be folded; 0 for 998 octets.
        utf8 (bool): the message goes by SMTPUTF8, so its fields may be UTF-8 (RFC 6532).

    Returns:
        list of Finding: in the order of the lines; empty when nothing is wrong.
    """
    findings = []
    for field in read_fields(message):
        for find in (_length, _folds, _octets, _encoded_words, _msg_ids):
            for index, reason, clause in find(field, max_line_length or _LINE_OCTETS, utf8):
                findings.append(Finding(field.first + index, field.name, reason, clause))
    return sorted(findings)


def read_fields(message):
    """The header fields of a message (bytes) as a list of Field."""
    fields = []
    for number, line in enumerate(message.split(b"\r\n\r\n", 1)[0].split(b"\r\n")):
        if line[:1] in (b" ", b"\t") and fields:
            fields[-1].lines.append(line)
        elif b":" in line:
            name = line.split(b":", 1)[0].decode("ascii", "replace")
            fields.append(Field(name, number, [line]))
    return fields


def _text(field, index):
    """What a line holds beside the field's name."""
    line = field.lines[index]
    return line.split(b":", 1)[1] if index == 0 else line


def _brackets(octets):
    """Yield (kind, start, end) of each ``"…"``, ``<…>`` and outermost ``(…)`` of a structured body.

    What is never closed ends with the body, but for a comment, which then is none.
    """
    at, depth, begin = 0, 0, 0
    while at < len(octets):
        octet = octets[at : at + 1]
        if octet == b"\\":
            at += 2
            continue
        if octet == b"(":
            begin = begin if depth else at
            depth += 1
        elif octet == b")" and depth:
            depth -= 1
            if not depth:
                yield "comment", begin, at + 1
        elif octet in _BRACKETS and not depth:
            end = at + 1
            while end < len(octets) and octets[end : end + 1] != _BRACKETS[octet]:
                end += 2 if octets[end : end + 1] == b"\\" else 1
            yield "quoted", at, min(end + 1, len(octets))
            at = end
        at += 1


def _without(octets, *kinds):
    """The octets with brackets of these kinds made unrecognizable, each as long as it was."""
    for kind, start, end in list(_brackets(octets)):
        if kind in kinds:
            octets = octets[:start] + b"x" * (end - start) + octets[end:]
    return octets


def _columns(line, utf8):
    return len(line.decode("utf-8", "surrogateescape")) if utf8 else len(line)


def _length(field, limit, utf8):
    syntax = _core.syntax_of(field.name)
    for index, line in enumerate(field.lines):
        if len(line) > _LINE_OCTETS:
            yield index, f"a line of {len(line)} octets, over 998", "RFC 5322, 2.1.1"
        text = _text(field, index).strip()
        if syntax != "unstructured":
            text = _without(text, "quoted", *(["comment"] if syntax == "msg-ids" else []))
        if _columns(line, utf8) > limit and re.search(rb"[ \t]", text):
            yield index, f"over {limit} columns, with white space to fold at", "RFC 5322, 2.1.1"


def _folds(field, limit, utf8):
    if field.body().strip() and not _text(field, 0).strip():
        yield 0, "nothing but the name on the first line", "RFC 5536, 2.2"
    for index, line in enumerate(field.lines):
        if index > 0 and not line.strip():
            yield index, "a blank continuation line", "RFC 5322, 3.2.2"
        if index + 1 < len(field.lines) and line[-1:] in (b" ", b"\t"):
            yield index, "white space before a fold", "RFC 5322, 3.2.2"


def _octets(field, limit, utf8):
    for index, line in enumerate(field.lines):
        if re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line):
            yield index, "a control character or a bare CR or LF", "RFC 5322, 2.2"
        if not utf8 and not line.isascii():
            yield index, "octets that are not US-ASCII", "RFC 5322, 2.2"


def _encoded_words(field, limit, utf8):
    syntax = _core.syntax_of(field.name)
    body = field.body()
    allowed = _allowed(body, syntax)
    padded, end, start = None, 0, 0  # the line of the last word where that has padding, the word's end in the body
    for index, line in enumerate(field.lines):
        text = _text(field, index)
        start, offset = start + len(text), start
        for match in _ENCODED_WORD.finditer(text):
            if not allowed(offset + match.start()):
                yield index, "an encoded-word where none may stand", "RFC 2047, 5 (3)"
                continue
            yield from ((index, reason, clause) for reason, clause in _word_faults(match, syntax))
            if padded is not None and not body[end : offset + match.start()].strip(_BLANKS):
                yield padded, "padding before the end of a run of encoded-words", "RFC 2047, 6.2"
            padded = index if match[2] in b"bB" and match[3].endswith(b"=") else None
            end = offset + match.end()
            if _columns(line, utf8) > 76 and re.search(rb"[ \t]", text.strip()):
                yield index, "a line with an encoded-word over 76 columns", "RFC 2047, 2"


def _allowed(body, syntax):
    """A function that says of an offset into the body whether an encoded-word may stand there."""
    if syntax == "unstructured":
        return lambda at: True
    spans = list(_brackets(body))
    if syntax in ("addresses", "phrases"):
        return lambda at: not any(kind == "quoted" and start <= at < end for kind, start, end in spans)
    return lambda at: any(kind == "comment" and start <= at < end for kind, start, end in spans)


def _word_faults(match, syntax):
    if len(match[0]) > 75:
        yield f"an encoded-word of {len(match[0])} octets, over 75", "RFC 2047, 2"
    if not match[3]:
        yield "an empty encoded-word", "RFC 2047, 2"
    if not _decodes(*match.groups()):
        yield "an encoded-word that cannot be decoded alone", "RFC 2047, 5"
    edges = b"" if syntax == "unstructured" else b"()"
    around = match.string[match.start() - 1 : match.start()] + match.string[match.end() : match.end() + 1]
    if around.strip(b" \t" + edges):
        yield "an encoded-word without white space around it", "RFC 2047, 5"


def _decodes(charset, encoding, encoded_text):
    try:
        if encoding in b"bB":
            octets = binascii.a2b_base64(encoded_text)
            if len(encoded_text) % 4:
                return False
        else:
            if re.search(rb"=(?![0-9A-Fa-f]{2})", encoded_text):
                return False
            octets = binascii.a2b_qp(encoded_text, header=True)
        charset = charset.decode("ascii").lower()
        return charset == "unknown-8bit" or bool(octets.decode(charset)) or not octets
    except (ValueError, LookupError):
        return False


def _msg_ids(field, limit, utf8):
    if _core.syntax_of(field.name) != "msg-ids":
        return
    body, ends, at = field.body(), [], -len(field.name) - 1
    for line in field.lines:
        at += len(line)
        ends.append(at)
    for kind, start, end in _brackets(body):
        for index, place in enumerate(ends[:-1]):
            if kind == "quoted" and start < place < end:
                yield index, "a fold inside a msg-id", "RFC 5322, 3.6.4"
