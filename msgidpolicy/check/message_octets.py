"""The octets that a message object would be sent as."""
import io
from email.generator import BytesGenerator


def octets_of(message):
    """The octets of a message: bytes, str, an ``email.message.Message``, or what has one (``message()``) or is one (``as_bytes()``).

    A message object is written by its own policy, with line ends of CRLF, as ``smtplib`` does it.

    Raises:
        TypeError: it is none of these.
    """
    if isinstance(message, (bytes, bytearray, memoryview)):
        return bytes(message)
    if isinstance(message, str):
        return message.encode("utf-8", "surrogateescape")
    if hasattr(message, "policy") and hasattr(message, "walk"):
        written = io.BytesIO()
        BytesGenerator(written, policy=message.policy.clone(linesep="\r\n")).flatten(message)
        return written.getvalue()
    if callable(getattr(message, "message", None)):  # Django's
        return octets_of(message.message())
    if callable(getattr(message, "as_bytes", None)):  # Flask-Mail's
        return message.as_bytes()
    raise TypeError(f"a message is bytes, str or a message object, not {type(message).__name__}")
