from . import flask_mail as flask_mail
from .check import audit as audit, fix as fix
from .errors import FieldError as FieldError, LimitError as LimitError
from .flask_mail import Message as Message
from .flatten import flatten as flatten
from .fold import fold as fold, unfold as unfold
from .legacy import MsgIdCompat32 as MsgIdCompat32, compat32 as compat32
from .message import EmailMessage as EmailMessage
from .message_id import make_msgid as make_msgid, set_msgid_domain as set_msgid_domain
from .policy import (
    HTTP as HTTP,
    SMTP as SMTP,
    SMTPUTF8 as SMTPUTF8,
    MsgIdPolicy as MsgIdPolicy,
    default as default,
    strict as strict,
)
from .process import install as install, installed as installed, uninstall as uninstall
from .registry import FieldRegistry as FieldRegistry

__version__: str
__all__: list[str]
