"""The encoded-words of a field."""
import base64
import binascii
import encodings
import pkgutil
import re
from encodings.aliases import aliases

from .field import BLANKS
from .finding import Fault
from .lines import columns, has_place_to_fold

_ENCODED_WORD = re.compile(rb"=\?([^?*\s()<>@,;:\"/\[\].=]+)(?:\*[^?\s]*)?\?([bBqQ])\?([^?\s]*)\?=")
_EQUALS_SIGN = ord("=")
_HAS_WORDS = ("unstructured", "addresses", "phrases")  # syntaxes with encoded-words outside of comments
# Python keeps every name that it is asked for, so it is asked for those of its own only; not all of them are of charsets.
_CODECS = {*aliases.values(), *(module.name for module in pkgutil.iter_modules(encodings.__path__))} - {
    "idna",
    "punycode",
    "raw_unicode_escape",
    "undefined",
    "unicode_escape",
}


def encoded_words(field, options):
    if b"=?" not in field.body:
        return
    outside_comments = field.without("comment")
    outside_quotes = field.without("quoted-string", "angle")
    lines = set()
    padded, end = None, 0  # the last word where that has padding, and the word's end
    for match in _ENCODED_WORD.finditer(field.body):
        in_comment = outside_comments[match.start()] != _EQUALS_SIGN
        in_text = field.syntax in _HAS_WORDS and outside_quotes[match.start()] == _EQUALS_SIGN
        if not in_comment and not in_text:
            yield _fault(field, match, _forbidden(field, match.start()))
            continue
        yield from _word_faults(field, match, in_comment)
        if padded and not field.body[end : match.start()].strip(BLANKS):
            yield _fault(field, padded, "encoded-word-padding")
        padded = match if match[2] in b"bB" and match[3].endswith(b"=") else None
        end = match.end()
        lines.add(field.line_at(match.start()))
    for index in sorted(lines):
        if columns(field.lines[index], options.utf8) > 76 and has_place_to_fold(field, index, outside_quotes):
            yield Fault("encoded-word-line", *field.line_place(index))


def _fault(field, match, rule, reason=""):
    return Fault(rule, field.place(match.start()), field.place(match.end() - 1) + 1, reason)


def _forbidden(field, offset):
    """The rule that an encoded-word at this offset of the body breaks."""
    if field.syntax == "msg-ids":
        return "msg-id-encoded"
    if field.syntax == "parameters":
        return "encoded-word-in-parameter"
    kind = next((kind for kind, start, end in field.brackets if start <= offset < end), "")
    return {"quoted-string": "encoded-word-in-quotes", "angle": "encoded-word-in-address"}.get(
        kind if field.syntax in ("addresses", "phrases") else "", "encoded-word-in-token"
    )


def _word_faults(field, match, in_comment):
    if len(match[0]) > 75:
        yield _fault(field, match, "encoded-word-too-long", f"an encoded-word of {len(match[0])} octets, over 75")
    if not match[3]:
        yield _fault(field, match, "encoded-word-empty")
    if not _decodes(*match.groups()):
        yield _fault(field, match, "encoded-word-undecodable")
    before = match.string[max(0, match.start() - 1) : match.start()]
    after = match.string[match.end() : match.end() + 1]
    if (before + after).strip(BLANKS + b"()" if in_comment else BLANKS):
        yield _fault(field, match, "encoded-word-glued")


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


FIELD_CHECKS = (encoded_words,)
