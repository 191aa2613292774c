"""Messages of the older kind, whose header values are ``str`` and ``email.header.Header``."""

import email.policy

from . import _core
from .cpython import add_raw_field, raw_fields, settings_of
from .fold import fold_source, folded, without_surrogates
from .source import SetValue, SourceValue, joined, lines_fit, source_lines


class MsgIdCompat32(email.policy.Compat32):
    """An ``email.policy.Compat32`` that folds fields as ``MsgIdPolicy`` does.

    For messages of ``email.mime``, ``email.message.Message`` and all that works with these: what ``message["Subject"]``
    hands out is the ``str`` or ``Header`` that it was, and only what goes over the wire is another. A field with octets
    that are not US-ASCII leaves a parsed message as it came, unless ``cte_type`` is ``"7bit"``.

    A ``str`` that was set while a message had this policy is known to be set, and encoded-words in it that are too long,
    as ``email.header`` makes them, are encoded anew. One that was set before, or read, keeps them.

    Takes and has every attribute of Compat32, and one more:

    utf8 (bool): as that of EmailPolicy; ``smtplib`` asks for it where an address is not US-ASCII.

    Folding raises ``msgidpolicy.FieldError`` for a value that was set and cannot be written.
    """

    utf8 = False
    refold_source = "long"

    def __radd__(self, other):
        """``email.policy.compat32 + msgidpolicy.compat32``: as that of ``MsgIdPolicy``."""
        if not isinstance(other, email.policy.Compat32):
            return NotImplemented
        return self.clone(**{**settings_of(other), **settings_of(self)})

    def header_store_parse(self, name, value):
        """The value, which remembers that it was set."""
        return name, remembered(value)

    def header_fetch_parse(self, name, value):
        """The value as it was set or read; as Compat32 does, a Header for one with octets that are not US-ASCII."""
        return super().header_fetch_parse(name, as_given(value))

    def fold(self, name, value):
        """The folded field as a str."""
        return without_surrogates(folded(self, name, value))

    def fold_binary(self, name, value):
        """The folded field as octets."""
        if hasattr(value, "name"):
            return folded(self, name, value).encode("utf-8", "surrogateescape")
        if self.cte_type == "8bit" and _has_raw_octets(value):
            lines = source_lines(name, value)
            if lines_fit(lines):
                return joined(lines, self)
        return fold_source(self, name, value)


def remembered(value):
    """What a message keeps of a value that is set: a str as one that was set."""
    if isinstance(value, str) and not hasattr(value, "name") and not isinstance(value, (SetValue, SourceValue)):
        return SetValue(value)
    return value


def as_given(value):
    """The value that was set of one that is ``remembered``."""
    return value.given if type(value) is SetValue else value


def _has_raw_octets(value):
    """Is this a field that was read with octets that are not US-ASCII?  Parsers leave surrogates for them (PEP 383)."""
    if not isinstance(value, str) or type(value) is SetValue or value.isascii():
        return False
    return any("\udc80" <= character <= "\udcff" for character in value)


def set_again(message):
    """Set the fields of a message, by its policy, that were set as ``str`` before it had this policy.

    A plain ``str`` is taken for a field that was read, of which encoded-words over 75 octets stay, as CPython's
    ``email.header`` makes them. Only for messages that are known to be an application's own.

    Raises:
        FieldError: there is a CR or LF in one that is not part of a fold.
    """
    fields = raw_fields(message)
    for name, _ in fields:
        del message[name]
    for name, value in fields:
        value = as_given(value)
        if isinstance(value, str) and not isinstance(message.policy, email.policy.Compat32) and not hasattr(value, "name"):
            value = _core.unfold(name, value)
        add_raw_field(message, *message.policy.header_store_parse(name, value))


compat32 = MsgIdCompat32()
