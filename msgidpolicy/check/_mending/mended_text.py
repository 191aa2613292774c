"""Text with encoded-words, as it should be: of unstructured fields, of comments and of names."""

import re

from .._faults.encoded_word import PATTERN
from .._mail.field import BLANKS
from .edits import Edits, quoted, unquoted
from .encoded_text import Guess, runs, text_of

_SPECIALS = b' \t,:;<>()"\\'  # what bounds a word of a name
_IN_COMMENT = b" \t()\\"
_WORDS = re.compile(r"[!-~]+(?: [!-~]+)*")
_ATOMS = re.compile(r"[!#-'*+\-/0-9=?A-Z^_`a-z{|}~]+(?: [!#-'*+\-/0-9=?A-Z^_`a-z{|}~]+)*")
_BLANKS = re.compile(rb"[ \t]*")


def mended_text(field, are_needless=False):
    """The body (bytes) of an unstructured field with the text of each run that is not right in its place; of one that is not
    needed, too, where that is asked for."""
    edits = Edits(field.body)
    for run in runs(field.body, 0, len(field.body)):
        if not run.is_right or are_needless and _WORDS.fullmatch(run.text):
            _put_text(edits, run, b"=?")
    return edits.done()


def mend_comment(edits, start, end, are_needless=False):
    """Put the text of each run of a comment that is not right, or not needed, in its place."""
    for run in runs(edits.octets, start + 1, end - 1, _IN_COMMENT, b"()"):
        if not run.is_right or are_needless and _WORDS.fullmatch(run.text):
            _put_text(edits, run, b"=?", b"(", b")", b"\\")


def mend_name(edits, run):
    """Put what a run of a name stands for in its place, as a quoted-string: what was decoded never becomes syntax."""
    try:
        text = text_of(edits.octets[run.start : run.end])
    except Guess:
        return
    before, after = edits.octets[max(0, run.start - 1) : run.start], _BLANKS.match(edits.octets, run.end).end()
    if not text and edits.octets[after : after + 1] == b"<":
        edits.put(run.start, after, b"")
        return
    space_before = b" " if before.strip(BLANKS) else b""
    space_after = b" " if edits.octets[run.end : run.end + 1].strip(BLANKS + b",;:") else b""
    edits.put(run.start, run.end, space_before + (text.encode() if is_plain(run) else quoted(text)) + space_after)


def is_plain(run):
    """Is what a run of a name stands for the same without encoded-words, and without quotes (RFC 5322, 3.2.3)?"""
    return _ATOMS.fullmatch(run.text) is not None and "=?" not in run.text


def mend_quoted_name(edits, start, end):
    """Put what the encoded-words in a quoted-string stand for in their place."""
    content = edits.octets[start:end]
    if not PATTERN.search(content) or not content.endswith(b'"') or edits.octets[end : end + 1] == b"@":
        return
    try:
        edits.put(start, end, quoted(text_of(unquoted(content))))
    except Guess:
        pass


def name_runs(octets, start, end):
    """Yield each Run of a name in a stretch that holds no brackets."""
    return runs(octets, start, end, _SPECIALS)


def _put_text(edits, run, *forbidden):
    """Put a text in the place of a run, unless it holds what would be read as something else."""
    try:
        octets = text_of(edits.octets[run.start : run.end]).encode()
    except Guess:
        return
    if not any(one in octets for one in forbidden):
        edits.put(run.start, run.end, octets)
