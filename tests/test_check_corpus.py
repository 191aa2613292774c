"""Nothing is found in the real fields of ``test_corpus.py`` that the judge has nothing against."""

import re

import pytest
from judge import decode, judge, unfold
from test_corpus import BLOCKS, FOLDER

from msgidpolicy import check
from msgidpolicy.check._mail.mail import Mail

pytestmark = pytest.mark.skipif(not FOLDER, reason="MSGIDPOLICY_CORPUS names no folder")

# The judge's rule for each of ours that it knows too. To it an encoded-word in a parameter stands for its own characters.
JUDGES_RULES = {
    "line-too-long": "W3",
    "line-over-limit": "W4",
    "line-empty-first": "W6",
    "line-blank": "W2",
    "line-no-field": "W2",
    "octet-nul": "W1",
    "octet-control": "W1",
    "octet-bare-cr": "W1",
    "octet-bare-lf": "W1",
    "octet-8bit": "W5",
    "encoded-word-too-long": "E1",
    "encoded-word-empty": "E1",
    "encoded-word-undecodable": "E2",
    "encoded-word-split": "E2",
    "encoded-word-glued": "E3",
    "encoded-word-padding": "E8",
    "encoded-word-line": "E0",
    "encoded-word-look-alike": "E9",
    "encoded-word-in-quotes": "E6",
    "encoded-word-in-address": "E6",
    "encoded-word-in-token": "E5",
    "msg-id-encoded": "E4",
    "msg-id-folded": "I1",
    "msg-id-second-line": "W6",
    "address-folded": "W7",
}


def fields():
    """The name, the octets, and the octets of the body of each field, all with line ends of CRLF."""
    for _, block in BLOCKS:
        if b"\r\n" not in block[: block.find(b"\n") + 1]:
            block = re.sub(rb"\r?\n", b"\r\n", block)
        for field in Mail(block.removesuffix(b"\r\n") + b"\r\n").entities[0].fields:
            if field.name:
                yield field.name, field.octets, unfold(field.octets)[len(field.name) + 1 :].strip(b" \t")


def broken_as_read(name, wire, body):
    return judge(name, body.decode("utf-8", "surrogateescape"), wire, source=True)


def broken_as_set(name, wire, body):
    """The judge's rules that it breaks if somebody had set what it is read as: so its encoded-words are judged, too."""
    try:
        return {found[:2] for found in judge(name, decode(body), wire)}
    except (ValueError, LookupError):
        return {"E2"}


def is_name_before_bracket(rule, wire):
    """The judge looks for no white space before ``<`` in a long line, where ours is folded."""
    return rule == "line-over-limit" and re.search(rb"\S[ \t]+<", wire)


def test_nothing_is_found_where_the_judge_finds_nothing():
    passed, wrong = 0, []
    for name, wire, body in fields():
        if broken_as_read(name, wire, body):
            continue
        passed += 1
        found = check.audit(b"From: a@b\r\n" + wire + b"\r\n", severity="warning", select=JUDGES_RULES)
        broken = broken_as_set(name, wire, body) if found else set()
        for finding in found:
            if JUDGES_RULES[finding.rule] not in broken and not is_name_before_bracket(finding.rule, wire):
                wrong.append((finding.rule, finding.reason, wire))
    assert wrong == []
    assert passed > 6000
