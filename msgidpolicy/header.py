"""Header objects that keep the value as it was given."""
import email.header
import re
from email import headerregistry

from . import _core
from .errors import FieldError
from .field_body import is_standard
from .fold import fold_value, legacy_body
from .source import SetValue, line_end, unfolded, without_line_end

_new = str.__new__


_lone_surrogate = re.compile("[\ud800-\udc7f\udd00-\udfff]")


def without_lone_surrogates(value):
    """The value with U+FFFD for surrogates that stand for no octet, which parsers raise on."""
    return value if value.isascii() else _lone_surrogate.sub("\ufffd", value)


def view_of(standard):
    """How the core shows what headers of a class hold, a number of ``mip_view``; None where it cannot."""
    views = (
        (headerregistry.UnstructuredHeader, 0),
        (headerregistry.AddressHeader, 1),
        (headerregistry.ContentTypeHeader, 2),
        (headerregistry.ContentDispositionHeader, 3),
        (headerregistry.DateHeader, 4),
        (headerregistry.MIMEVersionHeader, 5),
        (headerregistry.ContentTransferEncodingHeader, 5),
    )
    if standard.__module__ != headerregistry.__name__:
        return None
    return next((view for base, view in views if issubclass(standard, base)), None)


def shown_header(cls, view, name, value, is_set, read):
    """A header object that shows what the core says; None where the core cannot say that.

    Args:
        cls (type): its class, of a FieldRegistry.
        view (int): how the core shows what it holds, a number of ``mip_view``; None where it cannot.
        name (str): the field's name.
        value (str): its value, without line ends.
        is_set (bool): it is being set, and is checked.
        read (bool): it was read, not set.

    Raises:
        FieldError: a value that is being set has a CR or LF, or one in the text of an encoded-word.
    """
    shown = None if view is None else _core.show(name, value, view, is_set)
    if shown is None:
        return None
    header = _new(cls, shown)
    # A dict of its own has half the size of one that shares its keys with room for more.
    header.__dict__ = {"_name": name, "_value": value, "_read": read}
    return header


class Field(headerregistry.BaseHeader):
    """The last base of every header object: the value as it was given, and its fold.

    ``str(header)`` is the decoded view that the standard library shows; the fold goes from the
    value, because the view has lost comments, quotes and whatever its parser did not understand.
    Where the core can say the view, the value is parsed only when something else is asked for.
    """

    _view = None

    def __new__(cls, name, value):
        header = shown_header(cls, cls._view, name, value, False, False) if type(value) is str else None
        return cls._parsed(name, value) if header is None else header

    @classmethod
    def _parsed(cls, name, value):
        try:
            self = super().__new__(cls, name, value)
        except Exception:
            # Its parser raises on malformed values, a few more or less in each release (gh-117849,
            # gh-134155, …).  Only a str can be shown all the same, and a user's class may refuse it.
            shows_text = issubclass(cls, headerregistry.UnstructuredHeader)
            if not isinstance(value, str) or not is_standard(cls, __name__) or shows_text:
                raise
            return _as_unstructured(cls, name, value)
        # The characters of the value, not what a __str__ of a subclass makes of them.
        self._value = str.__str__(value) if isinstance(value, str) else str(self)
        self._read = False
        return self

    def __getattr__(self, attribute):
        """What the standard library's parser finds, when it is asked for the first time."""
        if "_defects" in self.__dict__ or attribute.startswith("__") or "_value" not in self.__dict__:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {attribute!r}")
        value = without_lone_surrogates(self._value)
        found = {"defects": []}
        try:
            type(self).parse(value, found)
        except Exception:
            found = {"defects": []}
            headerregistry.UnstructuredHeader.parse(value, found)
        del found["decoded"]
        self.init(self._name, **found)
        return getattr(self, attribute)

    def fold(self, *, policy):
        """The field as a str with the policy's line ends, folded by the core where it can be.

        Raises:
            FieldError: the value cannot be written under this policy.
        """
        if self._view is None and not is_standard(type(self), __name__):
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

    @classmethod
    def _parsed(cls, name, value):
        self = super()._parsed(name, value)
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


def read_header(make, view, name, value, policy):
    """A header object of a value that was read.

    Args:
        make: its class, or a header factory without a view.
        view (int): see ``shown_header``; None for a factory.
    """
    is_read = not isinstance(value, (email.header.Header, SetValue))
    if isinstance(value, email.header.Header):
        try:
            value = legacy_body(policy, name, value)
        except FieldError:  # it is refused when it is folded, and can be looked at
            value = str(value)
    value = unfolded(value)
    header = shown_header(make, view, name, value, False, is_read)
    if header is None:
        header = _without_line_ends(make(name, without_lone_surrogates(value)))
        if isinstance(header, Field):
            header._value, header._read = value, is_read
    return header


def _without_line_ends(header):
    """A header object that shows a SP for each line end that an encoded-word brought, so that it can be set."""
    if "\n" not in header and "\r" not in header:
        return header
    shown = str.__new__(type(header), line_end.sub(" ", without_line_end(str(header))))
    shown.__dict__.update(header.__dict__)
    return shown
