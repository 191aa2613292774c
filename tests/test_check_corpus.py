"""Real fields that the judge passes have no finding that is false: set MSGIDPOLICY_CORPUS as for ``test_corpus``."""
import re
from collections import Counter

import pytest
from judge import judge
from test_corpus import BLOCKS, FOLDER, unfolded
from whole_mail import fields_of

import msgidpolicy

pytestmark = pytest.mark.skipif(not FOLDER, reason="MSGIDPOLICY_CORPUS names no folder")

# What the judge does not look at, as it says how a value is written and not what a value may be. Each of these findings was
# looked at and is true: "From: foo", "Message-ID: <xxxx>", "Date: Fri, 7 Dec 2001 07:01:03", a Content-Type: text.
TRUE = {
    "address-none": 24,
    "address-syntax": 9,
    "date-invalid": 16,
    "date-weekday": 21,
    "encoded-word-in-parameter": 10,
    "line-over-limit": 4,  # "A name in quotes" <address>: the judge does not see the blank before the bracket
    "list-brackets": 2,
    "msg-id-brackets": 13,
    "msg-id-domain": 34,
    "msg-id-syntax": 12,
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


def test_what_the_judge_passes_has_no_false_finding():
    found, total = Counter(), 0
    for field in passed():
        total += 1
        alone = msgidpolicy.audit(field + b"\r\n", ignore=["message", "part-boundary-absent"], severity="warning")
        found.update(finding.rule for finding in alone)
    assert total > 6000
    assert {rule: times for rule, times in found.items() if times > TRUE.get(rule, 0)} == {}
