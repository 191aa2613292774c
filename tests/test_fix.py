"""A mail is fixed where that is no guess, and nothing else of it is changed."""

import email
import email.policy
from email.message import EmailMessage

import pytest
from growing_work import assert_as_much_work
from hypothesis import given
from hypothesis import strategies as st
from test_mend import fields

import msgidpolicy
from msgidpolicy import audit, fix

BROKEN = b"""\
From: a@b.example
Message-ID: <1@b.example>
References: =?utf-8?q?=3C2=40b=2Eexample=3E?=
Subject: caf\xe9
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain; charset=utf-8
Content-ID: =?utf-8?q?=3C3=40b=2Eexample=3E?=

References: =?utf-8?q?=3Ca=40b=3E?=
--x--
""".replace(b"\n", b"\r\n")
FIXED = BROKEN.replace(b"=?utf-8?q?=3C2=40b=2Eexample=3E?=", b"<2@b.example>").replace(
    b"=?utf-8?q?=3C3=40b=2Eexample=3E?=", b"<3@b.example>"
)


def test_the_fields_of_a_mail_and_of_its_parts_are_fixed_and_its_bodies_are_not():
    fixed = fix(BROKEN)
    assert fixed.message == FIXED
    assert [(change.field, change.line, change.part, change.rules) for change in fixed.changes] == [
        ("References", 3, "", ("msg-id-encoded",)),
        ("Content-ID", 9, "1", ("msg-id-encoded",)),
    ]
    assert fixed.changes[0].before == b"References: =?utf-8?q?=3C2=40b=2Eexample=3E?=\r\n"
    assert fixed.changes[0].after == b"References: <2@b.example>\r\n"


def test_what_is_left_is_said():
    left = [(finding.field, finding.rule, why) for finding, why in fix(BROKEN).left]
    assert ("Subject", "octet-8bit", "what was meant is a guess") in left


def test_line_ends_of_a_file_stay():
    assert fix(BROKEN.replace(b"\r\n", b"\n")).message == FIXED.replace(b"\r\n", b"\n")


def test_a_mail_that_is_right_is_the_very_same():
    right = b"From: a@b.example\r\nDate: Mon, 01 Jan 2024 00:00:00 +0000\r\nMessage-ID: <a@b.example>\r\n\r\nbody\r\n"
    fixed = fix(right)
    assert fixed.message is right and not fixed.changes and not fixed.left


def test_a_str_gives_a_str():
    text = BROKEN.decode("ascii", "surrogateescape")
    assert fix(text).message == FIXED.decode("ascii", "surrogateescape")


def test_a_message_object_gives_one_of_its_policy():
    for policy in (email.policy.SMTP, email.policy.compat32, msgidpolicy.SMTP):
        message = email.message_from_bytes(BROKEN, policy=policy)
        fixed = fix(message).message
        assert type(fixed) is type(message) and fixed.policy is policy
        assert fixed["References"] == "<2@b.example>"
        assert fixed.get_payload(0)["Content-ID"] == "<3@b.example>"
        assert message["References"] != "<2@b.example>" or policy is not email.policy.compat32


def test_a_message_that_our_policy_writes_is_the_very_same():
    message = EmailMessage(policy=msgidpolicy.SMTP)
    message["From"] = "Jörg <j@example.com>"
    message["References"] = f"<{'x' * 90}@example.com>"
    message.set_content("Grüße")
    assert fix(message).message is message


SIGNED = b"""\
From: a@b.example
References: =?utf-8?q?=3C2=40b=2Eexample=3E?=
Content-Type: multipart/signed; boundary=x; micalg=sha-256;
 protocol="application/pkcs7-signature"

--x
Content-Type: multipart/mixed; boundary=y

--y
Content-ID: =?utf-8?q?=3C3=40b=2Eexample=3E?=

text
--y--

--x
Content-Type: application/pkcs7-signature;
\tname="=?utf-8?q?a?="

AAAA
--x--
"""


@pytest.mark.parametrize("signed", [False, True])
def test_a_part_that_is_signed_stays_octet_for_octet(signed):
    fixed = fix(SIGNED, signed=signed)
    assert fixed.message == SIGNED.replace(b"=?utf-8?q?=3C2=40b=2Eexample=3E?=", b"<2@b.example>")
    assert {why for finding, why in fixed.left if finding.field} == {"it is in a part that is signed (RFC 1847)"}


@pytest.mark.parametrize("media_type", [b"message/rfc822", b"text/rfc822-headers"])
def test_an_attached_message_stays_as_it_came(media_type):
    """What a bounce brings back is evidence, and what is forwarded may be signed."""
    attached = b"References: =?utf-8?q?=3Ca=40b=2Ec=3E?=\r\n\r\n"
    report = (
        b"From: a@b.example\r\nContent-Type: multipart/report; boundary=x\r\n\r\n--x\r\nContent-Type: %b\r\n\r\n%b\r\n--x--\r\n"
    )
    report %= media_type, attached
    fixed = fix(report)
    assert fixed.message is report
    assert "it is in an attached message, which stays as it is" in {why for _, why in fixed.left}


