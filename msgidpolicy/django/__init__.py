"""Django's mail, folded by msgidpolicy, whichever backend sends it::

    INSTALLED_APPS += ["msgidpolicy.django"]

or, for one backend alone::

    EMAIL_BACKEND = "msgidpolicy.django.EmailBackend"
"""

import email.message
import email.policy
import functools

import django
from django.conf import settings
from django.core import mail
from django.core.mail.backends import smtp

from ..counterpart import counterpart
from ..cpython import settings_of
from ..legacy import compat32, set_again
from ..message import EmailMessage
from ..message_id import make_msgid

_TAKES_POLICY = django.VERSION >= (6, 0)


def fold_messages_of(cls):
    """Have ``message()`` of a class of Django's, and of its subclasses that call it, make messages that are folded by
    msgidpolicy. The class is changed in place, once."""
    original = cls.message
    if hasattr(original, "is_folded_by_msgidpolicy"):
        return

    @functools.wraps(original)
    def message(self, *args, **kwargs):
        return folded(functools.partial(original, self), *args, **kwargs)

    message.is_folded_by_msgidpolicy = True
    cls.message = message


def folded(build, *args, **kwargs):
    """What a method ``message()`` of Django's makes, with a policy of ours where it would have the standard library's.

    Args:
        build (callable): the method of a message of Django's; it is called with ``args`` and ``kwargs``. From
            Django 6.0 on it takes a policy.
    """
    if _TAKES_POLICY:
        kwargs["policy"] = counterpart(kwargs.get("policy", email.policy.default))
        message = build(*args, **kwargs)
        if type(message) is email.message.EmailMessage:
            message.__class__ = EmailMessage  # its own as_bytes() is that of the standard library's generator
        return message
    message = build(*args, **kwargs)
    if type(message.policy) is email.policy.Compat32:
        message.policy = compat32.clone(**settings_of(message.policy))
        set_again(message)
    return message


def _has_id_of_django(message, made):
    """Is the Message-ID of what was made of a message the one that Django gives it, on the name of this host?"""
    is_own = "message-id" in map(str.lower, message.extra_headers)
    return not is_own and str(made["Message-ID"]).endswith(f"@{mail.DNS_NAME}>")


class _Folded:
    """A message of Django's for a backend that is to fold it, and to have its id on the domain that is set; all else is
    the message's own."""

    def __init__(self, message):
        vars(self)["_message"] = message

    def __getattr__(self, name):
        return getattr(vars(self)["_message"], name)

    def __setattr__(self, name, value):
        setattr(vars(self)["_message"], name, value)

    def message(self, *args, **kwargs):
        message = vars(self)["_message"]
        made = folded(message.message, *args, **kwargs)
        domain = getattr(settings, "MESSAGE_ID_DOMAIN", None)
        if domain and _has_id_of_django(message, made):
            made.replace_header("Message-ID", make_msgid(domain=domain))
        return made


class EmailBackend(smtp.EmailBackend):
    """Django's SMTP backend for messages that are folded by msgidpolicy, also in ``MAILERS``.

    What Django makes a Message-ID for has it on the domain of ``settings.MESSAGE_ID_DOMAIN``, if that is set.

    It takes the options of Django's.
    """

    def send_messages(self, email_messages):
        """Send the messages (an iterable of ``django.core.mail.EmailMessage``); the number (int) of those sent, as
        Django's backend returns it.

        Raises:
            FieldError: a field cannot be written, or ``settings.MESSAGE_ID_DOMAIN`` is not a dot-atom (RFC 5322, 3.2.3);
                also where ``fail_silently`` is set, as Django raises for its own.
        """
        return super().send_messages([_Folded(message) for message in email_messages or ()])
