"""The octets that a message object would be sent as."""

import io
from email.generator import BytesGenerator


def octets_of(message):
    """The octets of a message: bytes, str, an ``email.message.Message``, what has (``message()``) or is one (``as_bytes()``).

    A message object is written by its own policy, with line ends of CRLF, as ``smtplib`` does it. A str stands for its
    UTF-8, in which octets that Python has read as surrogates are again what they were.

    Raises:
        TypeError: it is none of these.
        UnicodeEncodeError: a str with another surrogate.
    """
    if isinstance(message, (bytes, bytearray, memoryview)):
        return bytes(message)
    if isinstance(message, str):
        return message.encode("utf-8", "surrogateescape")
    if hasattr(message, "policy") and hasattr(message, "walk"):
        return _written(message)
    if callable(getattr(message, "message", None)):  # Django's, which leaves "From " at the beginning of a line
        return _written(message.message(), mangle_from_=False)
    if callable(getattr(message, "as_bytes", None)):  # Flask-Mail's
        return message.as_bytes()
    raise TypeError(f"a message is bytes, str or a message object, not {type(message).__name__}")


def _written(message, **options):
    written = io.BytesIO()
    BytesGenerator(written, policy=message.policy.clone(linesep="\r\n"), **options).flatten(message)
    return written.getvalue()
