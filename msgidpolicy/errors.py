"""The exceptions that msgidpolicy raises: FieldError, and one kind of it."""

import email.errors

# CPython has HeaderWriteError since 3.13 and in late releases of 3.9 to 3.12 (gh-121650).
_HeaderWriteError = getattr(email.errors, "HeaderWriteError", email.errors.MessageError)

_EXCERPT = 40  # characters on each side of the one at fault


class FieldError(_HeaderWriteError, ValueError):
    """A field that cannot be set or written as it is.

    Attributes:
        name (str): the field's name.
        offset (int): the index of the character at fault, in the value as it was given (in the
            name, when that is at fault).
        reason (str): what is wrong with it, in English.
        value (str): the value; the name, when that is at fault.

    An ``email.errors.HeaderWriteError`` where CPython has that, else a ``MessageError``; always a
    ``ValueError``.
    """

    def __init__(self, name, offset, reason, value=""):
        super().__init__(name, offset, reason, value)
        self.name = name
        self.offset = offset
        self.reason = reason
        self.value = value

    def __str__(self):
        begin = max(self.offset - _EXCERPT, 0)
        excerpt = self.value[begin : self.offset + _EXCERPT]
        seen = f" of {self.value!r}" if excerpt == self.value else f" (in {excerpt!r})"
        return f"field {self.name!r}, character {self.offset}{seen if self.value else ''}: {self.reason}"


class LimitError(FieldError, email.errors.HeaderParseError):
    """A ``FieldError`` when a field is folded: the policy's ``max_line_length`` leaves no room for an encoded-word.

    An ``email.errors.HeaderParseError``, too: CPython raises that (bpo-36564), and programs catch it.
    """

    def __str__(self):
        return f"field {self.name!r}: {self.reason}"
