"""Find what is wrong with the header fields of a message, as it goes over the wire.

Nothing here knows how the fields were folded: it reads octets, and names for each broken line the
rule and the clause that it breaks.
"""
import base64
import binascii
import bisect
import encodings
import pkgutil
import re
from encodings.aliases import aliases
from typing import NamedTuple

from . import _core

_LINE_OCTETS = 998  # RFC 5322, 2.1.1
_BLANKS = b" \t"
_ENCODED_WORD = re.compile(rb"=\?([^?*\s()<>@,;:\"/\[\].=]+)(?:\*[^?\s]*)?\?([bBqQ])\?([^?\s]*)\?=")
_PARENTHESIS = re.compile(rb"\\.|[()]", re.DOTALL)
_OPENING = re.compile(rb"\\.|[\"<(]", re.DOTALL)
_CLOSING = {b'"': re.compile(rb'\\.|"', re.DOTALL), b"<": re.compile(rb"\\.|>", re.DOTALL)}
_NAME = re.compile(rb"([!-9;-~]+)[ \t]*:")  # RFC 5322, 3.6.8 and 4.5
_EQUALS_SIGN = ord("=")
_WHITE_SPACE = re.compile(rb"[ \t]")
_BETWEEN_ITEMS = re.compile(rb"(?<=[,;:>)])[ \t]|[ \t](?=[<(])")  # of addresses: in a name programs keep the line end
_HAS_WORDS = ("unstructured", "addresses", "phrases")  # syntaxes with encoded-words outside of comments
_KINDS = {b'"': "quoted-string", b"<": "angle"}
# Python keeps every name that it is asked for, so it is asked for those of its own only; not all of them are of charsets.
_CODECS = {*aliases.values(), *(module.name for module in pkgutil.iter_modules(encodings.__path__))} - {
    "idna",
    "punycode",
    "raw_unicode_escape",
    "undefined",
    "unicode_escape",
}


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


class Field:
    """A field as it came.

    Attributes:
        name (str): its name; empty where the first line does not begin a field.
        first (int): the index of its first line in the message.
        lines (list of bytes): its lines, without CRLF, up to the next field.
        syntax (str): what its body may hold, as in ``_core.syntax_of``.
        texts (list of bytes): what the lines hold beside the field's name.
        body (bytes): these in one, the field body without its folds.
        starts (list of int): the offset into the body at which each line begins.
        brackets (list of tuple): kind, start and end of each ``"…"``, ``<…>`` and outermost ``(…)`` in the body;
            none in an unstructured one.
    """

    def __init__(self, first, lines):
        self.first, self.lines = first, lines
        name = _NAME.match(lines[0])
        self.name = name[1].decode() if name else ""
        self.syntax = _core.syntax_of(self.name)
        self.texts = [lines[0][name.end() :] if name else lines[0], *lines[1:]]
        self.body = b"".join(self.texts)
        self.starts = [0]
        for text in self.texts[:-1]:
            self.starts.append(self.starts[-1] + len(text))
        self.brackets = [] if self.syntax == "unstructured" else list(_brackets(self.body))

    def without(self, *kinds):
        """The body with what is in brackets of these kinds made unrecognizable, as long as it was."""
        pieces, at = [], 0
        for kind, start, end in self.brackets:
            if kind in kinds:
                pieces += self.body[at : start + 1], b"x" * (end - start - 2)
                at = max(start + 1, end - 1)
        return b"".join([*pieces, self.body[at:]])

    def line_at(self, offset):
        """The index of the line that holds this octet of the body."""
        return bisect.bisect_right(self.starts, offset) - 1


