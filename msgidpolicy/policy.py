"""The policies, drop-ins for those of the same names in ``email.policy``."""
import email.header
import email.policy
import re
from email import headerregistry

from . import _core
from .field import Field, FieldRegistry, fold_value, is_protected, is_standard

_LINE_OCTETS = 998  # RFC 5322, 2.1.1
_line_end = re.compile(r"\r\n?|\n")


class SourceValue(str):
    """A parsed value that did not stand one SP behind the colon.

    Attributes:
        lead (str): what stood between the colon and the value, folds included.
    """

    def __new__(cls, value, lead=" "):
        self = super().__new__(cls, value)
        self.lead = lead
        return self


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
        value = body.lstrip(" \t\r\n")
        lead = body[: len(body) - len(value)]
        if lead == (" " if value else ""):
            return name, value
        return name, SourceValue(value, lead)

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
            cls = factory[name]
            view = getattr(cls, "_view", None)
            if view is not None:
                shown = _core.show(name, value, view, True)
                return name, cls._parsed(name, value) if shown is None else cls._shown(shown, name, value)
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
        """The header object, made from the source if the field was parsed."""
        if hasattr(value, "name"):
            return value
        header = self.header_factory(name, "".join(_line_end.split(_text(value))))
        if isinstance(header, Field):
            header._read = True
        return header

    def fold_binary(self, name, value):
        """The folded field as octets.

        A header object of ours goes straight to the core, where neither its class nor the policy's
        has a fold of somebody else's.
        """
        if type(self) is MsgIdPolicy and getattr(type(value), "_view", None) is not None:
            return _core.fold(
                value._name,
                value._value,
                self.max_line_length,
                self.linesep,
                self.utf8,
                value._read,
                self.protected_headers and is_protected(self, value._name),
            )
        return super().fold_binary(name, value)

    def _fold(self, name, value, refold_binary=False):
        if hasattr(value, "name"):
            return self._fold_header(name, value)
        value = _text(value)
        unfolded = _core.unfold(name, value)
        if self._keeps(name, value):
            return self.linesep.join([*_source_lines(name, value), ""])
        return fold_value(name, unfolded, self, True)

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

    def _keeps(self, name, value):
        """Does a parsed field go on as it came?"""
        if self.refold_source == "all":
            return False
        if not value.isascii() and not self.utf8:
            return False
        limit = (self.max_line_length if self.refold_source == "long" else 0) or _LINE_OCTETS
        for line in _source_lines(name, value):
            try:
                source = line.encode("utf-8", "surrogateescape")
                octets, columns = len(source), len(source.decode())
            except UnicodeError:
                return False  # no UTF-8, and that has to be well-formed: RFC 6532, 3.1
            if octets > _LINE_OCTETS or columns > limit:
                return False
        return True


def _text(value):
    """A source value as str; a legacy message may hold an ``email.header.Header``."""
    return value.encode() if isinstance(value, email.header.Header) else value


def _source_lines(name, value):
    lead = getattr(value, "lead", " " if value else "")
    return _line_end.split(f"{name}:{lead}{value}")


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
