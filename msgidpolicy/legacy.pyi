from email.header import Header
from email.message import Message
from email.policy import Compat32
from typing import Any

class MsgIdCompat32(Compat32[Message[str, str]]):
    utf8: bool
    refold_source: str
    def header_fetch_parse(self, name: str, value: str) -> str | Header: ...  # type: ignore[override]
    def fold(self, name: str, value: Any) -> str: ...
    def fold_binary(self, name: str, value: Any) -> bytes: ...

compat32: MsgIdCompat32
