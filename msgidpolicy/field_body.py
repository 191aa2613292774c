"""The field body, a str as somebody wrote it, of what the email package hands out for a field."""
import copy
import email.charset
import email.header
import re
from email import headerregistry

from . import _core
from .source import line_end

# What CPython's parser takes for an encoded-word: it begins the token's ``cte``.
_encoded_word = re.compile(r"=\?[^?]*\?[^?]*\?.*?\?=", re.DOTALL)
# What str.splitlines() takes for line ends beside CR and LF.
_python_line_end = re.compile("[\v\f\x1c-\x1e\x85\u2028\u2029]")
# For octets of a charset that nobody knows: under this name Header leaves their surrogates as they are.
_OCTETS = email.charset.Charset("x-octets")


def is_standard(cls, *modules):
    """Is a header class parsed and folded by the standard library's code alone, and by that of these modules (str)?"""
    return not any(
        name in base.__dict__
        for base in cls.__mro__
        if base.__module__ not in (headerregistry.__name__, "builtins", *modules)
        for name in ("parse", "value_parser", "fold")
    )


def is_foreign(value):
    """Is this a header object that another policy's registry made, of the standard library's classes?"""
    return isinstance(value, headerregistry.BaseHeader) and is_standard(type(value))


def of_header(header):
    """The field body of a header object that ``is_foreign``.

    Its ``str()`` is decoded, and what was decoded must never become syntax: ``Smith, Jörg`` in an encoded-word is
    one name, and bare it is two mailboxes (the class of gh-121284). So it is put together of the tokens that
    CPython's parser found: those of encoded-words still know how they were written.
    """
    tree = getattr(header, "_parse_tree", None) or ()  # that of a date which is none is empty
    return _of_tokens(tree) or line_end.sub(" ", header)


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
    return found[0] if found else line_end.sub(" ", str(token))


def of_legacy_header(header, name, in_text):
    """The field body of an ``email.header.Header``, unfolded.

    That is its text, with octets of no known charset as surrogates (PEP 383). In unstructured text, ``in_text``,
    chunks that are not US-ASCII are the encoded-words that Header makes of them, where it loses nothing.

    Raises:
        FieldError: there is a CR or LF in it that is no fold.
    """
    header = copy.copy(header)
    chunks = header._chunks
    header._chunks = [(text, _OCTETS if charset == email.charset.UNKNOWN8BIT else charset) for text, charset in chunks]
    text = _core.unfold(name, str(header))
    if not in_text or text.isascii():
        return text
    return _with_encoded_words(text, header._chunks) or text


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
    return charset is not _OCTETS and not _python_line_end.search(chunk)
