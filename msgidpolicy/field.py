"""Header objects that keep the value as it was given."""
from email import headerregistry

from . import _core


def is_protected(policy, name):
    """Has the policy this name among its ``protected_headers``?  In any case."""
    protected = getattr(policy, "protected_headers", ())
    return bool(protected) and name.lower() in {other.lower() for other in protected}


def fold_value(name, value, policy, read):
    """The folded field as the str that ``Policy.fold`` returns.

    Args:
        name (str): the field's name.
        value (str): its unfolded value.
        policy (email.policy.Policy): gives limit, line ends and utf8.
        read (bool): the value was read, not set.
    """
    folded = _core.fold(
        name,
        value,
        policy.max_line_length,
        policy.linesep,
        policy.utf8,
        read,
        is_protected(policy, name),
    )
    return folded.decode("utf-8" if policy.utf8 else "ascii", "surrogateescape")


def is_standard(cls):
    """Is a header class parsed and folded as the standard library's are, without code of a user's?"""
    return not any(
        name in base.__dict__
        for base in cls.__mro__
        if base.__module__ not in (headerregistry.__name__, __name__, "builtins")
        for name in ("parse", "value_parser", "fold")
    )


class Field(headerregistry.BaseHeader):
    """The last base of every header object: the value as it was given, and its fold.

    ``str(header)`` is the decoded view that the standard library shows; the fold goes from the
    value, because the view has lost comments, quotes and whatever its parser did not understand.
    """

    def __new__(cls, name, value):
        try:
            self = super().__new__(cls, name, value)
        except Exception:
            # Its parser raises on malformed values, a few more or less in each release (gh-117849,
            # gh-134155, …).  Only a str can be shown all the same, and a user's class may refuse it.
            shows_text = issubclass(cls, headerregistry.UnstructuredHeader)
            if not isinstance(value, str) or not is_standard(cls) or shows_text:
                raise
            return _as_unstructured(cls, name, value)
        # The characters of the value, not what a __str__ of a subclass makes of them.
        self._value = str.__str__(value) if isinstance(value, str) else str(self)
        self._read = False
        return self

    def fold(self, *, policy):
        """The field as a str with the policy's line ends, folded by the core where it can be.

        Raises:
            FieldError: the value cannot be written under this policy.
        """
        if not is_standard(type(self)):
            return super().fold(policy=policy)
        return fold_value(self.name, self._value, policy, self._read)


def _as_unstructured(cls, name, value):
    base = next(base for base in cls.__mro__ if base in (MsgIdField, Field))
    return type("_UnstructuredHeader", (headerregistry.UnstructuredHeader, base), {})(name, value)


class MsgIdField(Field):
    """A field of msg-ids: Message-ID, In-Reply-To, References, Content-ID and their like.

    ``str(header)`` is the value itself unless that holds encoded-words: the standard library's view
    ends where its parser no longer understands, and in an id nothing needs decoding.
    """

    def __new__(cls, name, value):
        self = super().__new__(cls, name, value)
        if not isinstance(value, str) or self == self._value or "=?" in self._value:
            return self
        octets = self._value.encode("utf-8", "surrogateescape")
        shown = str.__new__(type(self), octets.decode("utf-8", "replace"))
        shown.__dict__.update(self.__dict__)
        return shown

    @property
    def message_ids(self):
        """tuple of str: the msg-ids, brackets and all, in order (RFC 5322, 3.6.4).

        Whatever is in ``<…>`` counts.  In a value without brackets each word with an ``@`` does;
        encoded-words that a broken mailer made of the ids are decoded.
        """
        ids = _core.msg_ids(self._value) or _core.msg_ids(self)
        return ids or tuple(word for word in self.split() if "@" in word)


class FieldRegistry(headerregistry.HeaderRegistry):
    """The standard library's HeaderRegistry, for header objects that keep their value."""

    def __init__(
        self,
        base_class=Field,
        default_class=headerregistry.UnstructuredHeader,
        use_default_map=True,
    ):
        super().__init__(base_class, default_class, use_default_map)

    def __getitem__(self, name):
        cls = super().__getitem__(name)
        if self.base_class is not Field or _core.syntax_of(name) != "msg-ids":
            return cls
        return type(cls.__name__, (*cls.__bases__[:-1], MsgIdField), {})
