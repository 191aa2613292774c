"""What encoded-words stand for, and which of them stand together."""

import codecs
import re
import unicodedata
from typing import NamedTuple

from .._faults.encoded_word import PATTERN, EncodedWord, decoded
from .._mail.field import BLANKS

_BYTE_ORDERS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)  # and that of UTF-32 LE begins as UTF-16's
_WITHOUT_ORDER = re.compile(rb"utf-?(?:16|32)|ucs-?[24]", re.IGNORECASE)
_NO_TEXT = ("Cc", "Cs", "Zl", "Zp")  # control characters, octets of an unknown charset, what Python takes for line ends


class Guess(ValueError):
    """What was meant cannot be known for sure."""


class Run(NamedTuple):
    """Words with encoded-words in them, with nothing but white space between them.

    Attributes:
        start, end (int): where it stands in its octets.
        is_right (bool): each encoded-word may stay as it is.
        text (str): what they stand for where they are right, else empty.
    """

    start: int
    end: int
    is_right: bool
    text: str


def text_of(octets, *, strict=True):
    """The text (str) that octets with encoded-words stand for (RFC 2047, 6.2).

    An encoded-word that is not bounded by white space is decoded, too: that is how it is meant and how it is read. Those
    of a run that cannot be decoded alone, as a character is cut, are decoded together.

    Raises:
        Guess: there is one that cannot be decoded, a control character in one, or octets that are not UTF-8; unless
            ``strict`` is false: it is then taken as it stands.
    """
    pieces, run, at = [], [], 0
    for match in PATTERN.finditer(octets):
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
        words = list(PATTERN.finditer(match[0]))
        if not words:
            continue
        if first is not None and octets[last : match.start()].strip(BLANKS):
            yield _run(octets, first, last, is_right)
            first = None
        if first is None:
            first, is_right, padded = match.start(), True, False
        last = match.end()
        edges = octets[max(start, match.start() - 1) : match.start()] + octets[last : min(end, last + 1)]
        is_alone = len(words) == 1 and not edges.strip(BLANKS + beside)
        is_right = is_right and is_alone and not padded and _is_right(words[0], match[0])
        padded = words[-1][2] in b"bB" and words[-1][3].endswith(b"=")
    if first is not None:
        yield _run(octets, first, last, is_right)


def _run(octets, start, end, is_right):
    return Run(start, end, is_right, text_of(octets[start:end]) if is_right else "")


_GROUPLESS = re.sub(rb"(?<!\\)\((?!\?)", b"(?:", PATTERN.pattern)


def _is_right(match, chunk):
    """May an encoded-word stay as it is?"""
    word = EncodedWord(match)
    return len(match[0]) == len(chunk) <= 75 and word.encoded_text != b"" and _is_sure(word.charset, word.octets, word.text)


def _run_text(run, strict):
    """What neighbouring encoded-words stand for: each alone, or where that is nothing, those of a charset together."""
    words, pieces, first = [EncodedWord(match) for match in run], [], 0
    for index in range(1, len(run) + 1):
        if index < len(run) and words[index].charset == words[first].charset:
            continue
        pieces.append(_same_charset(words[first:index], run[first:index], strict))
        first = index
    return "".join(pieces)


def _same_charset(words, matches, strict):
    if all(_is_sure(word.charset, word.octets, word.text) for word in words):
        return "".join(word.text for word in words)
    if all(word.octets is not None for word in words):
        charset, octets = words[0].charset, b"".join(word.octets for word in words)
        text = decoded(charset, octets)
        if _is_sure(charset, octets, text):
            return text
    if strict:
        raise Guess("encoded-words that cannot be decoded")
    return " ".join(_plain(match[0], strict) for match in matches)


def _is_sure(charset, octets, text):
    """Is this what octets of a charset stand for, and may it stand in a field?"""
    if text is None or _WITHOUT_ORDER.fullmatch(charset) and not octets.startswith(_BYTE_ORDERS):
        return False
    return not any(unicodedata.category(character) in _NO_TEXT for character in text)


def _plain(octets, strict):
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        if strict:
            raise Guess("octets that are not UTF-8") from None
        return octets.decode("utf-8", "surrogateescape")
