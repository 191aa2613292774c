"""A signature over a part holds where it arrives (RFC 1847, RFC 8551)."""

import email.generator
import email.policy
import io
import smtplib
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from signer import OPENSSL, Signer

import msgidpolicy
from msgidpolicy.demo import Server

pytestmark = pytest.mark.skipif(not OPENSSL, reason="needs openssl")

AS_SIGNED = msgidpolicy.SMTP.clone(max_line_length=0)
REFERENCES = " ".join(f"<{'x' * size}@mail.example.com>" for size in (20, 30, 60, 80, 20, 200))
TEXT = "Grüße aus Köln\n" + "Übersicht über alles, was länger ist als eine Zeile lang sein darf. " * 3 + "\n\n"


@pytest.fixture(scope="module")
def signer(tmp_path_factory):
    return Signer(tmp_path_factory.mktemp("signer"))


def new_part():
    part = EmailMessage(policy=msgidpolicy.SMTP)
    part.set_content(TEXT, cte="quoted-printable")
    part.add_alternative(f"<p>{TEXT}</p>", subtype="html", cte="base64")
    part.add_attachment(b"\0\1\2" * 99, maintype="application", subtype="x-data", filename="Übersicht " * 9)
    fill_in(part)
    return part


def legacy_part():
    part = MIMEMultipart("mixed")
    inner = MIMEMultipart("alternative")
    inner.attach(MIMEText(TEXT, "plain", "utf-8"))
    inner.attach(MIMEText("a" * 70 + " ASCII \r\n  text\r\n\r\n", "html"))
    part.attach(inner)
    part.attach(MIMEApplication(b"\0\1\2" * 99, name="x" * 90))
    fill_in(part)
    return part


def fill_in(part):
    part["Subject"] = "Grüße, und was sonst noch zu sagen ist, also eine Menge, die nicht in eine Zeile geht"
    part["References"] = REFERENCES
    part["Content-ID"] = f"<{'y' * 90}@example.com>"
    part["Content-Description"] = "words " * 20 + "Übersicht"


def new_whole():
    return EmailMessage(policy=msgidpolicy.SMTP)


def legacy_whole():
    whole = MIMEMultipart()
    whole.policy = msgidpolicy.SMTP
    return whole


def enclose(whole, part, signature):
    """Make a message of the part that was signed, and the signature."""
    del whole["Content-Type"]
    whole["Content-Type"] = 'multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256'
    whole["From"] = whole["To"] = "Ännchen <ann@example.com>"
    whole["Subject"] = "Grüße " * 12
    attachment = MIMEApplication(signature, "pkcs7-signature", name="smime.p7s")
    attachment["Content-Disposition"] = "attachment; filename=smime.p7s"
    whole.attach(part)
    whole.attach(attachment)
    return whole


def sent(message):
    """What arrives at a server."""
    with Server() as server, smtplib.SMTP("127.0.0.1", server.port) as client:
        client.send_message(message)
    return server.received[0]


def flattened(message):
    output = io.BytesIO()
    email.generator.BytesGenerator(output).flatten(message, linesep="\r\n")
    return output.getvalue()


WAYS = [
    EmailMessage.as_bytes,
    lambda message: message.as_bytes(policy=msgidpolicy.SMTP),
    lambda message: message.as_bytes(policy=AS_SIGNED),
    flattened,
    sent,
]


@pytest.mark.parametrize("whole", [new_whole, legacy_whole])
@pytest.mark.parametrize("part", [new_part, legacy_part])
def test_a_part_that_is_signed_without_a_limit_arrives_as_it_was_signed(signer, part, whole):
    part = part()
    signed = part.as_bytes(policy=AS_SIGNED)
    whole = enclose(whole(), part, signer.sign(signed))
    for way in WAYS:
        message = way(whole)
        assert signed in message
        signer.verify(message)


@pytest.mark.parametrize("whole", [new_whole, legacy_whole])
@pytest.mark.parametrize("part", [new_part, legacy_part])
def test_a_part_that_is_read_from_what_was_signed_is_the_same_alone_and_enclosed(signer, part, whole):
    signed = part().as_bytes(policy=msgidpolicy.SMTP)
    part = email.message_from_bytes(signed, policy=msgidpolicy.SMTP)
    assert part.as_bytes() == signed
    whole = enclose(whole(), part, signer.sign(signed))
    for way in WAYS:
        message = way(whole)
        assert signed in message
        signer.verify(message)


# Folded as others do: nothing on a first line, a TAB, blanks before a fold and in rows, long encoded-words and lines.
FOREIGN_FIELDS = [
    b"Content-Type: text/plain;\r\n\tcharset=utf-8;\r\n        format=flowed",
    b"Content-Transfer-Encoding:8bit",
    b"Content-ID:\r\n <" + b"x" * 90 + b"@example.com>",
    b"Message-ID:\r\n\t<a@b.example>",
    b"Subject: " + b"words and  words \r\n\tand \t more " * 9,
    b"Comments: =?utf-8?q?" + b"=C3=A9" * 40 + b"?= and " + b"words " * 100,
    b"X-Empty:",
    b"X-Blank: \r\n \r\n x",
    b"From: =?iso-8859-1?Q?J=F6rg?=    <j@example.com>,\r\n  (a\r\n b)\r\n\tc@d.example",
]
FOREIGN = b"\r\n".join([*FOREIGN_FIELDS, b"", " Grüße \r\n\r\n\r\n".encode()])


@pytest.mark.parametrize("refold_source", ["long", "none"])
@pytest.mark.parametrize("enclosed", [b"%b", b"Content-Type: message/rfc822\r\n\r\n%b"], ids=["itself", "forwarded"])
def test_a_signature_holds_when_what_was_read_is_sent_on(signer, refold_source, enclosed):
    signature = signer.run("base64", given=signer.sign(FOREIGN)).replace(b"\n", b"\r\n")
    lines = [
        b"From: ann@example.com",
        b"To: bob@example.org",
        b"Subject: " + b"words \t" * 30,
        b'Content-Type: multipart/signed; micalg=sha-256; protocol="application/pkcs7-signature"; boundary=signed',
        b"",
        b"Read it with something newer.",
        b"--signed",
        FOREIGN,
        b"--signed",
        b"Content-Type: application/pkcs7-signature; name=smime.p7s",
        b"Content-Transfer-Encoding: base64",
        b"",
        signature + b"\r\n--signed--",
        b"",
    ]
    whole = b"\r\n".join(lines)
    signer.verify(whole)
    message = email.message_from_bytes(enclosed % whole, policy=msgidpolicy.SMTP.clone(refold_source=refold_source))
    received = message.as_bytes()
    assert FOREIGN in received
    signer.verify(received.removeprefix(enclosed % b""))


def test_folding_all_anew_breaks_a_signature():
    message = email.message_from_bytes(FOREIGN, policy=msgidpolicy.SMTP.clone(refold_source="all"))
    assert message.as_bytes() != FOREIGN
