"""The application, which Django finds by the name of the package."""

import functools

from django.apps import AppConfig
from django.conf import settings
from django.core import mail
from django.core.mail import message as mail_message

from ..message_id import make_msgid, set_msgid_domain
from . import fold_messages_of


class MsgIdPolicyConfig(AppConfig):
    """Folds every message of Django's, and makes its Message-IDs on the domain of ``settings.MESSAGE_ID_DOMAIN``."""

    name = "msgidpolicy.django"
    label = "msgidpolicy"
    verbose_name = "msgidpolicy"

    def ready(self):
        """Wrap what makes messages, and what makes ids if there is a domain for them.

        Raises:
            FieldError: ``settings.MESSAGE_ID_DOMAIN`` is not a dot-atom (RFC 5322, 3.2.3).
        """
        fold_messages_of(mail.EmailMessage)
        domain = getattr(settings, "MESSAGE_ID_DOMAIN", None)
        if domain:
            set_msgid_domain(domain)
            mail.make_msgid = mail_message.make_msgid = _make_msgid


@functools.wraps(make_msgid)
def _make_msgid(idstring=None, domain=None):
    """Django passes its own ``DNS_NAME``, of this host, which it looks up when the id is written; EHLO uses that name too."""
    return make_msgid(idstring, None if domain is mail.DNS_NAME else domain)
