"""An email policy that folds every header field right, the same on every Python.

The policies are drop-ins for those of the same names in ``email.policy``::

    message = EmailMessage(policy=msgidpolicy.SMTP)
"""
from ._fold import fold
from .errors import FieldError
from .policy import HTTP, SMTP, SMTPUTF8, MsgIdPolicy, default, strict

__all__ = [
    "HTTP",
    "SMTP",
    "SMTPUTF8",
    "FieldError",
    "MsgIdPolicy",
    "default",
    "fold",
    "strict",
]
