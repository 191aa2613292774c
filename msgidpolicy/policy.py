"""The policies, drop-ins for those of the same names in ``email.policy``."""
import email.header
import email.policy
import re
from email import headerregistry

from . import _core
from .field import Field, FieldRegistry, fold_octets, fold_value, is_protected, is_standard, shown_header

_LINE_OCTETS = 998  # RFC 5322, 2.1.1
_line_end = re.compile(r"\r\n?|\n")


class SourceValue(str):
    """A parsed value: what stood behind the colon and the white space there.

    Attributes:
        lead (str): what stood between the colon and the value, folds included.
        made (tuple): the header object that was made of it last, behind its class and name.
    """

    lead = " "
    made = (None, None, None)

    def __reduce__(self):
        return SourceValue, (str.__str__(self),), {"lead": self.lead}


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
        super().__init__(**kw)

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
        if hasattr(value, "name") and value.name.lower() == name.lower():
            # A header object of email.policy's is folded here; one with a fold of its own answers for it.
            folded_here = isinstance(value, headerregistry.BaseHeader) and not isinstance(value, Field)
            _core.check(name, str(value) if folded_here else "")
            return name, value
        if isinstance(value, Field):
            value = value._value
        elif isinstance(value, email.header.Header):
            value = _core.unfold(name, value.encode())
        _core.check(name, value if isinstance(value, str) else "")
        return name, self.header_factory(name, value)

    def header_fetch_parse(self, name, value):
        """The header object, made from the source if the field was parsed; once, if the parser keeps it."""
        if isinstance(value, Field) or hasattr(value, "name"):
            return value
        factory = self.header_factory
        if type(factory) is not FieldRegistry:
            return _read_header(factory, None, name, value)
        cls, view, _ = factory.found.get(name) or factory.find(name)
        made_by, made_for, header = getattr(value, "made", SourceValue.made)
        if made_by is not cls or made_for != name:
            header = _read_header(cls, view, name, value)
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
                return self._fold_source(name, value)
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

    def _fold(self, name, value, refold_binary=False):
        if hasattr(value, "name"):
            return self._fold_header(name, value)
        return self._fold_source(name, _text(value)).decode("utf-8" if self.utf8 else "ascii", "surrogateescape")

    def _fold_source(self, name, value):
        """A parsed field as octets: as it came, or folded anew."""
        unfolded = _core.unfold(name, value)
        lines = self._kept_lines(name, value)
        if lines:
            return self.linesep.join([*lines, ""]).encode("utf-8" if self.utf8 else "ascii", "surrogateescape")
        return fold_octets(name, unfolded, self, True)

    def _fold_header(self, name, header):
        """A header object folds itself; one that email.policy made has no fold of its own.

        What that was set to is in its tree, where octets that were read are surrogates.
        """
        cls = type(header)
        if (
            isinstance(header, headerregistry.BaseHeader)
            and not isinstance(header, Field)
            and is_standard(cls)
        ):
            text = str(getattr(header, "_parse_tree", None) or header)
            return fold_value(header.name, text, self, _has_surrogates(text))
        return header.fold(policy=self)

    def _kept_lines(self, name, value):
        """The lines of a parsed field that goes on as it came; None for one that is folded anew."""
        if self.refold_source == "all" or not (self.utf8 or value.isascii()):
            return None
        limit = (self.max_line_length if self.refold_source == "long" else 0) or _LINE_OCTETS
        lines = _source_lines(name, value)
        for line in lines:
            columns = octets = len(line)
            if not line.isascii():
                try:
                    source = line.encode("utf-8", "surrogateescape")
                    octets, columns = len(source), len(source.decode())
                except UnicodeError:
                    return None  # no UTF-8, and that has to be well-formed: RFC 6532, 3.1
            if octets > _LINE_OCTETS or columns > limit:
                return None
        return lines


def _read_header(make, view, name, value):
    """A header object of a value that was read; ``make`` is its class, or a header factory without a view."""
    value = str.__str__(_text(value))
    if "\n" in value or "\r" in value:
        value = "".join(_line_end.split(value))
    header = shown_header(make, view, name, value, False, True)
    if header is None:
        header = make(name, value)
        if isinstance(header, Field):
            header._read = True
    return header


def _text(value):
    """A source value as str; a legacy message may hold an ``email.header.Header``."""
    return value.encode() if isinstance(value, email.header.Header) else value


def _source_lines(name, value):
    lead = getattr(value, "lead", " " if value else "")
    source = f"{name}:{lead}{value}"
    return _line_end.split(source) if "\n" in source or "\r" in source else [source]


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
