"""Which program wrote what is wrong, where that is sure: by what it alone writes, or by its own word."""

import base64
import re

_PYTHON = "Python's email package"
_WORD = re.compile(rb"=\?[^?\s]+\?[^?\s]\?[^?\s]*\?=")
_WORD_OF_PYTHON = re.compile(rb"=\?utf-8\?(?:q\?((?:[-!*+/0-9A-Za-z_]|=[0-7][0-9A-F])+)|b\?([0-9A-Za-z+/]+=*))\?=")
_BOUNDARY_OF_PYTHON = re.compile(rb"={15}\d{10,19}==")
_ID_OF_PYTHON = re.compile(rb"[ \t]*<\d{12}\.\d{1,10}\.\d{12,20}(?:\.[^@<>]+)?@")  # of email.utils.make_msgid
_ID_OF_OUTLOOK = re.compile(rb"[ \t]*<[^@<>\s]+@[0-9A-Za-z.-]+\.outlook\.com>[ \t]*")
_PRINTABLE = re.compile(r"[!-~][ -~]{0,79}")
_ENCODED = ("msg-id-encoded", "encoded-word-in-token")
_EMPTY_FIRST = ("line-empty-first", "msg-id-second-line")
# The first version of Python that does not write encoded-words in such a field; in any other field all do.
_RIGHT_SINCE = {
    "message-id": "3.7 or older",
    "in-reply-to": "before 3.13.18 and 3.14.10",
    "references": "before 3.13.18 and 3.14.10",
}
# What relays write, break or cut on the way, or list servers.
_OF_RELAYS = ("arc-", "authentication-results", "delivered-to", "list-", "received", "resent-", "return-path", "x-")
_BROKEN_BY_RELAYS = ("body-base64", "message-field-twice", "part-unclosed")


def sender_of(mail, entity, field, rule):
    """The program that breaks a rule.

    Args:
        mail (Mail), entity (Entity): where it is broken.
        field (Field or None): None where it is no field.
        rule (str): the name of the rule.

    Returns:
        str: empty where that is not sure.
    """
    if field is not None and rule in _ENCODED and _is_encoded_by_python(field.body):
        version = _RIGHT_SINCE.get(field.name.lower(), "")
        return f"Python {version} (email.policy)" if version else "Python (email.policy)"
    if (
        field is not None
        and rule in _EMPTY_FIRST
        and field.name.lower() == "message-id"
        and _ID_OF_OUTLOOK.fullmatch(field.body)
    ):
        return "Outlook"
    if rule in _BROKEN_BY_RELAYS or field is not None and field.name.lower().startswith(_OF_RELAYS):
        return ""
    return _by_its_word(entity.message) or (_PYTHON if _is_of_python(entity.message) else "")


def _is_encoded_by_python(body):
    """Are all encoded-words of its form, and do they stand for US-ASCII, which nobody else encodes so?"""
    words = _WORD.findall(body)
    return bool(words) and all(map(_is_word_of_python, words))


def _is_word_of_python(word):
    match = _WORD_OF_PYTHON.fullmatch(word)
    if not match:
        return False
    if match[1]:
        return True
    try:
        return base64.b64decode(match[2], validate=True).isascii()
    except ValueError:
        return False


def _by_its_word(message):
    """The program that says that it wrote the message."""
    for name in ("x-mailer", "user-agent"):
        program = _text_of(message.first(name))
        if program:
            return program
    for name in ("x-php-script", "x-php-originating-script"):  # which PHP itself writes
        script = _text_of(message.first(name))
        if script:
            return f"PHP: {script}"
    return ""


def _text_of(field):
    """The text (str) of a field of few words."""
    match = field and _PRINTABLE.fullmatch(field.body[:100].decode("latin-1").strip(" \t"))
    return match[0] if match else ""


def _is_of_python(message):
    msg_id = message.first("message-id")
    return bool(_BOUNDARY_OF_PYTHON.fullmatch(message.boundary) or msg_id and _ID_OF_PYTHON.match(msg_id.body[:100]))
