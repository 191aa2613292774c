from . import flask_mail as flask_mail
from .check import audit as audit
from .check import fix as fix
from .errors import FieldError as FieldError
from .errors import LimitError as LimitError
from .flask_mail import Message as Message
from .flatten import flatten as flatten
from .fold import fold as fold
from .fold import unfold as unfold
from .legacy import MsgIdCompat32 as MsgIdCompat32
from .legacy import compat32 as compat32
from .message import EmailMessage as EmailMessage
from .message_id import make_msgid as make_msgid
from .message_id import set_msgid_domain as set_msgid_domain
from .policy import (
    HTTP as HTTP,
)
from .policy import (
    SMTP as SMTP,
)
from .policy import (
    SMTPUTF8 as SMTPUTF8,
)
from .policy import (
    MsgIdPolicy as MsgIdPolicy,
)
from .policy import (
    default as default,
)
from .policy import (
    strict as strict,
)
from .process import install as install
from .process import installed as installed
from .process import uninstall as uninstall
from .registry import FieldRegistry as FieldRegistry

__version__: str
__all__: list[str]
