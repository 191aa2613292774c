"""Where a clause, and the page of a rule, can be read."""

import importlib.metadata
import re

_CLAUSE = re.compile(r"RFC (\d+), ([0-9A-Z]+(?:\.\d+)*)")


def clause_url(clause):
    """The address (str) of a clause such as "RFC 5322, 2.1.1"; empty where it is not of an RFC."""
    match = _CLAUSE.match(clause)
    if not match:
        return ""
    section = f"section-{match[2]}" if match[2][0].isdigit() else f"appendix-{match[2]}"
    return f"https://www.rfc-editor.org/rfc/rfc{match[1]}#{section}"


def rule_urls(rules):
    """The addresses (list of str) of these rules' pages; of their clauses where that of the documentation is unknown."""
    documentation = _documentation()
    return [f"{documentation}/check/{rule.name}.rst" if documentation else clause_url(rule.clause) for rule in rules]


def _documentation():
    """The address (str) that the package says: that of the folder ``docs``. Empty where it is not installed."""
    try:
        urls = importlib.metadata.metadata("msgidpolicy").get_all("Project-URL", ())
    except importlib.metadata.PackageNotFoundError:
        return ""
    return next((url for label, _, url in (line.partition(", ") for line in urls) if label == "Documentation"), "")
