from contextlib import AbstractContextManager
from typing import NamedTuple

class Unreached(NamedTuple):
    name: str
    instead: str

class Installation(NamedTuple):
    legacy: bool
    unreached: tuple[Unreached, ...]

def install(*, legacy: bool = False) -> Installation: ...
def uninstall() -> None: ...
def installed(*, legacy: bool = False) -> AbstractContextManager[Installation]: ...
