"""The parameters of a field, as they should be."""

import re

from .._faults.encoded_word import PATTERN
from .._mail.field import BLANKS
from .edits import Edits, quoted, unquoted
from .encoded_text import Guess, text_of
from .mended_text import mend_comment

_PARAMETER = re.compile(rb";[ \t]*([^\s=;\"()]+)[ \t]*=[ \t]*(\"(?:[^\"\\]|\\.)*\"|[^;\"]*)")
_MEDIA_TYPE = re.compile(rb"[!#$%&'*+\-.0-9A-Z^_`a-z{|}~]+(?:/[!#$%&'*+\-.0-9A-Z^_`a-z{|}~]+)?")
_OF_ANOTHER = re.compile(rb"[ \t]\S+=|[\"\\()]")  # a parameter after a lost semicolon, a comment, a quote
_NEEDS_QUOTES = re.compile(rb"[\s<>@,;:\\\"/\[\]?=]")
_FIXED = (b"boundary", b"charset")  # what the body goes by


def mended_parameters(field, are_words, are_unquoted):
    """The body (bytes) of a field with parameters; the core writes values beyond US-ASCII by RFC 2231.

    Args:
        field (Field): in one line.
        are_words (bool): encoded-words are taken out.
        are_unquoted (bool): values with blanks or specials are put in quotes.
    """
    edits = Edits(field.body)
    first = field.body.find(b";")
    first = len(field.body) if first < 0 else first
    if are_words:
        _mend_media_type(edits, first)
        for kind, start, end in field.brackets:
            if kind == "comment":
                mend_comment(edits, start, end)
    found = list(_PARAMETER.finditer(field.body, first))
    names = {match[1].lower() for match in found}
    for match in found:
        if PATTERN.search(match[2]):
            has_other = any(name.startswith(match[1].lower() + b"*") for name in names)
            if are_words and not has_other and match[1].lower() not in _FIXED:
                _mend_value(edits, match)
        elif are_unquoted:
            _put_in_quotes(edits, match)
    return edits.done()


def _mend_media_type(edits, end):
    octets = edits.octets[:end]
    if not PATTERN.search(octets):
        return
    try:
        media_type = text_of(octets.strip(BLANKS)).encode()
    except Guess:
        return
    if _MEDIA_TYPE.fullmatch(media_type):
        edits.put(0, end, b" " + media_type)


def _mend_value(edits, match):
    value = match[2].rstrip(BLANKS)
    is_quoted = value.startswith(b'"')
    if not is_quoted and _OF_ANOTHER.search(PATTERN.sub(b"", value)):
        return
    try:
        text = text_of(unquoted(value) if is_quoted else value)
    except Guess:
        return
    edits.put(match.start(2), match.start(2) + len(value), quoted(text))


def _put_in_quotes(edits, match):
    value = match[2].rstrip(BLANKS)
    if value and not value.startswith(b'"') and _NEEDS_QUOTES.search(value) and not _OF_ANOTHER.search(value):
        edits.put(match.start(2), match.start(2) + len(value), b'"' + value + b'"')
