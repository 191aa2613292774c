"""The mails that a program sends while they are looked at, whichever library it takes."""

import functools
import importlib
import smtplib
import sys
from contextlib import ExitStack
from typing import NamedTuple

from ._mail.message_octets import octets_of


class SentMail(NamedTuple):
    """A mail that was sent.

    Attributes:
        octets (bytes): as they were handed over.
        utf8 (bool): it goes by SMTPUTF8 (RFC 6531).
    """

    octets: bytes
    utf8: bool = False


class SentMails:
    """Takes down what is sent between ``start()`` and ``stop()``, by any thread.

    smtplib's and aiosmtplib's ``sendmail``, to which all their other ways lead, Django's backend of tests and Flask-Mail,
    which tells of a message when it holds it back, are watched; those that are not loaded are left alone.

    Attributes:
        mails (list of SentMail): so far.
    """

    def __init__(self):
        self.mails, self._is_on = [], False
        self._undo, self._watched = ExitStack(), set()

    def start(self):
        """Watch; called again, watch what has been loaded since."""
        self._is_on = True
        for name, watch in _WATCHES.items():
            module = _loaded(name)
            if module is not None and name not in self._watched:
                self._watched.add(name)
                watch(self, module, self._undo)

    def stop(self):
        """Put back all that was put in place; what somebody else has put there since stays."""
        self._is_on = False
        self._undo.close()
        self._watched.clear()

    def take_down(self, message, utf8=False):
        """A message is being sent (bytes, str or a message object)."""
        if self._is_on:
            self.mails.append(SentMail(octets_of(message), utf8))


def _loaded(name):
    """The module of that name, where its package is loaded; it is part of that."""
    package = name.partition(".")[0]
    return importlib.import_module(name) if package in sys.modules else None


def _replace(owner, name, make, undo):
    """Put what is made of a function in its place."""
    original = vars(owner)[name]
    replacement = functools.wraps(original)(make(original))
    setattr(owner, name, replacement)

    def put_back():
        if vars(owner).get(name) is replacement:
            setattr(owner, name, original)

    undo.callback(put_back)


def _watch_sendmail(sent, module, undo):
    """smtplib and aiosmtplib: the message is the third argument, and SMTPUTF8 one of the options of MAIL."""

    def made(original):
        def sendmail(self, sender, recipients, *arguments, **named):
            message = arguments[0] if arguments else named.get("msg")
            options = arguments[1] if len(arguments) > 1 else named.get("mail_options") or ()
            if isinstance(message, (bytes, str)):
                sent.take_down(message, "SMTPUTF8" in {str(option).upper() for option in options})
            return original(self, sender, recipients, *arguments, **named)

        return sendmail

    _replace(module.SMTP, "sendmail", made, undo)


def _watch_outbox(sent, module, undo):
    """Django: what its backend for tests has taken."""

    def made(original):
        def send_messages(self, messages):
            messages = list(messages)
            count = original(self, messages)
            for message in messages:
                sent.take_down(message)
            return count

        return send_messages

    _replace(module.EmailBackend, "send_messages", made, undo)


def _watch_dispatched(sent, module, undo):
    """Flask-Mail: what it says to have sent, but has held back, as an application under test does."""

    def dispatched(sender, **named):  # Flask-Mail 0.9 has the message as the sender, 0.10 the application
        app, message = named.get("app", sender), named.get("message", sender)
        if app.extensions["mail"].suppress:  # else smtplib has sent it
            sent.take_down(message)

    module.email_dispatched.connect(dispatched, weak=False)
    undo.callback(module.email_dispatched.disconnect, dispatched)


_WATCHES = {
    smtplib.__name__: _watch_sendmail,
    "aiosmtplib": _watch_sendmail,
    "django.core.mail.backends.locmem": _watch_outbox,
    "flask_mail": _watch_dispatched,
}
