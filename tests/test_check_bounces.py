"""Mail that comes back (RFC 3464, 6522): the returned message is looked at, and not blamed for being cut."""

import pytest
from whole_mail import HEADER, mail, multipart, rules

import msgidpolicy

TEXT = "Content-Type: text/plain\n\nI could not deliver your mail.\n"
STATUS = "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; bob@example.org\nStatus: 5.6.0\n"
SENT = "".join(f"{name}: {value}\n" for name, value in HEADER.items())
BROKEN = "In-Reply-To: =?utf-8?q?=3Ca=40example=2Ecom=3E?=\n"
ALTERNATIVE = 'Content-Type: multipart/alternative; boundary="inner"\n'


def bounce(returned, kind="message/rfc822", **options):
    """The returned message ends where it was cut, the line of the boundary aside."""
    return multipart(TEXT, STATUS, f"Content-Type: {kind}\n\n{returned}", kind="report; report-type=delivery-status", **options)


def found(octets):
    return [(finding.rule, finding.part) for finding in msgidpolicy.audit(octets)]


@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"])
def test_the_returned_header_is_looked_at(kind, line_end):
    assert found(bounce(SENT + "\n", kind, line_end=line_end)) == []
    assert found(bounce(SENT + BROKEN + "\n", kind, line_end=line_end)) == [("msg-id-encoded", "3.HEADER")]


def test_a_header_may_end_with_its_part():
    assert found(bounce(SENT + BROKEN, "text/rfc822-headers")) == [("msg-id-encoded", "3.HEADER")]
    assert found(bounce(SENT + ALTERNATIVE, "text/rfc822-headers")) == []


def test_a_report_of_the_delivery_is_no_message():
    status = STATUS.replace("\n\nReporting", "\n\nSubject: a\nSubject: b\nReporting")
    assert rules(multipart(TEXT, status, kind="report")) == []


def test_a_returned_message_was_one():
    header = SENT.replace("Date: ", "X-Date: ")
    assert found(bounce(header + "\nHello\n")) == [("message-no-date", "3.HEADER")]
    assert found(bounce(header, "text/rfc822-headers")) == [("message-no-date", "3.HEADER")]


def test_only_the_header_of_utf8_messages_is_utf8():
    header = SENT.replace("Minutes", "Grüße")
    assert found(bounce(header + "\n", "message/global")) == found(bounce(header, "message/global-headers")) == []
    assert found(bounce(header + "\n")) == [("octet-8bit", "3.HEADER")]


@pytest.mark.parametrize(
    "cut",
    [
        SENT.partition("utes")[0],
        SENT + ALTERNATIVE + "\n",
        SENT + ALTERNATIVE + "\nA preamble\n",
        SENT + ALTERNATIVE + "\n--inner\nContent-Type: text/plain\n\nHel\n",
        SENT + ALTERNATIVE + "\n--inner\nContent-Type: text/pl\n",
        SENT + "Content-Transfer-Encoding: base64\n\nAAAA\nAA\n",
        SENT + "Content-Transfer-Encoding: quoted-printable\n\nGr=C3=BC=C\n",
        SENT + "Content-Transfer-Encoding: quoted-printable\n\nGr=C3=BC=\n",
    ],
)
def test_nobody_is_blamed_for_the_end_of_a_message_that_was_cut(cut):
    assert found(bounce(cut)) == []


def test_what_stands_before_the_cut_is_looked_at():
    part = "--inner\nContent-Disposition: attachment; filename\nContent-Transfer-Encoding: base64\n\n____\nA\n"
    assert found(bounce(SENT + ALTERNATIVE + "\n" + part)) == [("parameter-no-value", "3.1"), ("body-base64", "3.1")]


def test_a_message_that_somebody_attaches_is_not_cut():
    part = f"Content-Type: message/rfc822\n\n{SENT}{ALTERNATIVE}\n--inner\n\nHel\n"
    assert found(multipart(part)) == [("part-unclosed", "1.HEADER")]


def test_a_bounce_that_is_not_closed_is_one_finding_of_its_own():
    octets = bounce(SENT + ALTERNATIVE + "\n--inner\n\nHel\n").replace(b"--limit--", b"")
    assert found(octets) == [("part-unclosed", "")]


def test_a_bounce_of_a_bounce_is_opened_too():
    inner = bounce(SENT + BROKEN + "\nHello\n", line_end="\n").decode().replace("limit", "second")
    assert found(bounce(inner)) == [("msg-id-encoded", "3.3.HEADER")]


def test_an_encoded_message_is_not_opened():
    octets = mail(
        "Content-Type: message/global", "Content-Transfer-Encoding: base64", body="U3ViamVjdDogYQpTdWJqZWN0OiBiCg==\n"
    )
    assert rules(octets) == []
