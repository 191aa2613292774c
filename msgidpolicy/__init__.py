"""An email policy that folds every header field right, the same on every Python.

The policies are drop-ins for those of the same names in ``email.policy``::

    message = EmailMessage(policy=msgidpolicy.SMTP)

For Flask-Mail, ``flask_mail.message_policy = msgidpolicy.SMTP`` has effect on every version, and
``msgidpolicy.Message`` is its ``Message`` with more.
"""

import importlib
import sys

try:
    importlib.import_module("._core", __name__)
except ImportError as error:
    raise ImportError(
        "msgidpolicy is not built for this Python, {}.{}: pip install -e . if this is its source, or leave that folder, which"
        " hides what is installed; otherwise python -m pip install msgidpolicy with this Python (found in {}: {})".format(
            *sys.version_info[:2], __path__[0], error
        ),
        name=__name__,  # python -m then tells the message alone
    ) from error

from . import flask_mail
from .errors import FieldError, LimitError
from .flatten import flatten
from .fold import fold, unfold
from .legacy import MsgIdCompat32, compat32
from .message import EmailMessage
from .message_id import make_msgid, set_msgid_domain
from .policy import HTTP, SMTP, SMTPUTF8, MsgIdPolicy, default, strict
from .process import install, installed, uninstall
from .registry import FieldRegistry

__version__ = "1.0.0rc1"
__all__ = [
    "HTTP",
    "SMTP",
    "SMTPUTF8",
    "EmailMessage",
    "FieldError",
    "FieldRegistry",
    "LimitError",
    "MsgIdCompat32",
    "MsgIdPolicy",
    "audit",
    "compat32",
    "default",
    "fix",
    "flatten",
    "fold",
    "install",
    "installed",
    "make_msgid",
    "set_msgid_domain",
    "strict",
    "unfold",
    "uninstall",
]

flask_mail.hook.install()


_LATE = ("Message", "audit", "fix")


def __getattr__(name):
    """``Message`` is loaded when it is asked for, as it needs Flask-Mail; ``audit`` and ``fix``, as few programs need them."""
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name == "Message":
        return flask_mail.Message
    check = importlib.import_module(".check", __name__)
    return getattr(check, name)


def __dir__():
    return sorted({*globals(), *_LATE})
