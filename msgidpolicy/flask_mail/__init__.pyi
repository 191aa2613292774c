from .message import Message as Message
from ..policy import MsgIdPolicy

def use(policy: MsgIdPolicy) -> None: ...
