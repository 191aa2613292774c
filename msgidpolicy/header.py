"""Header objects that keep the value as it was given."""

import email.header
import functools
import re
from email import headerregistry

from . import _core
from .attributes import (
    ADDRESSES,
    CONTENT_TYPE,
    DATE,
    DISPOSITION,
    MSG_IDS,
    TEXT,
    TOKEN,
    VERSION,
    is_value,
    properties_of,
    text_of,
)
from .cpython import is_standard, with_text
from .errors import FieldError
from .fold import fold_value, legacy_body
from .source import SetValue, line_end, type_of, unfolded, without_line_end

_lone_surrogate = re.compile("[\ud800-\udc7f\udd00-\udfff]")


class Field(headerregistry.BaseHeader):
    """The last base of every header object: the value as it was given, and its fold.

    ``str(header)`` is the decoded view that the standard library shows; the fold goes from the
    value, because the view has lost comments, quotes and all that its parser did not understand.
    The core says the view, and the attributes (``attributes.py``); ``defects`` are found by the standard library's parser
    when they are asked for.
    """

    # The class's view is a number of ``mip_view``; None where the core cannot say what is shown. A header object has
    # ``_field_name`` and ``_value``, and ``_read`` if that was read, not set; one that is parsed also ``_is_parsed``, and what
    # the standard library's parser found.
    _view = None
    _read = False
    # What the core found out of the value when it was set, so that it does not look again when that is folded.
    _known = 0

    def __new__(cls, name, value):
        header = None
        if type(value) is str:
            header = shown_header(cls, cls._view, name, value, False)
        elif isinstance(value, str):
            header = shown_header(cls, cls._view, name, str.__str__(value), False)
        elif cls._view is not None:
            value = tuple(value) if hasattr(value, "__next__") else value
            header = _made_header(cls, name, value)
        return cls._parsed(name, value) if header is None else header

    @classmethod
    def _parsed(cls, name, value):
        """A header object made by the standard library's parser."""
        try:
            self = super().__new__(cls, name, value)
        except Exception:
            # Its parser raises on malformed values, a few more or less in each release (gh-117849,
            # gh-134155, …).  Where the value is a str, that is shown instead; a user's class may refuse it.
            shows_text = issubclass(cls, headerregistry.UnstructuredHeader)
            if not isinstance(value, str) or not is_standard(cls, __name__) or shows_text:
                raise
            base = next(base for base in cls.__mro__ if base in (MsgIdField, Field))
            return class_of(headerregistry.UnstructuredHeader, base)._parsed(name, value)
        # The characters of the value, not what a __str__ of a subclass makes of them.
        value = str.__str__(value) if isinstance(value, str) else str(self)
        vars(self).update(_field_name=name, _value=value, _read=False, _is_parsed=True)
        return self

    def __getattr__(self, attribute):
        """What the standard library's parser finds, when it is asked for the first time."""
        own = self.__dict__
        is_parsed = "_is_parsed" in own  # the last that is put there: then all else is there, too
        if attribute in own:  # since another thread has parsed it
            return own[attribute]
        if is_parsed or attribute.startswith("__") or "_value" not in own:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {attribute!r}")
        parsed = self._parsed(self._field_name, without_lone_surrogates(self._value))
        for found, value in vars(parsed).items():  # the dict stays: other threads may be looking in it
            own.setdefault(found, value)
        return getattr(self, attribute)

    @property
    def name(self):
        """str: the field's name."""
        return self._field_name

    def __reduce__(self):
        if self._view is None:
            return super().__reduce__()
        return _made_again, (*type(self).__bases__, str(self)), self.__dict__

    def fold(self, *, policy):
        """The field as a str with the policy's line ends, folded by the core where it can be.

        Raises:
            FieldError: the value cannot be written under this policy.
        """
        if self._view is None and not is_standard(type(self), __name__):
            return super().fold(policy=policy)
        return fold_value(self.name, self._value, policy, self._read, self._known)


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
        return with_text(self, octets.decode("utf-8", "replace"))

    @property
    def message_ids(self):
        """tuple of str: the msg-ids, brackets and all, in order (RFC 5322, 3.6.4).

        Whatever is in ``<…>`` counts.  In a value without brackets each word with an ``@`` does;
        encoded-words that a broken mailer made of the ids are decoded.
        """
        ids = _core.msg_ids(self._value) or _core.msg_ids(self)
        return ids or tuple(word for word in self.split() if "@" in word)


