"""An email policy that folds every header field right, the same on every Python.

The policies are drop-ins for those of the same names in ``email.policy``::

    message = EmailMessage(policy=msgidpolicy.SMTP)

For Flask-Mail, ``flask_mail.message_policy = msgidpolicy.SMTP`` has effect on every version, and
``msgidpolicy.Message`` is its ``Message`` with more.
"""
import importlib

from . import _message_policy
from ._fold import fold, unfold
from .errors import FieldError
from .field import FieldRegistry
from .message_id import make_msgid, set_msgid_domain
from .policy import HTTP, SMTP, SMTPUTF8, MsgIdPolicy, default, strict

__all__ = [
    "HTTP",
    "SMTP",
    "SMTPUTF8",
    "FieldError",
    "FieldRegistry",
    "MsgIdPolicy",
    "default",
    "fold",
    "make_msgid",
    "set_msgid_domain",
    "strict",
    "unfold",
]

_message_policy.install()


def __getattr__(name):
    """``Message`` and ``flask_mail`` are loaded when they are asked for: they need Flask-Mail."""
    if name not in ("Message", "flask_mail"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = importlib.import_module(f"{__name__}.flask_mail")
    return module if name == "flask_mail" else module.Message
