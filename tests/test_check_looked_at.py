"""Dates, parameters, lists and parts in real fields: set MSGIDPOLICY_CORPUS as for ``test_corpus``.

The judge does not look at these, as it says how a value is written and not what it may be. Each finding of such a field that
the judge passes was looked at and is true: "Date: Fri, 7 Dec 2001 07:01:03", "Content-Type: text".
"""

import re
from collections import Counter

import pytest
from judge import judge
from test_corpus import BLOCKS, FOLDER, unfolded
from whole_mail import fields_of

import msgidpolicy

pytestmark = pytest.mark.skipif(not FOLDER, reason="MSGIDPOLICY_CORPUS names no folder")

TRUE = {
    "date-invalid": 16,
    "date-weekday": 21,
    "list-brackets": 2,
    "parameter-no-type": 4,
    "parameter-no-value": 1,
    "parameter-unquoted": 3,
    "part-encoding-unknown": 3,
    "part-no-boundary": 4,
}


def passed():
    """The fields (bytes) of the corpus that the judge has nothing against, with line ends of CRLF."""
    for _, block in BLOCKS:
        for field in fields_of(re.sub(rb"\r\n?|\n", b"\r\n", block) + b"\r\n\r\n"):
            value = unfolded(field.body.decode("utf-8", "surrogateescape").lstrip(" \t"))
            if field.name and not judge(field.name, value, field.octets):
                yield field.octets


def test_what_is_found_is_true():
    found, total = Counter(), 0
    for field in passed():
        total += 1
        alone = msgidpolicy.audit(
            field + b"\r\n", select=["date", "parameter", "list", "part"], ignore=["part-boundary-absent"]
        )
        found.update(finding.rule for finding in alone)
    assert total > 6000
    assert found == TRUE
