"""Fields of tokens, as they should be."""

import re

from .._faults.encoded_word import PATTERN
from .._mail.field import BLANKS
from .edits import Edits
from .encoded_text import Guess, runs, text_of
from .mended_text import mend_comment

# In these CPython encodes comments; until 3.13.0 without their parentheses, so that nobody knows what was one.
_WITH_COMMENTS = ("date", "resent-date", "orig-date", "mime-version", "content-transfer-encoding")
_URI_LISTS = ("list-unsubscribe", "list-archive", "list-post", "list-help", "list-subscribe", "list-owner")
_URI = re.compile(rb"(?:mailto|https?|ftp|nntp|news):[!#-'*+\-./0-;=?-~]+", re.IGNORECASE)
_PRINTABLE = re.compile(rb"[\t -~]*")


def decoded_tokens(field):
    """The body (bytes) of a field of tokens, with what encoded-words stood for in their place.

    Not in quoted-strings and angle brackets: CPython encoded these with all they hold, so what stands inside of them was
    put there by somebody.
    """
    edits, at = Edits(field.body), 0
    for kind, start, end in [*field.brackets, ("", len(field.body), 0)]:
        for run in runs(field.body, at, start):
            _decode(edits, run, field.name.lower() in _WITH_COMMENTS)
        if kind == "comment":
            mend_comment(edits, start, end)
        at = end
    return edits.done()


def _decode(edits, run, is_comment):
    """Put what a run stands for in its place; where there may only be a comment, if it is one."""
    try:
        octets = text_of(edits.octets[run.start : run.end]).encode()
    except Guess:
        return
    if is_comment and not (octets.startswith(b"(") and octets.endswith(b")")):
        return
    if _PRINTABLE.fullmatch(octets) and not PATTERN.search(octets):
        edits.put(run.start, run.end, octets)


def uris_in_brackets(field):
    """The body (bytes) with each URI in angle brackets, where it holds nothing but URIs without them (RFC 2369, 2)."""
    uris = [uri.strip(BLANKS) for uri in field.body.split(b",")]
    if field.name.lower() not in _URI_LISTS or not all(_URI.fullmatch(uri) for uri in uris):
        return field.body
    return b" " + b", ".join(b"<" + uri + b">" for uri in uris)
