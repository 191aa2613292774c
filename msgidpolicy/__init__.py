"""An email policy that folds every header field right, the same on every Python.

The policies are drop-ins for those of the same names in ``email.policy``::

    message = EmailMessage(policy=msgidpolicy.SMTP)

For Flask-Mail, ``flask_mail.message_policy = msgidpolicy.SMTP`` has effect on every version, and
``msgidpolicy.Message`` is its ``Message`` with more.
"""
import importlib

try:
    from . import _core
except ImportError as error:
    raise ImportError(f"msgidpolicy is not built for this Python: pip install -e . ({error})", name=error.name) from error

from . import _message_policy
from ._flatten import flatten
from ._fold import fold, unfold
from .errors import FieldError
from .field import FieldRegistry
from .legacy import MsgIdCompat32, compat32
from .message_id import make_msgid, set_msgid_domain
from .policy import HTTP, SMTP, SMTPUTF8, MsgIdPolicy, default, strict
from .process import install, installed, uninstall

__version__ = "0.1.0"
__all__ = [
    "HTTP",
    "SMTP",
    "SMTPUTF8",
    "FieldError",
    "FieldRegistry",
    "MsgIdCompat32",
    "MsgIdPolicy",
    "compat32",
    "default",
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
_NEED_FLASK_MAIL = ("Message", "flask_mail")

_message_policy.install()


def __getattr__(name):
    """``Message`` and ``flask_mail`` are loaded when they are asked for: they need Flask-Mail."""
    if name not in _NEED_FLASK_MAIL:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        module = importlib.import_module(f"{__name__}.flask_mail")
    except ModuleNotFoundError as error:
        if error.name not in ("flask", "flask_mail"):
            raise
        raise AttributeError(_message_policy.NEEDS_FLASK_MAIL) from error
    return module if name == "flask_mail" else module.Message


def __dir__():
    return sorted({*globals(), *_NEED_FLASK_MAIL})
