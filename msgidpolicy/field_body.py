"""The field body, a str as somebody wrote it, of what the email package hands out for a field."""
import copy
import email.charset
import email.header
import re
from email import headerregistry

from . import _core
from .field import Field, is_standard

_line_end = re.compile(r"\r\n?|\n")
# What CPython's parser takes for an encoded-word: it begins the token's ``cte``.
_encoded_word = re.compile(r"=\?[^?]*\?[^?]*\?.*?\?=", re.DOTALL)
_ASCII, _UTF_8 = email.charset.Charset("us-ascii"), email.charset.Charset("utf-8")
# For octets of a charset that nobody knows: under this name Header leaves their surrogates as they are.
_OCTETS = email.charset.Charset("x-octets")


def is_foreign(value):
    """Is this a header object that another policy's registry made, of the standard library's classes?"""
    return isinstance(value, headerregistry.BaseHeader) and not isinstance(value, Field) and is_standard(type(value))


def of_header(header):
    """The field body of a header object that ``is_foreign``.

    Its ``str()`` is decoded, and what was decoded must never become syntax: ``Smith, Jörg`` in an encoded-word is
    one name, and bare it is two mailboxes (the class of gh-121284). So it is put together of the tokens that
    CPython's parser found: those of encoded-words still know how they were written.
    """
    tree = getattr(header, "_parse_tree", None) or ()  # that of a date which is none is empty
    return _of_tokens(tree) or _line_end.sub(" ", header)


def _of_tokens(tree):
    """What a parse tree was made of. The trees of comments are as deep as these, so this does not recurse."""
    pieces = []
    todo = [(tree, "")]
    while todo:
        token, quoted = todo.pop()  # what stands in brackets of its own, and the octets that are quoted there
        kind = getattr(token, "token_type", None)
        if isinstance(token, str):
            # What stands between encoded-words is no text, and pickle loses it; they must not touch all the same.
            text = str.__str__(token) or (" " if kind == "fws" else "")
            pieces.append(_quote(text, quoted))
        elif kind == "encoded-word":
            pieces.append(_quote(_source_of_encoded_word(token), quoted))
        elif kind in _BRACKETS:
            opening, closing, specials = _BRACKETS[kind]
            todo.append((closing, ""))
            todo.extend((child, specials) for child in reversed(token))
            todo.append((opening, ""))
        else:
            todo.extend((child, quoted) for child in reversed(token))
    return "".join(pieces)


_BRACKETS = {"bare-quoted-string": ('"', '"', '\\"'), "comment": ("(", ")", "\\()")}


def _quote(text, specials):
    """The text with a backslash before each of the specials: quoted-pairs (RFC 5322, 3.2.1)."""
    return re.sub(f"([{re.escape(specials)}])", r"\\\1", text) if specials else text


def _source_of_encoded_word(token):
    found = _encoded_word.match(getattr(token, "cte", None) or "")
    return found[0] if found else _line_end.sub(" ", str(token))


def of_legacy_header(header, name, in_text):
    """The field body of an ``email.header.Header``, unfolded.

    That is its text, with octets of no known charset as surrogates (PEP 383). In unstructured text, ``in_text``,
    chunks that are not US-ASCII are the encoded-words that Header makes of them.

    Raises:
        FieldError: there is a CR or LF in it that is no fold.
    """
    text = _core.unfold(name, str(_with_charsets(header, lambda octets, charset: (octets, _OCTETS))))
    if not in_text or text.isascii():
        return text
    encoded = _with_charsets(header, _guessed)
    encoded._chunks = [(text, _ASCII if text.isascii() else charset) for text, charset in encoded._chunks]
    return _core.unfold(name, encoded.encode())


def _with_charsets(header, change):
    """A copy of a Header, its chunks of unknown charset changed."""
    header = copy.copy(header)
    header._chunks = [
        change(text, charset) if charset == email.charset.UNKNOWN8BIT else (text, charset)
        for text, charset in header._chunks
    ]
    return header


def _guessed(text, charset):
    """Octets are taken for UTF-8 where they are that, as those of a field that was read are."""
    try:
        return text.encode("ascii", "surrogateescape").decode("utf-8"), _UTF_8
    except UnicodeError:
        return text, charset
