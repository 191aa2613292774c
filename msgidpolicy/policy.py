"""The policies, drop-ins for those of the same names in ``email.policy``."""
import email.header
import email.policy
from email import headerregistry

from . import _core, field_body
from .errors import FieldError
from .field import (
    Field,
    FieldRegistry,
    fold_octets,
    fold_value,
    is_protected,
    shown_header,
    without_lone_surrogates,
)
from .source import (
    LINE_OCTETS,
    SetValue,
    SourceValue,
    are_utf8,
    as_octets,
    joined,
    line_end,
    lines_fit,
    source_lines,
    unfolded,
    without_line_end,
)


class MsgIdPolicy(email.policy.EmailPolicy):
    """An ``email.policy.EmailPolicy`` that folds fields as their grammar has it.

    Takes and has every attribute of EmailPolicy, and one more:

    protected_headers (set of str): names of fields, in any case, that are folded at white space and
        never encoded, as DKIM-Signature is: for fields of one's own that programs read.

    Raises ``msgidpolicy.FieldError`` for a value with CR or LF when it is set, and for one that the
    policy cannot write when it is folded.
    """

    protected_headers = frozenset()
    header_factory = FieldRegistry()

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
        """``email.policy.SMTP + msgidpolicy.SMTP``: a policy of this class, and what is set in both is as here."""
        if not isinstance(other, email.policy.EmailPolicy):
            return NotImplemented
        return self.clone(**{**other.__dict__, **self.__dict__})

    def header_source_parse(self, sourcelines):
        """Keep the field as it came: the value, and what stood before it where that is not one SP."""
        name, body = "".join(sourcelines).rstrip("\r\n").split(":", 1)
        value = SourceValue(body.lstrip(" \t\r\n"))
        lead = body[: len(body) - len(value)]
        if lead != " ":
            value.lead = lead
        return name, value

    def header_max_count(self, name):
        """The most fields of this name (int) that a message may have; None for any number."""
        factory = self.header_factory
        if type(factory) is FieldRegistry:
            return (factory.found.get(name) or factory.find(name))[2]
        return super().header_max_count(name)

    def header_store_parse(self, name, value):
        """A header object for a value that an application sets.

        Args:
            name (str): the field's name.
            value: a str, a header object, an ``email.header.Header``, or what the standard
                library's header of that name takes: Address, Group, a list of them, datetime.

        Raises:
            FieldError: the name is none, or there is a CR or LF in the value or in the text of an
                encoded-word in it.
        """
        factory = self.header_factory
        if type(value) is str and type(factory) is FieldRegistry:
            cls, view, _ = factory.found.get(name) or factory.find(name)
            header = shown_header(cls, view, name, value, True, False)
            if header is not None:
                return name, header
        if isinstance(value, Field) or field_body.is_foreign(value):
            return name, _taken_header(self, name, value)
        if hasattr(value, "name") and value.name.lower() == name.lower():
            # One with a fold of its own answers for that.
            _core.check(name, str(value) if isinstance(value, headerregistry.BaseHeader) else "")
            return name, value
        if isinstance(value, email.header.Header):
            value = _legacy_body(self, name, value)
        if not isinstance(value, str):
            _core.check(name, "")
            return name, _made_header(self, name, value)
        _core.check(name, value)
        return name, _made_header(self, name, without_line_end(value))

    def header_fetch_parse(self, name, value):
        """The header object, made from the source if the field was parsed; once, if the parser keeps it."""
        if isinstance(value, Field) or hasattr(value, "name"):
            return value
        factory = self.header_factory
        if type(factory) is not FieldRegistry:
            return _read_header(factory, None, name, value, self)
        cls, view, _ = factory.found.get(name) or factory.find(name)
        made_by, made_for, header = getattr(value, "made", SourceValue.made)
        if made_by is not cls or made_for != name:
            header = _read_header(cls, view, name, value, self)
            if type(value) is SourceValue:
                value.made = cls, name, header
        return header

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
                    value._name,
                    value._value,
                    self.max_line_length,
                    self.linesep,
                    self.utf8,
                    value._read,
                    self.protected_headers and is_protected(self, value._name),
                    self.refold_source != "all",
                )
        return super().fold_binary(name, value)

    def fold(self, name, value):
        """The folded field as a str: UTF-8 is its characters, and U+FFFD stands for any other octet."""
        return without_surrogates(super().fold(name, value))

    def _fold(self, name, value, refold_binary=False):
        return folded(self, name, value)


