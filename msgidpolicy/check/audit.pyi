from collections.abc import Iterable
from email.message import Message
from typing import Any, Protocol, Union

from typing_extensions import TypeAlias

from .finding import Finding

class _AsBytes(Protocol):
    def as_bytes(self) -> bytes: ...

class _MakesMessage(Protocol):
    def message(self) -> Message[Any, Any]: ...

_Mail: TypeAlias = Union[bytes, bytearray, memoryview, str, Message[Any, Any], _AsBytes, _MakesMessage]

def audit(
    message: _Mail,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    severity: str = "note",
    max_line_length: int = 78,
    utf8: bool = False,
) -> list[Finding]: ...
