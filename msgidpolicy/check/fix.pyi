from collections.abc import Iterable
from typing import Any, NamedTuple

from .audit import _Mail
from .finding import Finding

class Change(NamedTuple):
    field: str
    line: int
    part: str
    before: bytes
    after: bytes
    rules: tuple[str, ...]

class Left(NamedTuple):
    finding: Finding
    why: str

class Fixed(NamedTuple):
    message: Any
    changes: list[Change]
    left: list[Left]

def fix(
    message: _Mail,
    *,
    signed: bool = False,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    utf8: bool = False,
    max_line_length: int = 78,
) -> Fixed: ...