def audit(message, *, max_line_length=78, utf8=False):
    """The broken rules of a message's header fields.

    Args:
        message (bytes): the message, its lines ended by CRLF; only its header is read.
        max_line_length (int): columns beyond which a line has to be folded; 0 for 998 octets.
        utf8 (bool): the message goes by SMTPUTF8, so its fields may be UTF-8 (RFC 6532).

    Returns:
        list of Finding: in the order of the lines; empty when nothing is wrong.
    """
    findings = []
    for field in read_fields(message):
        for find in (_length, _folds, _octets, _encoded_words, _angles):
            for index, reason, clause in find(field, max_line_length or _LINE_OCTETS, utf8):
                findings.append(Finding(field.first + index, field.name, reason, clause))
    return sorted(findings)


def read_fields(message):
    """The header fields of a message (bytes) as a list of Field."""
    found = []
    for number, line in enumerate((b"\r\n" + message).split(b"\r\n\r\n", 1)[0].split(b"\r\n")[1:]):
        if not found or _NAME.match(line):
            found.append((number, [line]))
        elif line:
            found[-1][1].append(line)
    return [Field(first, lines) for first, lines in found if lines != [b""]]


def _brackets(octets):
    """Yield (kind, start, end) of each ``"…"``, ``<…>`` and outermost ``(…)`` of a structured body.

    What is never closed ends with the body; a ``(`` that is never closed is not a comment.
    """
    comments, at = _comments(octets), 0
    while True:
        opening = _OPENING.search(octets, at)
        if not opening:
            return
        start, at = opening.span()
        if start in comments:
            at = comments[start]
            yield "comment", start, at
        elif opening[0] in _KINDS:
            at = _end_of(octets, at, _CLOSING[opening[0]])
            yield _KINDS[opening[0]], start, at


def _comments(octets):
    """The end of each comment, by its beginning, as if there were no quoted-strings."""
    comments, opened = {}, []
    for match in _PARENTHESIS.finditer(octets):
        if match[0] == b"(":
            opened.append(match.start())
        elif match[0] == b")" and opened:
            comments[opened.pop()] = match.end()
    return comments


def _end_of(octets, at, closing):
    """The offset after what closes brackets; a quoted-pair does not."""
    for match in closing.finditer(octets, at):
        if len(match[0]) == 1:
            return match.end()
    return len(octets)


def _columns(line, utf8):
    return len(line.decode("utf-8", "surrogateescape")) if utf8 else len(line)


def _length(field, limit, utf8):
    is_comment_whole = field.syntax in ("msg-ids", "addresses")
    foldable = field.without("quoted-string", "angle", *(["comment"] if is_comment_whole else []))
    places = _BETWEEN_ITEMS if field.syntax == "addresses" else _WHITE_SPACE
    for index, line in enumerate(field.lines):
        if len(line) > _LINE_OCTETS:
            yield index, f"a line of {len(line)} octets, over 998", "RFC 5322, 2.1.1"
        if _columns(line, utf8) > limit and _holds(places, field, index, foldable):
            yield index, f"over {limit} columns, with white space to fold at", "RFC 5322, 2.1.1"


def _holds(places, field, index, body):
    """Does a line of the body hold such white space, but for that at its ends?"""
    start = field.starts[index]
    return places.search(body[start : start + len(field.texts[index])].strip(_BLANKS)) is not None


def _folds(field, limit, utf8):
    if field.body.strip(_BLANKS) and not field.texts[0].strip(_BLANKS):
        yield 0, "nothing but the name on the first line", "RFC 5536, 2.2"
    for index, line in enumerate(field.lines):
        belongs = line[:1] in (b" ", b"\t") if index > 0 else field.name
        if not belongs:
            yield index, "a line that is no field, and does not go on with one", "RFC 5322, 2.2"
        if index > 0 and not line.strip(_BLANKS):
            yield index, "a blank continuation line", "RFC 5322, 3.2.2"
        if index + 1 < len(field.lines) and line[-1:] in (b" ", b"\t"):
            yield index, "white space before a fold", "RFC 5322, 3.2.2"


