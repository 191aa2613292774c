"""What is wrong with a mail, what receivers make of that, and how it should be."""

from .audit import audit
from .finding import Finding
from .fix import Change, Fixed, Left, fix
from .rule import RULES, Rule

__all__ = ["RULES", "Change", "Finding", "Fixed", "Left", "Rule", "audit", "fix"]
