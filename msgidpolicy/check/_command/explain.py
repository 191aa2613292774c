"""What a rule says."""

from .._faults.effects import EFFECTS
from ..rule import RULES, chosen


def explanation(word):
    """The text (str) on a rule, or on each of a group.

    Raises:
        ValueError: there is no such rule.
    """
    names = chosen([word])
    return "\n".join(_of_rule(rule) for name, rule in RULES.items() if name in names)


def _of_rule(rule):
    lines = [f"{rule.name} ({rule.severity})", f"  {rule.reason}", f"  {rule.clause}"]
    if rule.name in EFFECTS:
        lines += ["  what receivers make of it:", *(f"    {effect}" for effect in EFFECTS[rule.name])]
    return "\n".join(lines) + "\n"
