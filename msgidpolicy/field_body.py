"""The field body, a str as somebody wrote it, of what the email package hands out for a field."""

import email.header
import re
from email import headerregistry

from . import _core
from .cpython import OCTETS, is_standard, source_of, with_octets
from .source import line_end

# What str.splitlines() takes for line ends beside CR and LF.
_python_line_end = re.compile("[\v\f\x1c-\x1e\x85\u2028\u2029]")


def is_foreign(value):
    """Is this a header object that another policy's registry made, of the standard library's classes?"""
    return isinstance(value, headerregistry.BaseHeader) and is_standard(type(value))


def of_header(header):
    """The field body of a header object that ``is_foreign``.

    Its ``str()`` is decoded, and what was decoded must never become syntax: ``Smith, Jörg`` in an encoded-word is
    one name, and bare it is two mailboxes (the class of gh-121284). So it is put together of the tokens that
    CPython's parser found: those of encoded-words still know how they were written.
    """
    return source_of(header) or line_end.sub(" ", header)


def of_legacy_header(header, name, in_text):
    """The field body of an ``email.header.Header``, unfolded.

    That is its text, with octets of no known charset as surrogates (PEP 383). In unstructured text, ``in_text``,
    chunks that are not US-ASCII are the encoded-words that Header makes of them, where it loses nothing.

    Raises:
        FieldError: there is a CR or LF in it that is not part of a fold.
    """
    header, chunks = with_octets(header)
    text = _core.unfold(name, str(header))
    if not in_text or text.isascii():
        return text
    return _with_encoded_words(text, chunks) or text


def _with_encoded_words(text, chunks):
    """The text of a Header with encoded-words for its chunks that are not US-ASCII; None where Header would lose or
    add something, because a chunk does not stand between white space, or is one of those below."""
    pieces, at = [], 0
    for chunk, charset in chunks:
        begin = at if text.startswith(chunk, at) else at + 1  # Header puts a SP between two
        end = begin + len(chunk)
        if text[begin:end] != chunk:
            return None
        if chunk.isascii():
            pieces.append(text[at:end])
        elif _is_alone(text, begin, end) and _is_encoded_by_header(chunk, charset):
            pieces += [text[at:begin], line_end.sub("", email.header.Header(chunk, charset).encode())]
        else:
            return None
        at = end
    return "".join(pieces)


def _is_alone(text, begin, end):
    """Is this part of a text bounded by white space, and holds none at its ends?"""
    return f" {text} "[begin].isspace() and f" {text} "[end + 1].isspace() and text[begin:end].strip() == text[begin:end]


def _is_encoded_by_header(chunk, charset):
    """Header calls octets that were read unknown, be they UTF-8 or stand beside encoded-words, and drops what Python
    takes for line ends. Words of those the core encodes itself."""
    return charset is not OCTETS and not _python_line_end.search(chunk)
