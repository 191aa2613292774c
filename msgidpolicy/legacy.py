"""Messages of the older kind, whose header values are plain ``str``."""
from . import _core


def set_again(message):
    """Set the fields of a message, by its policy, that were set as ``str`` before it had this policy.

    A plain ``str`` is taken for a field that was read, of which encoded-words over 75 octets stay, as CPython's
    ``email.header`` makes them. Only for messages that are known to be an application's own.

    Raises:
        FieldError: there is a CR or LF in one that is no fold.
    """
    fields = list(message.raw_items())
    for name, _ in fields:
        del message[name]
    for name, value in fields:
        value = _core.unfold(name, value) if isinstance(value, str) and not hasattr(value, "name") else value
        message.set_raw(*message.policy.header_store_parse(name, value))
