"""The policies, drop-ins for those of the same names in ``email.policy``."""

import email.header
import email.policy
from email import headerregistry

from . import _core, field_body
from .content import content_manager
from .cpython import settings_of
from .fold import as_binary, fold_source, folded, is_protected, legacy_body, without_surrogates
from .header import Field, read_header
from .registry import FieldRegistry
from .source import SourceValue, type_of, without_line_end

_new_str = str.__new__


class MsgIdPolicy(email.policy.EmailPolicy):
    """An ``email.policy.EmailPolicy`` that folds fields as their grammar has it.

    Takes and has every attribute of EmailPolicy, and one more. Raises ``msgidpolicy.FieldError`` for a value with CR or
    LF when it is set, and for one that the policy cannot write when it is folded.

    Attributes:
        protected_headers (set of str): names of fields that are folded at white space and never encoded, as
            DKIM-Signature is: for fields of one's own that programs read. They are compared case-insensitively.
    """

    protected_headers = frozenset()
    header_factory = FieldRegistry()
    content_manager = content_manager

    def __init__(self, **kw):
        if "header_factory" not in kw:
            kw["header_factory"] = FieldRegistry()
        _check_settings(kw)
        super().__init__(**kw)

    def clone(self, **kw):
        """A policy with other settings, as that of EmailPolicy.

        Raises:
            TypeError: there is no such setting, or it is of another type.
            ValueError: ``linesep`` holds a surrogate, which no octets stand for.
        """
        _check_settings(kw)
        return super().clone(**kw)

    def __radd__(self, other):
        """``email.policy.SMTP + msgidpolicy.SMTP``: a policy of this class; where both set something, this one counts."""
        if not isinstance(other, email.policy.EmailPolicy):
            return NotImplemented
        return self.clone(**{**settings_of(other), **settings_of(self)})

    def header_source_parse(self, sourcelines):
        """Keep the field as it came: the value, and what stood before it where that is not one SP."""
        name, body = "".join(sourcelines).rstrip("\r\n").split(":", 1)
        value = body.lstrip(" \t\r\n")
        lead = body[: len(body) - len(value)]
        return name, value if lead == " " and value else SourceValue(value, lead)

    def header_max_count(self, name):
        """The most fields of this name (int) that a message may have; None for any number."""
        factory = self.header_factory
        if type(factory) is FieldRegistry:
            return factory.found[name][2]
        return super().header_max_count(name)

    def header_store_parse(self, name, value):
        """A header object for a value that an application sets.

        Args:
            name (str): the field's name.
            value: a str, a header object, an ``email.header.Header``, or what the standard
                library's header of that name takes: Address, Group, a list of them, datetime.

        Raises:
            FieldError: no field can have this name (RFC 5322, 3.6.8), or there is a CR or LF in the value or in
                the text of an encoded-word in it.
            TypeError: the value is of another type.
        """
        if type(value) is str:
            return name, _set_text(self, name, value)
        if isinstance(value, Field) or field_body.is_foreign(value):
            return name, _set_header(self, name, value)
        if hasattr(value, "name") and value.name.lower() == name.lower():
            return name, _set_header_with_own_fold(name, value)
        if isinstance(value, email.header.Header):
            return name, _set_text(self, name, legacy_body(self, name, value))
        if isinstance(value, str):
            return name, _set_str_of_subclass(self, name, value)
        return name, _set_object(self, name, value)

    def header_fetch_parse(self, name, value):
        """The header object, made from the source each time if the field was parsed."""
        if type(value) is not str and (isinstance(value, Field) or hasattr(value, "name")):
            return value
        factory = self.header_factory
        if type(factory) is not FieldRegistry:
            return read_header(factory, None, name, value, self)
        cls, view, _ = factory.found[name]
        return read_header(cls, view, name, value, self)

    def fold_binary(self, name, value):
        """The folded field as octets.

        A header object of ours goes straight to the core, and so does the source of a parsed field, where
        neither the object's class nor the policy's has a fold of somebody else's.
        """
        if type(self) is MsgIdPolicy:
            cls = type(value)
            if cls is str or cls is SourceValue:
                return fold_source(self, name, value)
            if getattr(cls, "_view", None) is not None:
                return _core.fold(
                    value._field_name,
                    value._value,
                    self.max_line_length,
                    self.linesep,
                    self.utf8,
                    value._read,
                    self.protected_headers and is_protected(self, value._field_name),
                    self.refold_source != "all",
                    value._known,
                )
        return as_binary(self, self._fold(name, value, refold_binary=self.cte_type == "7bit"))

    def fold(self, name, value):
        """The folded field as a str: UTF-8 is its characters, and U+FFFD stands for any other octet."""
        return without_surrogates(self._fold(name, value, refold_binary=True))

    def _fold(self, name, value, refold_binary=False):  # see cpython.FOLD
        return folded(self, name, value)