def _octets(field, limit, utf8):
    for index, line in enumerate(field.lines):
        if re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line):
            yield index, "a control character or a bare CR or LF", "RFC 5322, 2.2"
        if not utf8 and not line.isascii():
            yield index, "octets that are not US-ASCII", "RFC 5322, 2.2"
        if utf8 and not _is_utf8(line):
            yield index, "octets that are not UTF-8", "RFC 6532, 3.1"


def _is_utf8(octets):
    try:
        octets.decode()
    except UnicodeDecodeError:
        return False
    return True


def _encoded_words(field, limit, utf8):
    outside_comments = field.without("comment")
    outside_quotes = field.without("quoted-string", "angle")
    lines = set()
    padded, end = None, 0  # the line of the last word where that has padding, and the word's end
    for match in _ENCODED_WORD.finditer(field.body):
        index = field.line_at(match.start())
        in_comment = outside_comments[match.start()] != _EQUALS_SIGN
        in_text = field.syntax in _HAS_WORDS and outside_quotes[match.start()] == _EQUALS_SIGN
        if not in_comment and not in_text:
            yield index, "an encoded-word where none may stand", "RFC 2047, 5 (3)"
            continue
        yield from ((index, reason, clause) for reason, clause in _word_faults(match, in_comment))
        if padded is not None and not field.body[end : match.start()].strip(_BLANKS):
            yield padded, "padding before the end of a run of encoded-words", "RFC 2047, 6.2"
        padded = index if match[2] in b"bB" and match[3].endswith(b"=") else None
        end = match.end()
        lines.add(index)
    for index in lines:
        if _columns(field.lines[index], utf8) > 76 and _holds(_WHITE_SPACE, field, index, outside_quotes):
            yield index, "a line with an encoded-word over 76 columns", "RFC 2047, 2"


def _word_faults(match, in_comment):
    if len(match[0]) > 75:
        yield f"an encoded-word of {len(match[0])} octets, over 75", "RFC 2047, 2"
    if not match[3]:
        yield "an empty encoded-word", "RFC 2047, 2"
    if not _decodes(*match.groups()):
        yield "an encoded-word that cannot be decoded alone", "RFC 2047, 5"
    before = match.string[max(0, match.start() - 1) : match.start()]
    after = match.string[match.end() : match.end() + 1]
    if (before + after).strip(_BLANKS + b"()" if in_comment else _BLANKS):
        yield "an encoded-word without white space around it", "RFC 2047, 5"


def _decodes(charset, encoding, encoded_text):
    try:
        octets = _octets_of(encoding, encoded_text)
        if charset.lower() == b"unknown-8bit" or not octets:
            return True
        codec = encodings.normalize_encoding(charset.decode("ascii")).lower()
        codec = aliases.get(codec, codec)
        return codec in _CODECS and octets.decode(codec) != ""
    except (ValueError, LookupError):
        return False


def _octets_of(encoding, encoded_text):
    """What an encoded-text stands for; ValueError where that is nothing."""
    if encoding in b"bB":
        if len(encoded_text) % 4:
            raise ValueError("base64 without its padding")
        return base64.b64decode(encoded_text, validate=True)
    if re.search(rb"=(?![0-9A-Fa-f]{2})", encoded_text):
        raise ValueError("an equals sign without two digits")
    return binascii.a2b_qp(encoded_text, header=True)


def _angles(field, limit, utf8):
    """Folds in a msg-id; and in an angle-addr, where they may only stand beside its brackets."""
    for kind, start, end in field.brackets if field.syntax in ("msg-ids", "addresses") else ():
        if kind != "angle":
            continue
        what, clause = "a msg-id", "RFC 5322, 3.6.4"
        if field.syntax == "addresses":
            what, clause = "an angle-addr", "RFC 5322, 3.4.1"
            inside = field.body[start + 1 : end].rstrip(b" \t>")
            end = start + 1 + len(inside)
            start = end - len(inside.lstrip(_BLANKS))
        for index in range(field.line_at(start), field.line_at(end - 1)):
            yield index, f"a fold inside {what}", clause
