"""A field as it was read: its value, and the lines that it came in."""

import re

line_end = re.compile(r"\r\n?|\n")
LINE_OCTETS = 998  # RFC 5322, 2.1.1


class SourceValue(str):
    """A parsed value, without the white space after the colon, where that is not one blank.

    Attributes:
        lead (str): what stood between the colon and the value, folds included.
    """

    __slots__ = ("lead",)

    def __new__(cls, value, lead):
        self = super().__new__(cls, value)
        self.lead = lead
        return self

    def __reduce__(self):
        return SourceValue, (str.__str__(self), self.lead)


class SetValue(str):
    """What an application set in a message of the older kind, whose values are plain ``str``.

    Attributes:
        given (str): the object that it set.
    """

    def __new__(cls, given):
        self = super().__new__(cls, str.__str__(given))
        self.given = given
        return self


def stands_for_text(value):
    """Is this a str, or an object whose class says its text, as an Address, or what is translated late?  What ``str()`` makes
    of any other object, of bytes and of numbers, nobody has meant."""
    return type(value).__str__ is not object.__str__ and not isinstance(value, (bytes, bytearray, memoryview, int, float, type))


def type_of(value):
    """The name (str) of a value's type, of a list or a tuple with those of what is in it: ``list of tuple``."""
    name = type(value).__name__
    if not isinstance(value, (list, tuple)) or not value:
        return name
    return f"{name} of {' and '.join(dict.fromkeys(type(item).__name__ for item in value))}"


def without_line_end(value):
    """The value (str) without one line end at its very end, which templates and signers leave there."""
    if value.endswith("\n"):
        return value[:-2] if value.endswith("\r\n") else value[:-1]
    return value[:-1] if value.endswith("\r") else value


def after_colon(value):
    """All (str) that stood after the colon of a field that was read.

    Args:
        value (str): a SourceValue, or a str that has no more before it than a blank, which parsers leave out.
    """
    if type(value) is SourceValue:
        return value.lead + value
    return f" {value}" if value and value[0] not in "\r\n" else str.__str__(value)


def source_lines(name, value):
    """The lines (list of str, without line ends) that a field came in.

    Args:
        name (str): the field's name.
        value (str): a SourceValue, or what another policy's parser keeps: what stood after the colon, without
            the blanks before the first line end.
    """
    source = f"{name}:{after_colon(value)}"
    if "\n" not in source and "\r" not in source:
        return [source]
    lines = line_end.split(source)
    return lines if lines[-1] else lines[:-1]  # a line end at the very end does not belong to the value


def joined(lines, policy):
    """The lines (list of str) as octets, each with the line end of the policy."""
    return as_octets(policy.linesep.join([*lines, ""]))


def lines_fit(lines, limit=LINE_OCTETS):
    """Has no line more columns than the limit, nor more than 998 octets?"""
    for line in lines:
        columns = octets = len(line)
        if not line.isascii():
            source = as_octets(line)
            octets, columns = len(source), len(source.decode("utf-8", "replace"))
        if octets > LINE_OCTETS or columns > limit:
            return False
    return True


def are_utf8(lines):
    """Are the octets of all lines well-formed UTF-8, which RFC 6532, 3.1, asks for?"""
    try:
        return all(as_octets(line).decode("utf-8") is not None for line in lines)
    except UnicodeDecodeError:
        return False


def as_octets(text):
    """The octets that were read: surrogates stand for those that are not US-ASCII (PEP 383), where they can."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def unfolded(value):
    """A value that was read (str) without line ends, and where a fold comes first, without the white space after it."""
    if "\n" not in value and "\r" not in value:
        return str.__str__(value)
    text = "".join(line_end.split(value))
    return text.lstrip(" \t") if value[0] in "\r\n" else text
