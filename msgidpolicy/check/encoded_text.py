"""What encoded-words stand for, and which of them stand together."""
import codecs
import encodings
import re
import unicodedata
from encodings.aliases import aliases
from typing import NamedTuple

from .encoded_words import _CODECS, _ENCODED_WORD, _octets_of
from .field import BLANKS

ENCODED_WORD = _ENCODED_WORD
_BYTE_ORDERS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)  # and that of UTF-32 LE begins as UTF-16's
_LINE_SEPARATORS = "\u2028\u2029"


class Guess(ValueError):
    """What was meant cannot be known for sure."""


class Run(NamedTuple):
    """Words with encoded-words in them, with nothing but white space between them.

    Attributes:
        start, end (int): where it stands in its octets.
        is_right (bool): each encoded-word may stay as it is.
    """

    start: int
    end: int
    is_right: bool


def text_of(octets, *, strict=True):
    """The text (str) that octets with encoded-words stand for (RFC 2047, 6.2).

    An encoded-word that is not bounded by white space is decoded, too: that is how it is meant and how it is read. Those
    of a run that cannot be decoded alone, as a character is cut, are decoded together.

    Raises:
        Guess: there is one that cannot be decoded, a control character in one, or octets that are not UTF-8; unless
            ``strict`` is false: it is then taken as it stands.
    """
    pieces, run, at = [], [], 0
    for match in ENCODED_WORD.finditer(octets):
        between = octets[at : match.start()]
        if not run or between.strip(BLANKS):
            pieces += _run_text(run, strict), _plain(between, strict)
            run = []
        run.append(match)
        at = match.end()
    return "".join([*pieces, _run_text(run, strict), _plain(octets[at:], strict)])


def runs(octets, start, end, outside=b" \t", beside=b""):
    """Yield each Run from one offset to another.

    Args:
        outside (bytes): what a word does not hold, but for its encoded-words.
        beside (bytes): what may stand next to an encoded-word, but for white space.
    """
    chunk = re.compile(rb"(?:%b|[^%b])+" % (_GROUPLESS, re.escape(outside)))
    first = last = None
    is_right, padded = True, False
    for match in chunk.finditer(octets, start, end):
        words = list(ENCODED_WORD.finditer(match[0]))
        if not words:
            continue
        if first is not None and octets[last : match.start()].strip(BLANKS):
            yield Run(first, last, is_right)
            first = None
        if first is None:
            first, is_right, padded = match.start(), True, False
        last = match.end()
        edges = octets[max(start, match.start() - 1) : match.start()] + octets[last : min(end, last + 1)]
        is_right = is_right and not padded and len(words) == 1 and not edges.strip(BLANKS + beside) and _is_right(words[0], match[0])
        padded = words[-1][2] in b"bB" and words[-1][3].endswith(b"=")
    if first is not None:
        yield Run(first, last, is_right)


_GROUPLESS = re.sub(rb"\((?!\?)", b"(?:", ENCODED_WORD.pattern.replace(rb"\(", b"\x00")).replace(b"\x00", rb"\(")


def _is_right(word, chunk):
    """May an encoded-word stay as it is?"""
    if len(chunk) > 75 or word[0] != chunk or not word[3]:
        return False
    try:
        _decoded([word])
    except Guess:
        return False
    return True


def _run_text(run, strict):
    """What neighbouring encoded-words stand for: each alone, or where that is nothing, those of a charset together."""
    pieces, first = [], 0
    for index in range(1, len(run) + 1):
        if index < len(run) and run[index][1].lower() == run[first][1].lower():
            continue
        pieces.append(_same_charset(run[first:index], strict))
        first = index
    return "".join(pieces)


def _same_charset(words, strict):
    try:
        return "".join(_decoded([word]) for word in words)
    except Guess:
        pass
    try:
        return _decoded(words)
    except Guess:
        if strict:
            raise
        return " ".join(_plain(word[0], strict) for word in words)


def _decoded(words):
    try:
        octets = b"".join(_octets_of(word[2], word[3]) for word in words)
        codec = encodings.normalize_encoding(words[0][1].decode("ascii")).lower()
        codec = aliases.get(codec, codec)
        if codec not in _CODECS:
            raise Guess(f"a charset that is not known: {codec}")
        if codec in ("utf_16", "utf_32") and not octets.startswith(_BYTE_ORDERS):
            raise Guess("nobody says in which order the octets are")
        text = octets.decode(codec)
    except (ValueError, LookupError) as error:
        raise Guess(str(error)) from None
    if any(character in _LINE_SEPARATORS or unicodedata.category(character) == "Cc" for character in text):
        raise Guess("a control character in an encoded-word")
    return text


def _plain(octets, strict):
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        if strict:
            raise Guess("octets that are not UTF-8") from None
        return octets.decode("utf-8", "surrogateescape")
