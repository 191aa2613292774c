"""A signature over a mail holds after the mail was fixed, and what it keeps from being fixed is said."""

import shutil
import subprocess

import dkim
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_mend import fields

from msgidpolicy import fix

FOLDED = b"""\
From: =?utf-8?q?J=C3=B6rg?= <j@example.com>
To:
 bob@example.org,
 eve@example.org
Subject:\x20
 a subject
Subject: another one
References: =?utf-8?q?=3C1=40b=2Eexample=3E?=
Message-ID:
 <2@b.example>
Content-Type: multipart/mixed;
 boundary="=?x"
MIME-Version: 1.0

--=?x
Content-Type: text/plain
Content-ID:
 <3@b.example>

text  text
--=?x--
""".replace(b"\n", b"\r\n")
NAMES = [b"from", b"to", b"subject", b"message-id", b"content-type", b"references"]


class Key:
    def __init__(self, folder):
        openssl = shutil.which("openssl")
        subprocess.run([openssl, "genrsa", "-out", folder / "key", "2048"], check=True, capture_output=True)
        public = subprocess.run([openssl, "rsa", "-in", folder / "key", "-pubout"], check=True, capture_output=True).stdout
        self.private = (folder / "key").read_bytes()
        self.record = b"v=DKIM1; k=rsa; p=" + b"".join(public.splitlines()[1:-1])

    def sign(self, mail, of_fields, of_body, names=NAMES):
        how = of_fields, of_body
        return dkim.sign(mail, b"key", b"example.com", self.private, canonicalize=how, include_headers=names) + mail

    def holds(self, mail):
        return dkim.verify(mail, dnsfunc=lambda name, timeout=5: self.record)


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    return Key(tmp_path_factory.mktemp("key"))


def changed(fixed):
    return [change.field for change in fixed.changes]


def test_where_a_signature_is_relaxed_a_fold_may_go_elsewhere(key):
    mail = key.sign(FOLDED, b"relaxed", b"relaxed")
    fixed = fix(mail)
    assert key.holds(mail) and key.holds(fixed.message)
    assert {"Subject", "Message-ID", "To"} <= set(changed(fixed)) and "References" not in changed(fixed)


def test_where_a_signature_is_simple_what_it_covers_stays(key):
    mail = key.sign(FOLDED, b"simple", b"simple")
    fixed = fix(mail)
    assert key.holds(mail) and key.holds(fixed.message)
    assert not set(changed(fixed)) & {"To", "Message-ID", "References"}


def test_what_a_signature_does_not_cover_is_fixed(key):
    fixed = fix(key.sign(FOLDED, b"simple", b"simple", [b"from", b"content-type"]))
    assert key.holds(fixed.message)
    assert {"Subject", "References", "Message-ID"} <= set(changed(fixed))


def test_what_is_signed_more_than_once_counts_from_the_bottom(key):
    fixed = fix(key.sign(FOLDED, b"simple", b"simple", [b"from", b"subject"]))
    assert key.holds(fixed.message)
    (subject,) = [change for change in fixed.changes if change.field == "Subject"]
    assert subject.before.startswith(b"Subject: \r\n")
    fixed = fix(key.sign(FOLDED, b"simple", b"simple", [b"from", b"subject", b"subject", b"subject"]))
    assert key.holds(fixed.message) and "Subject" not in changed(fixed)


@pytest.mark.parametrize("of_body", [b"simple", b"relaxed"])
def test_a_field_of_a_part_is_in_the_body_that_is_signed(key, of_body):
    fixed = fix(key.sign(FOLDED, b"relaxed", of_body, [b"from"]))
    assert key.holds(fixed.message) and "Content-ID" not in changed(fixed)
    assert "the DKIM-Signature of example.com covers it" in {
        left.why for left in fixed.left if left.finding.field == "Content-ID"
    }


def test_what_a_signature_covers_is_changed_where_that_is_asked_for(key):
    fixed = fix(key.sign(FOLDED, b"simple", b"simple"), signed=True)
    assert {"Subject", "References", "Message-ID", "Content-ID"} <= set(changed(fixed))
    assert not key.holds(fixed.message)


def test_a_signature_covers_itself(key):
    mail = key.sign(FOLDED, b"simple", b"simple").replace(
        b"DKIM-Signature: v=1;", b"DKIM-Signature: v=1; n=%b;" % (b"x" * 40), 1
    )
    assert "DKIM-Signature" not in changed(fix(mail))


def test_a_signature_that_cpython_has_encoded_holds_again(key):
    mail = key.sign(FOLDED, b"relaxed", b"relaxed")
    signature, _, rest = mail.partition(b"\r\nFrom:")
    start, value = signature.replace(b"\r\n ", b" ").split(b" b=")
    words = b"\r\n ".join(
        b"=?utf-8?q?%b?=" % value[at : at + 50].replace(b" ", b"").replace(b"=", b"=3D") for at in range(0, len(value), 50)
    )
    broken = start + b" \r\n =?utf-8?q?b=3D?=\r\n " + words + b"\r\nFrom:" + rest
    assert not key.holds(broken)
    fixed = fix(broken)
    assert "DKIM-Signature" in changed(fixed) and key.holds(fixed.message)


some = st.lists(fields, max_size=5).map(b"".join)
way = st.sampled_from([b"simple", b"relaxed"])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some, some, way, way, st.lists(st.sampled_from([b"subject", b"to", b"references", b"content-type", b"x-foo"])))
def test_whatever_is_wrong_in_a_mail_its_signature_holds(key, header, part, of_fields, of_body, names):
    mail = (
        b"From: a@b.example\r\n"
        + header
        + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
        + part
        + b"\r\nbody\r\n--b--\r\n"
    )
    try:
        signed = key.sign(mail, of_fields, of_body, [b"from", *names])
        holds = key.holds(signed)
    except dkim.DKIMException:  # it is not to be signed
        return
    assert key.holds(fix(signed).message) == holds


ARC = b"""\
ARC-Seal: i=1; d=example.com; cv=none; b=AAAA
ARC-Message-Signature: i=1; c=relaxed/simple; d=example.com; h=references
ARC-Authentication-Results: i=1; a.example; =?utf-8?q?dkim=3Dpass?=
References: =?utf-8?q?=3C1=40b=2Eexample=3E?=
In-Reply-To: =?utf-8?q?=3C1=40b=2Eexample=3E?=

body
"""


def test_what_arc_covers_stays():
    fixed = fix(ARC)
    assert changed(fixed) == ["In-Reply-To"]
    why = {left.finding.field: left.why for left in fixed.left if left.finding.field}
    assert why["References"] == "the ARC-Message-Signature of example.com covers it"
    assert why["ARC-Authentication-Results"] == "the ARC-Seal covers it"


@pytest.mark.parametrize("how, subject", [(b"simple", False), (b"nofws", True)])
def test_what_stands_below_a_domainkeys_signature_stays(how, subject):
    mail = b"References: =?utf-8?q?=3C1=40b=2Ec=3E?=\nDomainKey-Signature: a=rsa-sha1; c=%b; d=a.b; b=A\nSubject:\n a\nIn-Reply-To: =?utf-8?q?=3C1=40b=2Ec=3E?=\n\nbody\n"
    assert changed(fix(mail % how)) == ["References"] + ["Subject"] * subject
