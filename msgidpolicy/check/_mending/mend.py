"""A field as it should be, where that is no guess."""

import re

from ... import _core
from ...attributes import ADDRESSES, CONTENT_TYPE
from ...errors import FieldError
from .._mail.field import BLANKS, LINE_OCTETS, Field
from .edits import Edits
from .encoded_text import text_of
from .mended_addresses import decoded_addresses, whole_addresses
from .mended_ids import decoded_ids, in_brackets, parted, whole_ids
from .mended_parameters import mended_parameters
from .mended_text import mended_text
from .mended_tokens import decoded_tokens, uris_in_brackets

_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_WORD_OF_CPYTHON = re.compile(rb"[ \t]=\?utf-8\?[bq]\?")
_MAILBOX = 2  # a ``mip_part_kind``
# What is wrong with an address or a msg-id, too, and was hidden by encoded-words.
_HIDDEN = {"msg-id-domain", "msg-id-syntax", "msg-id-too-long", "address-syntax"}
_TRIES = 3  # one does it, but where what is mended shows what else can be
_NEVER = {"line-no-field"}  # it is not known what belongs together
# What was meant by these is always a guess.
_GUESSES = {"encoded-word-undecodable", "encoded-word-blank", "msg-id-syntax", "msg-id-domain", "msg-id-too-long"}
_GUESSES |= {"date-invalid", "date-weekday", "parameter-no-value", "parameter-no-type", "address-none"}


def mended(field, rules, options, rules_of):
    """The field as it should be.

    What is mended is what breaks the rules that are asked for; of a field that breaks others, too, that stays as it is. A
    field with control characters, or with octets that are not UTF-8, is left alone: what was meant by them is a guess.

    Args:
        field (Field): as it came.
        rules (set of str): those that it breaks.
        options (Options): the limit of its lines, and whether it may hold UTF-8.
        rules_of (callable): gives the rules that a Field breaks, as a set of str.

    Returns:
        tuple: the octets with their line ends, those of the field (bytes), and the rules (set of str) that it broke and these
        do not; None where there is nothing that can be mended without a guess.
    """
    if not rules - _GUESSES or not field.name or rules & _NEVER or _CONTROL.search(field.body) or not _is_utf8(field.body):
        return None
    line_end, best, left = _line_end(field), None, rules
    for _ in range(_TRIES):
        octets = _mended_once(best or field, left, options, line_end)
        if octets is None:
            break
        found = Field(octets, field.start, line_end)
        broken = rules_of(found)
        if not left - broken or broken - rules - _HIDDEN or not _is_the_same(field, found, rules):
            break
        best, left = found, left & broken
        if not left:
            break
    if best is None:
        return None
    octets = best.octets if field.octets.endswith(line_end) else best.octets.removesuffix(line_end)
    return octets, rules - left


def _is_utf8(octets):
    try:
        return octets.decode("utf-8") is not None
    except UnicodeDecodeError:
        return False


def _line_end(field):
    """The kind of line end that splits the field's lines."""
    return b"\n" if field.octets.endswith(b"\n") and not field.octets.endswith(b"\r\n") else b"\r\n"


def _mended_once(field, rules, options, line_end):
    """The field folded anew, with what breaks these rules taken out of its body; None where the core does not fold it."""
    body = _unfolded(field, rules, options)
    body = _mended_body(Field(field.name.encode() + b":" + body + line_end, 0, line_end), rules, options)
    body = body[1:] if body[:1] in (b" ", b"\t") else body
    limit = options.limit if options.limit < LINE_OCTETS else 0
    are_words = _are_words(rules)
    is_set = "encoded-word-look-alike" in rules  # only in a value that is set these are encoded
    try:
        return _core.fold(
            field.name, body.decode("utf-8"), limit, line_end.decode(), options.utf8, not is_set, False, not are_words
        )
    except FieldError:
        return None


def _are_words(rules):
    return any(rule.startswith("encoded-word") or rule in ("msg-id-encoded", "address-syntax") for rule in rules)


def _unfolded(field, rules, options):
    """The body, without its folds, and without the white space that these have put in where that is sure."""
    if field.syntax == "msg-ids" and "msg-id-folded" in rules:
        body = whole_ids(field)
    elif field.syntax == "addresses" and "address-folded" in rules:
        body = whole_addresses(field, options.utf8)
    else:
        body = _without_doubled_blanks(field)
    return b" " + body.lstrip(BLANKS) if len(field.texts) > 1 and not field.texts[0].strip(BLANKS) else body


def _without_doubled_blanks(field):
    """The body, where CPython folded between a blank and an encoded-word with one blank only: it puts in another there."""
    edits = Edits(field.body)
    for index in range(1, len(field.texts)):
        if field.texts[index - 1][-1:] in (b" ", b"\t") and _WORD_OF_CPYTHON.match(field.texts[index]):
            edits.put(field.starts[index] - 1, field.starts[index], b"")
    return edits.done()


def _mended_body(field, rules, options):
    """The body of a field of one line, with what breaks these rules taken out."""
    are_words = _are_words(rules)
    are_needless = "encoded-word-needless" in rules
    if field.syntax == "msg-ids":
        return _mended_ids(field, rules, are_words)
    if field.syntax == "parameters":
        return mended_parameters(field, are_words, "parameter-unquoted" in rules)
    if "list-brackets" in rules:
        return uris_in_brackets(field)
    if not are_words:
        return field.body
    if field.syntax in ("addresses", "phrases"):
        return decoded_addresses(field, options.utf8, are_needless)
    return mended_text(field, are_needless) if field.syntax == "unstructured" else decoded_tokens(field)


def _mended_ids(field, rules, are_words):
    if are_words:
        return in_brackets(decoded_ids(field))
    if "msg-id-brackets" in rules:
        return in_brackets(field.body)
    return parted(field) if rules & {"msg-id-comma", "msg-id-glued"} else field.body


def _is_the_same(before, after, rules):
    """Does a field say the same as before, but for what was wrong?"""
    if before.syntax == "unstructured":
        return _text(_without_doubled_blanks(before)) == _text(after.body)
    if before.syntax == "addresses":
        is_other = any(rule.startswith("address") for rule in rules) or "encoded-word-in-address" in rules
        addresses = _addresses(before)
        return is_other or not addresses or addresses == _addresses(after)
    if before.name.lower() == "content-type":
        return _boundary(before) == _boundary(after)
    return True


def _text(body):
    return text_of(body, strict=False).strip(" \t")


def _parts(field, view):
    return _core.parts(field.body.decode("utf-8", "surrogateescape"), view)


def _addresses(field):
    """The addresses of a field: local-part and domain; none for what is no address."""
    return [part[2:] for part in _parts(field, ADDRESSES) if part[0] == _MAILBOX and part[3]]


def _boundary(field):
    return [part[2] for part in _parts(field, CONTENT_TYPE)[1:] if part[1].lower() == "boundary"]
