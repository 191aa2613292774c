"""Flask-Mail, folded by msgidpolicy.

``msgidpolicy.flask_mail.Message`` is ``msgidpolicy.Message``. It needs Flask-Mail and is loaded when it is asked for: this
package is loaded by ``import msgidpolicy``, for its ``hook``, where Flask-Mail may not be installed.
"""

import importlib

from .hook import NEEDS_FLASK_MAIL


def __getattr__(name):
    """``Message``, each time from ``sys.modules``: the hook forgets one that was made for another Flask-Mail."""
    if name != "Message":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return importlib.import_module(f"{__name__}.message").Message
    except ModuleNotFoundError as error:
        if error.name not in ("flask", "flask_mail"):
            raise
        raise AttributeError(NEEDS_FLASK_MAIL) from error


def __dir__():
    return sorted({*globals(), "Message"})


def use(policy):
    """Have Flask-Mail fold its messages by a policy (``MsgIdPolicy``) from now on.

    It is ``flask_mail.message_policy = policy``, for checkers of types, which know no such attribute of Flask-Mail's.

    Raises:
        ModuleNotFoundError: Flask-Mail is not installed.
        TypeError: it is no policy.
    """
    from ..policy import check_policy

    check_policy(policy)
    try:
        importlib.import_module("flask_mail").message_policy = policy
    except ModuleNotFoundError as error:
        if error.name not in ("flask", "flask_mail"):
            raise
        raise ModuleNotFoundError(NEEDS_FLASK_MAIL, name=error.name) from error
