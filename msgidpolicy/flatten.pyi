from email.message import Message
from typing import Any

from .policy import MsgIdPolicy

def flatten(message: Message[Any, Any], *, policy: MsgIdPolicy = ..., keep_bcc: bool = False) -> bytes: ...