# --- classes -------------------------------------------------------------------------------------

_VIEWS = (
    (headerregistry.UnstructuredHeader, TEXT),
    (headerregistry.AddressHeader, ADDRESSES),
    (headerregistry.ContentTypeHeader, CONTENT_TYPE),
    (headerregistry.ContentDispositionHeader, DISPOSITION),
    (headerregistry.DateHeader, DATE),
    (headerregistry.MIMEVersionHeader, VERSION),
    (headerregistry.ContentTransferEncodingHeader, TOKEN),
)


@functools.lru_cache(maxsize=256)
def class_of(standard, base):
    """The one class of header objects that is made of a class of the standard library's kind and a last base."""
    view = None
    if standard.__module__ == headerregistry.__name__:
        if base is MsgIdField:
            view = MSG_IDS
        elif base is Field:
            view = next((view for shown, view in _VIEWS if issubclass(standard, shown)), None)
    members = {} if view is None else {"_view": view, **properties_of(view)}
    return type(f"_{standard.__name__}", (standard, base), members)


# --- making them ---------------------------------------------------------------------------------


def shown_header(cls, view, name, value, read):
    """A header object that shows what the core says; None where the core cannot say that.

    Args:
        cls (type): its class, of a FieldRegistry.
        view (int): how the core shows what it holds, a number of ``mip_view``; None where it cannot.
        name (str): the field's name.
        value (str): its value, without line ends.
        read (bool): it was read, not set.
    """
    shown = None if view is None else _core.show(name, without_lone_surrogates(value), view, False)
    return None if shown is None else unparsed_header(cls, shown, name, value, read)


def unparsed_header(cls, shown, name, value, read):
    """A header object that shows a str (``shown``) and is parsed when more is asked of it; else as ``shown_header``."""
    header = str.__new__(cls, shown)
    # A dict of its own has half the size of one that shares its keys with room for more.
    header.__dict__ = {"_field_name": name, "_value": value, "_read": read}
    return header


def _made_header(cls, name, value):
    """A header object for a value that is no text; None where the standard library's parser has to say what it is.

    Raises:
        TypeError: that would make something of it that nobody meant.
    """
    found = text_of(cls._view, value)
    if found is None:
        if not is_value(cls._view, value):
            raise TypeError(f"field {name!r}: a value must be str, not {type_of(value)}")
        return None
    text = found[0]
    if not text.isascii():
        text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    header = unparsed_header(cls, text, name, text, False)
    header._said = found[1]
    return header


def _made_again(standard, base, text):
    return str.__new__(class_of(standard, base), text)


def read_header(cls, view, name, value, policy):
    """A header object of a value that was read, or that a message of the older kind keeps.

    Args:
        cls: its class, or a header factory.
        view (int): see ``shown_header``; None for a factory.
        name (str): the field's name.
        value: what the message keeps, a str or an ``email.header.Header``.
        policy (email.policy.EmailPolicy): the message's.
    """
    is_read = not isinstance(value, (email.header.Header, SetValue))
    if isinstance(value, email.header.Header):
        try:
            value = legacy_body(policy, name, value)
        except FieldError:  # it is refused when it is folded, and can be looked at
            value = str(value)
    value = unfolded(value)
    header = shown_header(cls, view, name, value, is_read)
    if header is None:
        text = without_lone_surrogates(value)
        was_asked = view is not None and text == value
        header = _without_line_ends(cls._parsed(name, text) if was_asked else cls(name, text))
        if isinstance(header, Field):
            header._value, header._read = value, is_read
    return header


def without_lone_surrogates(value):
    """The value (str) with U+FFFD for surrogates that stand for no octet, which parsers raise on."""
    return value if value.isascii() else _lone_surrogate.sub("\ufffd", value)


def _without_line_ends(header):
    """A header object that shows a SP for each line end that an encoded-word brought, so that it can be set."""
    if "\n" not in header and "\r" not in header:
        return header
    return with_text(header, line_end.sub(" ", without_line_end(str(header))))
