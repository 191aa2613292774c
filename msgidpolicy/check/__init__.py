"""What is wrong with a mail, what receivers make of that, and how it should be."""
from .audit import audit
from .finding import Finding
from .rule import RULES, Rule

__all__ = ["RULES", "Finding", "Rule", "audit"]
