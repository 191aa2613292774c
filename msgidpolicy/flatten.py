"""Any message as the octets that go over the wire."""

import copy
import io
from email.generator import BytesGenerator
from email.message import Message
from email.mime.base import MIMEBase

from .legacy import set_again
from .policy import SMTP, check_policy
from .tree import Tree, UnusualError, new_boundary, with_policy

_NOT_SENT = ("bcc", "resent-bcc")  # RFC 5322, 3.6.3 and 3.6.6


def flatten(message, *, policy=SMTP, keep_bcc=False):
    """A message as it goes over the wire: for a client of SMTP or IMAP, or an API, that takes octets.

    It is folded by this policy, not by those of the message and its parts, which stay as they are.

    No ``From`` at the beginning of a line gets a ``>``.

    Args:
        message (email.message.Message): an ``EmailMessage``, or one of the older kind, as ``email.mime`` makes them.
        policy (MsgIdPolicy): how it is folded; its ``linesep`` ends the lines.
        keep_bcc (bool): write the fields Bcc and Resent-Bcc, too. Servers do not remove them.

    Returns:
        bytes: the message. Where a multipart has no boundary yet, it has another one each time.

    Raises:
        FieldError: a field that was set cannot be written under this policy.
        TypeError: the message or the policy is none.
    """
    if isinstance(message, type) or not (hasattr(message, "policy") and hasattr(message, "walk")):
        raise TypeError(f"message must be an email.message.Message, not {type(message).__name__}")
    check_policy(policy)
    try:
        return Tree(message, policy, _prepared, () if keep_bcc else _NOT_SENT).octets
    except UnusualError:
        return _generated(message, policy, keep_bcc)


def _prepared(part, policy):
    """The part with this policy; it is a copy where that changes it."""
    if not isinstance(part, MIMEBase):
        return with_policy(part, policy)
    part = copy.copy(part)
    part.policy = policy
    set_again(part)  # parsers make no messages of these classes
    return part


def _generated(message, policy, keep_bcc):
    message = _copy(message, policy)
    if not keep_bcc:
        for name in _NOT_SENT:
            del message[name]
    octets = io.BytesIO()
    BytesGenerator(octets, mangle_from_=False, policy=policy).flatten(message)
    return octets.getvalue()


def _copy(message, policy, is_signed=False):
    """The message and its parts with this policy; only what they contain is shared.

    CPython's generator sets the policy of the message and of each part while it works, and the boundaries for good.
    """
    if is_signed:
        message = copy.copy(message)
        message.policy = policy
    else:
        message = _prepared(copy.copy(message), policy)
    if message.is_multipart():
        is_signed = is_signed or message.get_content_type() == "multipart/signed"
        parts = message.get_payload()
        message.set_payload([_copy(part, policy, is_signed) if isinstance(part, Message) else part for part in parts])
        if message.get_content_maintype() == "multipart" and not message.get_boundary():
            message.set_boundary(new_boundary())
    return message