def test_only_what_is_chosen_is_fixed():
    assert fix(BROKEN, select=["line"]).message is BROKEN
    assert fix(BROKEN, ignore=["msg-id"]).message is BROKEN
    with pytest.raises(ValueError, match="no such rule: nothing"):
        fix(BROKEN, select=["nothing"])


def test_fix_is_loaded_when_it_is_asked_for():
    assert "fix" in msgidpolicy.__all__ and "fix" in dir(msgidpolicy)


HEADER = b"From: a@b.example\r\n"
PART = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n%b\r\nSubject:\r\n body\r\n--b--\r\n"
some = st.lists(fields, max_size=4).map(b"".join)
mails = st.builds(
    lambda header, part, end: (HEADER + header + PART % part).replace(b"\r\n", end),
    some,
    some,
    st.sampled_from([b"\r\n", b"\n"]),
)


@given(mails)
def test_to_fix_what_was_fixed_changes_nothing(mail):
    fixed = fix(mail)
    again = fix(fixed.message)
    assert again.message == fixed.message and not again.changes
    assert b"Subject:%b body" % (b"\r\n" if b"\r\n" in mail else b"\n") in fixed.message


@given(mails)
def test_of_what_was_mended_nothing_is_found(mail):
    fixed = fix(mail)
    mended = {(change.after, rule) for change in fixed.changes for rule in change.rules}
    assert not mended & {(finding.was, finding.rule) for finding in audit(fixed.message)}


@given(mails)
def test_what_is_not_changed_is_as_it_was(mail):
    fixed = fix(mail)
    rest = fixed.message
    for change in reversed(fixed.changes):
        before, after, after = rest.rpartition(change.after)
        assert after
        rest = before + change.before + after
    assert len(rest) == len(mail)


# A field, and the piece that it goes on with.
MADE_OF = [
    (b"References: %b", b"=?utf-8?q?=3Ca=40b=2Ec=3E?=\r\n "),
    (b"References: %b", b"<a@\r\n b> "),
    (b"References: <%b", b"a\r\n "),
    (b"To: %b", b'"=?utf-8?q?a?=" '),
    (b"To: %b", b'"=?utf-8?q?a?=" <a@b.c>, '),
    (b"To: %b", b"=?utf-8?q?=C3=A9?=<a@b.c>,"),
    (b"To: %b", b"<=?utf-8?q?a=40b?=>,"),
    (b"To: %b", b"=?utf-8?q?a?=@b.c, "),
    (b"To: %b", b"(=?utf-8?q?a?=b)"),
    (b"To: (%b)", b"=?utf-8?q?a?=b "),
    (b"To: a (%b)", b"(=?utf-8?q?a?=b"),
    (b"Return-Path: %b", b"=?utf-8?q?a?="),
    (b"Subject: %b", b"=?utf-8?q?=C3?= "),
    (b"Subject: %b", b"=?utf-8?q?a?="),
    (b"Subject: %b", b"a=?utf-8?q?=C3=A9?= "),
    (b"Subject: %b", b"=?utf-8?q??= "),
    (b"Subject: =?utf-8?q?%b?=", b"=C3=A9"),
    (b"Subject: %b", b"x=?"),
    (b"Subject: %b", b"\xc3\xa9 \r\n "),
    (b"Subject: %b", b" \r\n =?utf-8?q?a?="),
    (b"Content-Type: a/b%b", b'; a="=?utf-8?q?a?="'),
    (b"Content-Type: a/b%b", b"; a==?utf-8?q?a?="),
    (b"Content-Type: a/b%b", b'; a="\\" =?utf-8?q?a?='),
    (b'Content-Type: a/b; a="%b', b"=?utf-8?q?a?= "),
    (b"List-Unsubscribe: %b", b"https://a.b/c,"),
    (b"List-Unsubscribe: %b", b"=?utf-8?q?a?= x "),
    (b"DKIM-Signature: h=%b;", b"from:"),
    (b"%bFrom: a\r\n b", b"DKIM-Signature: h=from\r\n"),
    (b"%bFrom: a\r\n b", b"DomainKey-Signature: \r\n a\r\n"),
    (b"ARC-Seal: a\r\n%b", b"ARC-Message-Signature: =?utf-8?q?a?= \r\n"),
    (b"%b", b"Subject:\r\n a\r\n"),
]


@pytest.mark.growth
@pytest.mark.parametrize("header, piece", MADE_OF)
def test_a_mail_is_as_much_work_as_16_of_a_16th_of_its_size(header, piece):
    pieces = 2**18 // len(piece)
    whole, part = (header % (piece * count) + b"\r\n\r\n" for count in (pieces, pieces // 16))
    assert_as_much_work(fix, whole, part)
