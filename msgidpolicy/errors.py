"""The one exception that msgidpolicy raises."""
import email.errors

# CPython has HeaderWriteError since 3.13 and in late releases of 3.9 to 3.12 (gh-121650).
_HeaderWriteError = getattr(email.errors, "HeaderWriteError", email.errors.MessageError)


class FieldError(_HeaderWriteError, ValueError):
    """A field that cannot be set or written as it is.

    Attributes:
        name (str): the field's name.
        offset (int): the index of the character at fault, in the value as it was given (in the
            name, when that is at fault).
        reason (str): what is wrong with it, in English.

    An ``email.errors.HeaderWriteError`` where CPython has that, else a ``MessageError``; always a
    ``ValueError``.
    """

    def __init__(self, name, offset, reason):
        super().__init__(name, offset, reason)
        self.name = name
        self.offset = offset
        self.reason = reason

    def __str__(self):
        return f"field {self.name!r}, character {self.offset}: {self.reason}"


class LimitError(FieldError, email.errors.HeaderParseError):
    """A ``max_line_length`` that leaves no room for an encoded-word.

    CPython raises ``HeaderParseError`` for that (bpo-36564), and those who catch that go on to.
    """

    def __str__(self):
        return f"field {self.name!r}: {self.reason}"