# --- what an application sets --------------------------------------------------------------------


def _set_text(policy, name, value):
    """The header object for a str: the core says what it shows, and checks it by the way."""
    factory = policy.header_factory
    if type(factory) is not FieldRegistry:
        _core.check(name, value)
        return factory(name, without_line_end(value))
    cls, view, _ = factory.found[name]
    if view is None:
        _core.check(name, value)
        return cls(name, without_line_end(value))
    shown, known = _core.show(name, value, view, True)
    if shown is None:  # there is a line end at the very end, which is no part of the value
        value = without_line_end(value)
        shown, known = _core.show(name, value, view, True)
    header = _new_str(cls, shown)  # unparsed_header() without a call, as this is most of what is set
    header.__dict__ = {"_field_name": name, "_value": value, "_known": known}
    return header


def _set_str_of_subclass(policy, name, value):
    """The header object for a str of a class of somebody's own, such as markupsafe's: the core checks its characters, and
    the standard library's parser says what is shown."""
    _core.check(name, value)
    return policy.header_factory(name, without_line_end(value))


def _set_header(policy, name, header):
    """A header object of ours, or one of the standard library's classes that another policy's registry made.

    For the field of its own name it stays the object that it is; for another one a new one is made of its field body.
    Nobody knows whether a foreign one was set or read, so it is never refused for its grammar.
    """
    is_ours = isinstance(header, Field)
    body = header._value if is_ours else _core.unfold(name, field_body.of_header(header))
    if header.name.lower() == name.lower():
        check_name(name)
        return header
    taken = policy.header_factory(name, body)
    if isinstance(taken, Field):
        taken._read = header._read if is_ours else True
    if not (isinstance(taken, Field) and taken._read):
        _core.check(name, body)
    return taken


def _set_header_with_own_fold(name, header):
    """A header object whose class has a fold of its own; what it shows, if it does, holds no CR or LF."""
    if isinstance(header, headerregistry.BaseHeader):
        _core.check(name, str(header))
    else:
        check_name(name)
    return header


def _set_object(policy, name, value):
    """The header object for a value that is not text: an Address, a Group, a list of them, a datetime."""
    check_name(name)
    try:
        return policy.header_factory(name, value)
    except (AttributeError, TypeError) as error:
        raise TypeError(f"field {name!r}: a value must be str, not {type_of(value)}") from error


def check_name(name):
    """Refuse a name (str) that no field can have (RFC 5322, 3.6.8).

    Raises:
        FieldError: there is another character than printable US-ASCII in it, a colon, or none at all.
    """
    _core.check(name, "")


def check_policy(policy):
    """Refuse what is no policy.

    Raises:
        TypeError: it is none.
    """
    if not isinstance(policy, email.policy.Policy):
        raise TypeError(f"policy must be a policy, as msgidpolicy.SMTP, not {type(policy).__name__}")


# --- settings ------------------------------------------------------------------------------------


def _check_settings(settings):
    """Refuse what would only fail when a field is folded."""
    linesep = settings.get("linesep", "")
    if not isinstance(linesep, str):
        raise TypeError(f"linesep must be str, not {type(linesep).__name__}")
    if not linesep.isascii():
        raise ValueError(f"linesep must be US-ASCII, not {linesep!r}")
    limit = settings.get("max_line_length")
    if limit is not None and not hasattr(limit, "__index__"):
        raise TypeError(f"max_line_length must be int or None, not {type(limit).__name__}")
    names = settings.get("protected_headers", ())
    is_iterable = hasattr(names, "__iter__") and not isinstance(names, (str, bytes))
    if not is_iterable or not all(isinstance(name, str) for name in names):
        raise TypeError(f"protected_headers must be a set of str, not {names!r}")


default = MsgIdPolicy()
# As with email.policy.default: what is mapped in the class's registry counts for it.
del default.header_factory
strict = default.clone(raise_on_defect=True)
SMTP = default.clone(linesep="\r\n")
SMTPUTF8 = SMTP.clone(utf8=True)
#: HTTP is not mail: the standard library's own object.
HTTP = email.policy.HTTP
