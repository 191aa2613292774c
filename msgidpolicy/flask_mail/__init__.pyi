from ..policy import MsgIdPolicy
from .message import Message as Message

def use(policy: MsgIdPolicy) -> None: ...
