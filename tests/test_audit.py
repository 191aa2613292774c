"""The audit finds what is broken, and nothing else."""
import email.policy
from email.message import EmailMessage

import pytest
from spec_examples import all_examples

import msgidpolicy
from msgidpolicy.audit import audit

BROKEN = [
    (b"References: =?utf-8?q?=3Ca=40b=3E?=", "where none may stand"),
    (b"DKIM-Signature: v=1; =?utf-8?q?b=3Dx?=", "where none may stand"),
    (b"References: <a@\r\n b>", "fold inside a msg-id"),
    (b"Message-ID: <" + b"x" * 1000 + b"@b>", "over 998"),
    (b"Subject: " + b"word " * 20, "white space to fold at"),
    (b"Subject:\r\n word", "first line"),
    (b"Subject: a\r\n  \r\n b", "blank continuation"),
    (b"Subject: a \r\n b", "white space before a fold"),
    (b"Subject: caf\xc3\xa9", "not US-ASCII"),
    (b"Subject: a\x01b", "control character"),
    (b"Subject: a\rb", "bare CR"),
    (b"Subject: =?utf-8?q?" + b"x" * 80 + b"?=", "over 75"),
    (b"Subject: plain words and more of them so that it grows =?utf-8?q?=C3=A9=C3=A9=C3=A9?=", "over 76"),
    (b"Subject: =?utf-8?q?=C3?=", "cannot be decoded alone"),
    (b"Subject: =?utf-8?b?w6k?=", "cannot be decoded alone"),
    (b"Subject: =?utf-8?q??=", "empty"),
    (b"Subject: a=?utf-8?q?=C3=A9?=", "without white space"),
    (b"Subject: =?utf-8?b?w6k=?=\r\n =?utf-8?b?w6k=?=", "padding"),
    (b"Subject: =?utf-8?b?w6k=?= =?utf-8?b?w6k=?=", "padding"),
    (b"Subject: =?utf-8?b?w6k=?=\r\n  \t=?utf-8?b?w6k=?=", "padding"),
    (b"To: =?utf-8?b?w6k=?=\r\n =?utf-8?q?=C3=A9?= <a@b>", "padding"),
    (b"To: a@b (=?utf-8?b?w6k=?=\r\n =?utf-8?q?=C3=A9?=)", "padding"),
    (b'To: "=?utf-8?q?=C3=A9?=" <a@b>', "where none may stand"),
]

# A run is encoded-words with nothing but white space between them.
PADDING_AT_THE_END_OF_A_RUN = [
    b"To: =?utf-8?b?w6k=?= <a@b>,\r\n =?utf-8?q?=C3=A9?= <c@d>",
    b"To: =?utf-8?b?w6k=?= <a@b>, =?utf-8?q?=C3=A9?= <c@d>",
    b"To: =?utf-8?b?w6k=?= :\r\n =?utf-8?q?=C3=A9?= <c@d>;",
    b"To: a@b (=?utf-8?b?w6k=?=)\r\n (=?utf-8?b?w6k=?=)",
    b"To: =?utf-8?b?w6k=?=\r\n (=?utf-8?b?w6k=?=) <a@b>",
    b"Keywords: =?utf-8?b?w6k=?= ,\r\n =?utf-8?b?w6k=?=",
    b"Subject: =?utf-8?b?w6k=?= and\r\n =?utf-8?b?w6k=?=",
    b"Subject: =?utf-8?b?w6k=?=\r\n and =?utf-8?b?w6k=?=",
    b"Subject: =?utf-8?b?w6nDqcOp?=\r\n =?utf-8?b?w6k=?=",
]


@pytest.mark.parametrize("field, reason", BROKEN)
def test_a_broken_field_is_found(field, reason):
    found = audit(b"From: a@b\r\n" + field + b"\r\n\r\nbody\r\n")
    assert any(reason in finding.reason for finding in found), found
    assert {finding.field_name for finding in found} == {field.split(b":")[0].decode()}
    assert all(finding.line >= 1 and finding.clause.startswith("RFC ") for finding in found)


@pytest.mark.parametrize("field", PADDING_AT_THE_END_OF_A_RUN)
def test_padding_is_right_at_the_end_of_a_run(field):
    assert not audit(field + b"\r\n\r\n")


def test_nothing_is_found_where_nothing_is_broken():
    for example in all_examples():
        if example.options["read"] or example.options["protected"] or example.expected.startswith("error"):
            continue
        if "=?x-" in example.value:  # an encoded-word of no known charset stays as it was set
            continue
        wire = (example.expected + "\r\n").replace("\r\n", "\n").replace("\n", "\r\n").encode()
        found = audit(wire + b"\r\n", max_line_length=example.options["limit"], utf8=example.options["utf8"])
        assert not found, (example, found)


def test_the_line_is_that_of_the_message():
    found = audit(b"A: b\r\nSubject: a\r\n b \r\n c\r\n\r\nx: \x01\r\n")
    assert [(finding.line, finding.field_name) for finding in found] == [(2, "Subject")]


def test_pythons_own_policy_is_caught():
    message = EmailMessage(policy=email.policy.SMTP)
    message["List-Unsubscribe"] = f"<https://example.com/{'x' * 300}>"
    assert audit(message.as_bytes())
    assert not audit(message.as_bytes(policy=msgidpolicy.SMTP))
