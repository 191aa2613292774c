"""Where a clause can be read."""

import re

_CLAUSE = re.compile(r"RFC (\d+), ([0-9A-Z]+(?:\.\d+)*)")


def clause_url(clause):
    """The address (str) of a clause such as "RFC 5322, 2.1.1"; empty where it is not of an RFC."""
    match = _CLAUSE.match(clause)
    if not match:
        return ""
    section = f"section-{match[2]}" if match[2][0].isdigit() else f"appendix-{match[2]}"
    return f"https://www.rfc-editor.org/rfc/rfc{match[1]}#{section}"
