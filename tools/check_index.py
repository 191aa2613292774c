"""The table of all rules in docs/check/index.rst.

python tools/check_index.py           # prints the page
python tools/check_index.py --write   # writes it
"""

import sys
from itertools import groupby
from pathlib import Path

from msgidpolicy.check.rule import RULES

PAGE = Path(__file__).resolve().parent.parent / "docs" / "check" / "index.rst"
GROUPS = {
    "line": "Lines of a header",
    "octet": "Octets of a header",
    "encoded-word": "Encoded-words",
    "msg-id": "Msg-ids",
    "address": "Addresses",
    "date": "Dates",
    "parameter": "Parameters",
    "list": "List fields",
    "message": "The header of a message",
    "part": "Parts",
    "body": "Bodies",
}
MARK = ".. The tables below are written by tools/check_index.py.\n"
HEADER = """
.. list-table::
   :header-rows: 1
   :widths: 30 10 60

   * - rule
     - severity
     - what is wrong
"""


def group_of(rule):
    return next(group for group in GROUPS if rule.name.startswith(group + "-"))


def tables():
    text = ""
    for group, rules in groupby(RULES.values(), group_of):
        title = GROUPS[group]
        text += f"\n{title}\n{'-' * len(title)}\n{HEADER}"
        for rule in rules:
            text += f"   * - :doc:`{rule.name}`\n     - {rule.severity}\n     - {rule.reason}\n"
    return text


def page():
    before, mark, _ = PAGE.read_text("utf-8").partition(MARK)
    return before + mark + tables()


if __name__ == "__main__":
    text = page()
    if sys.argv[1:] == ["--write"]:
        PAGE.write_text(text, "utf-8")
    else:
        print(text, end="")
