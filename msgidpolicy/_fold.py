"""Folding for those who have no message object."""
from . import _core
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
