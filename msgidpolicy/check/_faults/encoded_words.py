"""The encoded-words of a field: what each holds, where it stands, and what stands beside it."""

import re

from .._mail.field import BLANKS, LINE_OCTETS
from ..finding import Fault
from .encoded_word import PATTERN, EncodedWord, decoded
from .lines import columns, has_place_to_fold
from .mailbox import items

_HAS_WORDS = ("unstructured", "addresses", "phrases")  # syntaxes with encoded-words outside of comments
_HAS_PHRASES = {"in-reply-to", "references"}  # RFC 5322, 4.5.4
_HAS_COMMENTS = {"user-agent"}  # and else is text: RFC 5536, 3.2.13
_WITH_BLANKS = re.compile(rb"=\?[^?\s()<>@,;:\"/\[\].=]+\?[bBqQ]\?([^?]*)\?=")
_TOKEN = re.compile(rb"[^ \t]+")
_TEXT = re.compile(r"[!-~]+(?: [!-~]+)*")  # in US-ASCII, with no blanks that would get lost
# What would have to be encoded or quoted all the same, by where it stands.
_SPECIALS = {
    "unstructured": re.compile(r"=\?"),
    "phrase": re.compile(r"=\?|[][()<>:;@\\,.\"]"),
    "comment": re.compile(r"=\?|[()\\]"),
}


def words(field, options):
    if b"=?" not in field.body:
        return
    run, lines = [], set()
    for word, rule in _words(field):
        if run and (rule or field.body[run[-1].end : word.start].strip(BLANKS)):
            yield from _run_faults(field, run)
            run = []
        if rule:
            yield _fault(field, word, rule)
            continue
        run.append(word)
        lines.add(field.line_at(word.start))
        yield from _word_faults(field, word)
    yield from _run_faults(field, run)
    yield from _line_faults(field, lines, options)


def _words(field):
    """Each encoded-word, and the rule that it breaks by standing where it stands."""
    brackets = [*field.brackets, ("", len(field.body), len(field.body) + 1)]
    bare = items(field)[0] if field.syntax == "addresses" else []  # where no bracket says that this is an address
    encoded = [item for item in bare if item.is_encoded and not item.angles]
    found, at, item = [], 0, 0
    for match in PATTERN.finditer(field.body):
        while brackets[at][2] <= match.start():
            at += 1
        while item < len(encoded) and encoded[item].end <= match.start():
            item += 1
        kind = brackets[at][0] if brackets[at][1] <= match.start() else ""
        rule = _forbidden(field, kind)
        if not rule and not kind and item < len(encoded) and encoded[item].start <= match.start():
            rule = "encoded-word-in-address"
        found.append((EncodedWord(match, kind), rule))
    return _phrases(field, found) if field.name.lower() in _HAS_PHRASES else found


def _forbidden(field, kind):
    """The rule that an encoded-word breaks in this kind of brackets; empty where it may stand there."""
    if kind == "comment" or field.syntax in _HAS_WORDS and not kind:
        return ""
    if field.syntax == "msg-ids":
        return "msg-id-encoded"
    if field.syntax == "parameters":
        return "encoded-word-in-parameter"
    if kind == "quoted-string" and field.syntax in _HAS_WORDS:
        return "encoded-word-in-quotes"
    return "encoded-word-in-address" if field.syntax == "addresses" else "encoded-word-in-token"


def _phrases(field, found):
    """The words outside of brackets are phrases, as once they were, where none holds a piece of a msg-id."""
    outside = [word for word, _ in found if not word.kind]
    if any(word.text is None or re.search("[<@>]", word.text) for word in outside):
        return found
    return [(word, rule if word.kind else "") for word, rule in found]


def _fault(field, word, rule, reason=""):
    return Fault(rule, field.place(word.start), field.place(word.end - 1) + 1, reason)


def _word_faults(field, word):
    if len(word) > 75:
        yield _fault(field, word, "encoded-word-too-long", f"an encoded-word of {len(word)} octets, over 75")
    if not word.encoded_text:
        yield _fault(field, word, "encoded-word-empty")
    beside = field.body[max(0, word.start - 1) : word.start] + field.body[word.end : word.end + 1]
    may_be_in_comment = word.kind == "comment" or field.name.lower() in _HAS_COMMENTS
    if beside.strip(BLANKS + b"()" if may_be_in_comment else BLANKS):
        yield _fault(field, word, "encoded-word-glued")


def _run_faults(field, run):
    """What is wrong with encoded-words that have nothing but white space between them."""
    for word in run[:-1]:
        if word.is_padded:
            yield _fault(field, word, "encoded-word-padding")
    at = 0
    while at < len(run):
        after = at + 1
        while after < len(run) and run[after].charset == run[at].charset:
            after += 1
        yield from _decoding_faults(field, run[at:after])
        at = after
    if run and _is_needless(field, run):
        yield Fault("encoded-word-needless", field.place(run[0].start), field.place(run[-1].end - 1) + 1)


def _decoding_faults(field, run):
    """The words of one charset that cannot be decoded: are there characters cut in two, or is it nothing at all?"""
    undecodable = [word for word in run if word.text is None]
    if not undecodable:
        return
    octets = None if any(word.octets is None for word in run) else b"".join(word.octets for word in run)
    is_split = len(run) > 1 and octets is not None and decoded(run[0].charset, octets) is not None
    for word in undecodable:
        yield _fault(field, word, "encoded-word-split" if is_split else "encoded-word-undecodable")


def _is_needless(field, run):
    """Would what the encoded-words stand for travel as it is?"""
    if any(word.text is None for word in run):
        return False
    text = "".join(word.text for word in run)
    place = field.syntax if field.syntax == "unstructured" else run[0].kind or "phrase"
    fits = max(map(len, text.split(" "))) <= LINE_OCTETS - len(field.name) - len(": ")
    return fits and _TEXT.fullmatch(text) is not None and not _SPECIALS[place].search(text)


def _line_faults(field, lines, options):
    outside_quotes = field.without("quoted-string", "angle")
    for index in sorted(lines):
        if columns(field.lines[index], options.utf8) > 76 and has_place_to_fold(field, index, outside_quotes):
            yield Fault("encoded-word-line", *field.line_place(index))


def look_alikes(field, options):
    """What was meant to be an encoded-word, or will be taken for one."""
    if field.syntax not in _HAS_WORDS or b"=?" not in field.body:
        return
    is_text = field.syntax == "unstructured"
    body = field.body if is_text else field.without("quoted-string", "angle")
    has_words, at = PATTERN.search(body) is not None, 0
    for match in _WITH_BLANKS.finditer(body):
        if not set(match[1]) & set(BLANKS):
            continue
        yield Fault("encoded-word-blank", field.place(match.start()), field.place(match.end() - 1) + 1)
        if is_text:
            yield from _tokens(field, at, match.start(), has_words)
        at = match.end()
    if is_text:
        yield from _tokens(field, at, len(body), has_words)


def _tokens(field, start, end, has_words):
    """What has ``=?`` in it and is no encoded-word, though it looks like one or stands beside one."""
    for match in _TOKEN.finditer(field.body, start, end):
        if b"=?" not in match[0] or PATTERN.search(match[0]):
            continue
        if has_words or match[0].startswith(b"=?") and match[0].endswith(b"?="):
            yield Fault("encoded-word-look-alike", field.place(match.start()), field.place(match.end() - 1) + 1)


FIELD_CHECKS = (words, look_alikes)