def _made_header(policy, name, value):
    try:
        return policy.header_factory(name, value)
    except (AttributeError, TypeError) as error:
        if isinstance(value, str):
            raise
        raise TypeError(f"field {name!r}: a value must be str, not {type(value).__name__}") from error


def _taken_header(policy, name, header):
    """A header object that was made elsewhere, for a field of this name.

    Nobody knows whether one of another policy's was set or read, so it is never refused for its grammar.
    """
    is_ours = isinstance(header, Field)
    body = header._value if is_ours else _core.unfold(name, field_body.of_header(header))
    if header.name.lower() == name.lower():
        _core.check(name, "")
        return header
    taken = _made_header(policy, name, body)
    if isinstance(taken, Field):
        taken._read = header._read if is_ours else True
    if not (isinstance(taken, Field) and taken._read):
        _core.check(name, body)
    return taken


def _legacy_body(policy, name, header):
    return field_body.of_legacy_header(header, name, _syntax_of(policy, name) == "unstructured")


def _syntax_of(policy, name):
    return "tokens" if is_protected(policy, name) else _core.syntax_of(name)


def folded(policy, name, value):
    """The folded field as a str: what other policies have to ask ``_fold`` for.

    Args:
        policy (email.policy.Policy): one with the settings of an EmailPolicy.
        name (str): the field's name.
        value: what a message holds for it.
    """
    if hasattr(value, "name"):
        return _fold_header(policy, name, value)
    return fold_source(policy, name, value).decode("utf-8" if policy.utf8 else "ascii", "surrogateescape")


def _fold_header(policy, name, header):
    """A header object folds itself; one that email.policy made has no fold of its own."""
    if field_body.is_foreign(header):
        body = _core.unfold(name, field_body.of_header(header))
        return fold_value(header.name, body, policy, True)
    return header.fold(policy=policy)


def fold_source(policy, name, value):
    """A plain value as octets: of a field that was parsed, or of a legacy message."""
    if isinstance(value, email.header.Header):
        return fold_octets(name, _legacy_body(policy, name, value), policy, False)
    unfolded = _core.unfold(name, value)
    if type(value) is SetValue:
        return fold_octets(name, unfolded, policy, False)
    if policy.refold_source == "all":
        return fold_octets(name, unfolded, policy, True)
    lines = source_lines(name, value)
    limit = (policy.max_line_length if policy.refold_source == "long" else 0) or LINE_OCTETS
    may_travel = value.isascii() or (policy.utf8 and are_utf8(lines))
    if may_travel and lines_fit(lines, limit):
        return joined(lines, policy)
    octets = fold_octets(name, unfolded, policy, True)
    is_changed = octets.replace(policy.linesep.encode(), b"") != as_octets(f"{name}: {unfolded}")
    # What somebody wrote is not encoded only to shorten lines that every server takes; and where its octets
    # leave as they came, so do its line ends.
    stays = is_changed and lines_fit(lines) if may_travel else not is_changed and lines_fit(lines, limit)
    return joined(lines, policy) if stays else octets


def _check_settings(settings):
    """Refuse what would only fail when a field is folded."""
    linesep = settings.get("linesep", "")
    if not isinstance(linesep, str):
        raise TypeError(f"linesep must be str, not {type(linesep).__name__}")
    if not linesep.isascii():
        raise ValueError(f"linesep must be US-ASCII, not {linesep!r}")
    names = settings.get("protected_headers", ())
    is_iterable = hasattr(names, "__iter__") and not isinstance(names, (str, bytes))
    if not is_iterable or not all(isinstance(name, str) for name in names):
        raise TypeError(f"protected_headers must be a set of str, not {names!r}")


def _read_header(make, view, name, value, policy):
    """A header object of a value that was read.

    Args:
        make: its class, or a header factory without a view.
        view (int): see ``shown_header``; None for a factory.
    """
    is_read = not isinstance(value, (email.header.Header, SetValue))
    if isinstance(value, email.header.Header):
        try:
            value = _legacy_body(policy, name, value)
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


def without_surrogates(folded):
    """A folded field (str) with U+FFFD for octets that are no UTF-8."""
    if folded.isascii() or not _has_surrogates(folded):
        return folded
    return folded.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _has_surrogates(value):
    return any("\ud800" <= character <= "\udfff" for character in value)


default = MsgIdPolicy()
# As with email.policy.default: what is mapped in the class's registry counts for it.
del default.header_factory
strict = default.clone(raise_on_defect=True)
SMTP = default.clone(linesep="\r\n")
SMTPUTF8 = SMTP.clone(utf8=True)
#: HTTP is not mail: the standard library's own object.
HTTP = email.policy.HTTP
