"""Header objects that keep the value as it was given."""
import functools
import re
from email import headerregistry

from . import _core

_new = str.__new__
_NAMES_KEPT = 1024


def is_protected(policy, name):
    """Has the policy this name among its ``protected_headers``?  In any case."""
    protected = getattr(policy, "protected_headers", ())
    return bool(protected) and name.lower() in {other.lower() for other in protected}


def fold_octets(name, value, policy, read):
    """The folded field as octets.

    Args:
        name (str): the field's name.
        value (str): its unfolded value.
        policy (email.policy.Policy): gives limit, line ends, utf8, and whether encoded-words that were read
            are to stay: with a ``refold_source`` of ``"all"`` those against the rules do not.
        read (bool): the value was read, not set.
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
    )


def fold_value(name, value, policy, read):
    """The same as the str that ``Policy.fold`` returns."""
    octets = fold_octets(name, value, policy, read)
    return octets.decode("utf-8" if policy.utf8 else "ascii", "surrogateescape")


_lone_surrogate = re.compile("[\ud800-\udc7f\udd00-\udfff]")


def without_lone_surrogates(value):
    """The value with U+FFFD for surrogates that stand for no octet, which parsers raise on."""
    return value if value.isascii() else _lone_surrogate.sub("\ufffd", value)


def is_standard(cls):
    """Is a header class parsed and folded as the standard library's are, without code of a user's?"""
    return not any(
        name in base.__dict__
        for base in cls.__mro__
        if base.__module__ not in (headerregistry.__name__, __name__, "builtins")
        for name in ("parse", "value_parser", "fold")
    )


def _view_of(standard):
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
            if not isinstance(value, str) or not is_standard(cls) or shows_text:
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
        if self._view is None and not is_standard(type(self)):
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


@functools.lru_cache(maxsize=256)
def _class_of(standard, base):
    view = None
    if base is MsgIdField and standard.__module__ == headerregistry.__name__:
        view = 6
    elif base is Field:
        view = _view_of(standard)
    members = {} if view is None else {"_view": view}
    return type(f"_{standard.__name__}", (standard, base), members)


@functools.lru_cache(maxsize=1024)
def class_for(name, standard, base):
    """The one class for a name, made of the standard library's and the registry's base class."""
    if base is Field and _core.syntax_of(name) == "msg-ids":
        base = MsgIdField
    return _class_of(standard, base)


def _forgetting(method):
    """A method of dict that changes it, for a map that forgets then: afterwards, or another thread brings back
    what it found before."""

    @functools.wraps(method)
    def change(self, *args, **kwargs):
        try:
            return method(self, *args, **kwargs)
        finally:
            self.found.clear()

    return change


class _NameMap(dict):
    """The classes of the standard library's kind that a registry has for names; ``found`` is what the registry
    made of it, until it changes."""

    def __init__(self, *args):
        super().__init__(*args)
        self.found = {}

    __setitem__ = _forgetting(dict.__setitem__)
    __delitem__ = _forgetting(dict.__delitem__)
    __ior__ = _forgetting(dict.__ior__)
    clear = _forgetting(dict.clear)
    pop = _forgetting(dict.pop)
    popitem = _forgetting(dict.popitem)
    setdefault = _forgetting(dict.setdefault)
    update = _forgetting(dict.update)


class FieldRegistry(headerregistry.HeaderRegistry):
    """The standard library's HeaderRegistry, for header objects that keep their value.

    It keeps one class for each kind of field, and what it found for a name until one of its attributes,
    or what is mapped, changes.
    """

    def __init__(
        self,
        base_class=Field,
        default_class=headerregistry.UnstructuredHeader,
        use_default_map=True,
    ):
        super().__init__(base_class, default_class, use_default_map)

    def __setattr__(self, attribute, value):
        if attribute == "registry":
            value = _NameMap(value)
            super().__setattr__("found", value.found)
        super().__setattr__(attribute, value)
        if "found" in self.__dict__:
            self.found.clear()

    def __getitem__(self, name):
        return (self.found.get(name) or self.find(name))[0]

    def __getstate__(self):
        state = {**self.__dict__, "registry": dict(self.registry)}
        del state["found"]
        return state

    def __setstate__(self, state):
        for attribute, value in state.items():
            setattr(self, attribute, value)

    def find(self, name):
        """The class for a name, its view (see ``shown_header``), and its ``max_count``."""
        if len(self.found) >= _NAMES_KEPT:  # names come from mail, too
            self.found.clear()
        lower = name.lower()
        bases = self._bases_for(lower)
        cls = class_for(lower, *bases)
        found = cls, getattr(cls, "_view", None), getattr(cls, "max_count", None)
        self.found[name] = found
        if self._bases_for(lower) != bases:  # another thread has changed what is mapped
            self.found.clear()
        return found

    def _bases_for(self, lower):
        return self.registry.get(lower, self.default_class), self.base_class
