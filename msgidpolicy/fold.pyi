from collections.abc import Sequence
from datetime import datetime
from email.header import Header
from email.headerregistry import Address, BaseHeader, Group
from typing import Union

from typing_extensions import TypeAlias

_Value: TypeAlias = Union[str, BaseHeader, Header, datetime, Address, Group, Sequence[Union[str, Address, Group]]]

def fold(
    name: str,
    value: _Value,
    *,
    max_line_length: int | None = 78,
    linesep: str = "\r\n",
    utf8: bool = False,
) -> bytes: ...
def unfold(value: str | Header) -> str: ...
