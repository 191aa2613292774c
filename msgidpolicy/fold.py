"""Folding: of a value, of what a message holds for a field, and for those who have no message object."""

import email.header

from . import _core, field_body
from .source import LINE_OCTETS, SetValue, after_colon, are_utf8, as_octets, joined, lines_fit, source_lines, type_of


def fold(name, value, *, max_line_length=78, linesep="\r\n", utf8=False):
    """The field ``name: value`` as it goes over the wire.

    Args:
        name (str): the field's name.
        value: what the application means, unfolded: a str, or what the policy takes for this name.
        max_line_length (int): the columns a line should have; 0 or None for the 998 octets that
            RFC 5322, 2.1.1, allows.
        linesep (str): the line's end.
        utf8 (bool): write UTF-8 as it is (RFC 6532) instead of encoded-words.

    Returns:
        bytes: the folded field, with the line's end.

    Raises:
        FieldError: the value holds a CR or LF, or cannot be written as asked.
    """
    if isinstance(value, str):
        return _core.fold(name, value, max_line_length, linesep, utf8, False, False, False)
    from .policy import SMTP  # which folds by this module

    policy = SMTP.clone(max_line_length=max_line_length, linesep=linesep, utf8=utf8)
    return policy.fold_binary(*policy.header_store_parse(name, value))


def unfold(value):
    """A value with folds, as compat32 and signers of mail hand out, as one that can be set.

    Args:
        value: a str, or an ``email.header.Header``.

    Returns:
        str: without its folds (RFC 5322, 2.2.3), without white space before the first word where a fold comes
        first, and without one line end at the very end. A Header is its text.

    Raises:
        FieldError: there is a CR or LF in it that is not part of a fold.
    """
    if isinstance(value, email.header.Header):
        return field_body.of_legacy_header(value, "", in_text=False)
    return _core.unfold("", value)


def fold_octets(name, value, policy, read, known=0):
    """An unfolded value as the folded field, in octets.

    Args:
        name (str): the field's name.
        value (str): its unfolded value.
        policy (email.policy.Policy): gives limit, line ends, utf8, and whether encoded-words that were read
            are to stay: with a ``refold_source`` of ``"all"`` those against the rules do not.
        read (bool): the value was read, not set, and is not refused for its grammar.
        known (int): what ``_core.show`` has found out of one that was set.

    Raises:
        FieldError: the value cannot be written under this policy.
    """
    return _core.fold(
        name,
        value,
        policy.max_line_length,
        policy.linesep,
        policy.utf8,
        read,
        is_protected(policy, name),
        policy.refold_source != "all",
        known,
    )


def fold_value(name, value, policy, read, known=0):
    """An unfolded value as the folded field, in a str as ``Policy.fold`` returns it; else as ``fold_octets``."""
    return as_str(policy, fold_octets(name, value, policy, read, known))


def as_str(policy, octets):
    """A folded field (bytes) as a str, with surrogates for octets that are not UTF-8 or not US-ASCII (PEP 383)."""
    return octets.decode("utf-8" if policy.utf8 else "ascii", "surrogateescape")


def as_binary(policy, folded):
    """A folded field (str), as ``_fold`` of a policy returns it, as octets."""
    return folded.encode("utf-8" if policy.utf8 else "ascii", "surrogateescape")


def folded(policy, name, value):
    """The folded field as a str: what other policies have to ask ``_fold`` for.

    Args:
        policy (email.policy.Policy): one with the settings of an EmailPolicy.
        name (str): the field's name.
        value: what a message holds for it.
    """
    if hasattr(value, "name"):
        return _fold_header(policy, name, value)
    return as_str(policy, fold_source(policy, name, value))


def _fold_header(policy, name, header):
    """A header object folds itself; one that email.policy made has no fold of its own."""
    if field_body.is_foreign(header):
        body = _core.unfold(name, field_body.of_header(header))
        return fold_value(header.name, body, policy, True)
    return header.fold(policy=policy)


def fold_source(policy, name, value):
    """The folded field (bytes) for a value that is no header object.

    Args:
        policy (email.policy.Policy): one with the settings of an EmailPolicy.
        name (str): the field's name.
        value: what a message keeps of a field that was parsed, or a message of the older kind of one that was set.

    Raises:
        FieldError: there is a CR or LF that is not part of a fold, or a value that was set cannot be written.
        TypeError: it is neither a str nor an ``email.header.Header``.
    """
    if not isinstance(value, str):
        if not isinstance(value, email.header.Header):
            raise TypeError(f"field {name!r}: a value must be str, not {type_of(value)}")
        return fold_octets(name, legacy_body(policy, name, value), policy, False)
    if type(value) is SetValue:
        return fold_octets(name, _core.unfold(name, value), policy, False)
    if policy.refold_source == "all":
        return fold_octets(name, _core.unfold(name, value), policy, True)
    limit = (policy.max_line_length if policy.refold_source == "long" else 0) or LINE_OCTETS
    kept = _core.keep(name, after_colon(value), limit, policy.linesep) if value.isascii() else None
    return _fold_source_anew(policy, name, value, limit) if kept is None else kept


def _fold_source_anew(policy, name, value, limit):
    """A field that was read, where more than its own lines have to be looked at."""
    unfolded = _core.unfold(name, value)
    lines = source_lines(name, value)
    may_travel = value.isascii() or (policy.utf8 and are_utf8(lines))
    if may_travel and lines_fit(lines, limit):
        return joined(lines, policy)
    octets = fold_octets(name, unfolded, policy, True)
    is_changed = octets.replace(policy.linesep.encode(), b"") != as_octets(f"{name}: {unfolded}")
    # What somebody wrote is not encoded only to shorten lines that every server takes; and where its octets
    # leave as they came, so do its line ends.
    stays = is_changed and lines_fit(lines) if may_travel else not is_changed and lines_fit(lines, limit)
    return joined(lines, policy) if stays else octets


def legacy_body(policy, name, header):
    """The field body of an ``email.header.Header`` for a field of this name; see ``field_body.of_legacy_header``."""
    return field_body.of_legacy_header(header, name, _syntax_of(policy, name) == "unstructured")


def _syntax_of(policy, name):
    return "tokens" if is_protected(policy, name) else _core.syntax_of(name)


def is_protected(policy, name):
    """Is this name, case-insensitively, among the ``protected_headers`` of the policy?"""
    protected = getattr(policy, "protected_headers", ())
    return bool(protected) and name.lower() in {other.lower() for other in protected}


def without_surrogates(folded):
    """A folded field (str) with U+FFFD for octets that are not UTF-8."""
    if folded.isascii() or not _has_surrogates(folded):
        return folded
    return folded.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _has_surrogates(value):
    return any("\ud800" <= character <= "\udfff" for character in value)
