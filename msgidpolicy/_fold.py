"""Folding for those who have no message object."""
import email.header

from . import _core, field_body
from .policy import SMTP


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
        bytes: the folded field with a line's end behind it.

    Raises:
        FieldError: the value holds a CR or LF, or cannot be written as asked.
    """
    if isinstance(value, str):
        return _core.fold(name, value, max_line_length, linesep, utf8, False, False, False)
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
        FieldError: there is a CR or LF in it that is no fold.
    """
    if isinstance(value, email.header.Header):
        return field_body.of_legacy_header(value, "", in_text=False)
    return _core.unfold("", value)
