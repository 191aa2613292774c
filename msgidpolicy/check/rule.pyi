from typing import NamedTuple

class Rule(NamedTuple):
    name: str
    severity: str
    reason: str
    clause: str

RULES: dict[str, Rule]
