"""Text with encoded-words, as it should be: of unstructured fields, of comments and of names."""
import re

from .edits import Edits, quoted, unquoted
from .encoded_text import ENCODED_WORD, Guess, runs, text_of
from .field import BLANKS

_SPECIALS = b' \t,:;<>()"\\'  # what bounds a word of a name
_IN_COMMENT = b" \t()\\"
_BLANKS = re.compile(rb"[ \t]*")


def mended_text(field):
    """The body (bytes) of an unstructured field with the text of each run that is not right in its place."""
    edits = Edits(field.body)
    for run in runs(field.body, 0, len(field.body)):
        if not run.is_right:
            _put_text(edits, run, b"=?")
    return edits.done()


def mend_comment(edits, start, end):
    """Put the text of each run of a comment that is not right in its place."""
    for run in runs(edits.octets, start + 1, end - 1, _IN_COMMENT, b"()"):
        if not run.is_right:
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
    edits.put(run.start, run.end, space_before + quoted(text) + space_after)


def mend_quoted_name(edits, start, end):
    """Put what the encoded-words in a quoted-string stand for in their place."""
    content = edits.octets[start:end]
    if not ENCODED_WORD.search(content) or not content.endswith(b'"') or edits.octets[end : end + 1] == b"@":
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
