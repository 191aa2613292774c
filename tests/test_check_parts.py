"""Messages and their parts: what a header lacks or has twice, how a body is divided, encoded and written."""

import base64
import gc
import sys

import pytest
from whole_mail import mail, marked, multipart, only, rules

import msgidpolicy
from msgidpolicy.check._mail.mail import Mail

NEEDED = {"From": "message-no-from", "Date": "message-no-date", "Message-ID": "message-no-message-id"}
FORWARDED = "Content-Type: message/rfc822\n\n"


@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
def test_a_mail_that_is_right_has_no_finding(line_end):
    assert rules(mail(line_end=line_end)) == []
    assert rules(multipart("\nHello\n", FORWARDED + "Subject: a\n\nb\n", line_end=line_end)) == []


# --- fields of messages --------------------------------------------------------------------------


@pytest.mark.parametrize("name", NEEDED)
def test_a_message_has_from_date_and_message_id(name):
    finding = only(mail(without=[name]))
    assert (finding.rule, finding.field, finding.part, finding.line, finding.octets) == (NEEDED[name], "", "", 6, b"")


def test_so_much_is_missing_where_there_is_nothing():
    assert rules(b"") == list(NEEDED.values())


def test_neither_a_part_nor_an_attached_message_has_to_have_them():
    assert rules(multipart("\nHello\n", FORWARDED + "Subject: a draft\n\nHello\n")) == []


@pytest.mark.parametrize("name", ["From", "Date", "Subject", "Message-ID", "To", "subject"])
def test_a_field_that_may_be_there_once_is_found_twice(name):
    value = mail().decode().split(f"{name.capitalize()}: ".replace("Message-id", "Message-ID"))[1].split("\r\n")[0]
    finding = only(mail(f"{name}: {value}"))
    assert (finding.rule, finding.field, marked(finding), finding.line) == ("message-field-twice", name, name.encode(), 7)


def test_each_field_that_comes_again_is_a_finding():
    found = msgidpolicy.audit(mail("Subject: a", "Cc: a@example.com", "Subject: b", "Cc: b@example.com"))
    assert [(finding.field, finding.line, finding.count) for finding in found] == [
        ("Subject", 7, 1),
        ("Subject", 9, 1),
        ("Cc", 10, 1),
    ]


def test_other_fields_may_come_again():
    assert (
        rules(
            mail("Received: a", "Received: b", "X-A: a", "X-A: b", "Comments: a", "Comments: b", "Keywords: a", "Keywords: b")
        )
        == []
    )


def test_fields_of_lists_and_of_mime_come_once():
    assert rules(mail("List-Help: <mailto:a@example.com>", "List-Help: <mailto:b@example.com>")) == ["list-field-twice"]
    assert rules(mail("Content-Type: text/plain", "Content-Type: text/html")) == ["part-field-twice"]
    finding = only(multipart("Content-ID: <a@example.com>\nContent-ID: <b@example.com>\n\nHello\n"))
    assert (finding.rule, finding.part) == ("part-field-twice", "1")
    assert rules(multipart("Subject: a\nSubject: b\n\nHello\n")) == []


# --- how a body is divided -----------------------------------------------------------------------


def test_a_multipart_has_a_boundary():
    finding = only(mail("Content-Type: multipart/mixed"))
    assert (finding.rule, finding.field) == ("part-no-boundary", "Content-Type")


def test_the_boundary_comes():
    finding = only(mail('Content-Type: multipart/mixed; boundary="limit"', body="--other\n\n--other--\n"))
    assert (finding.rule, finding.field, finding.line) == ("part-boundary-absent", "Content-Type", 7)


def test_the_last_boundary_is_not_missing():
    finding = only(multipart("\nHello\n", closed=False))
    assert (finding.rule, finding.field, finding.line) == ("part-unclosed", "Content-Type", 7)


@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
def test_a_multipart_in_a_multipart_ends_with_that(line_end):
    inner = 'Content-Type: multipart/alternative; boundary="inner"\n\n--inner\n\nHello\n'
    finding = only(multipart(inner, "\nBye\n", line_end=line_end))
    assert (finding.rule, finding.part) == ("part-unclosed", "1")
    assert rules(multipart(inner + "--inner--\n", "\nBye\n", line_end=line_end)) == []


def test_the_header_of_a_part_ends_at_a_boundary():
    found = msgidpolicy.audit(multipart("Content-Disposition: attachment; filename", "\nHello\n"))
    assert [(finding.rule, finding.part) for finding in found] == [("parameter-no-value", "1")]
    found = msgidpolicy.audit(multipart("\nHello\n", "Content-Disposition: attachment; filename"))
    assert [(finding.rule, finding.part) for finding in found] == [("parameter-no-value", "2")]


def test_a_boundary_inside_of_a_line_or_with_more_behind_it_is_none():
    assert rules(multipart("\n --limit--\n--limit-not\n--limit --\nx--limit\n")) == []
    assert rules(multipart("\nWhite space after it is right.\n--limit \t\n\nHello\n")) == []


def test_a_part_of_a_digest_is_a_message():
    found = msgidpolicy.audit(multipart("\nSubject: a\nSubject: b\n\nHello\n", kind="digest"))
    assert [(finding.rule, finding.part) for finding in found] == [("message-field-twice", "1.HEADER")]


def test_parts_are_numbered_as_in_imap():
    forwarded = (
        FORWARDED
        + 'Content-Type: multipart/mixed; boundary="inner"\n\n--inner\nA\n\n--inner\n'
        + FORWARDED
        + "B\n\nHello\n--inner--\n"
    )
    found = msgidpolicy.audit(multipart("A\n\nHello\n", forwarded), select=["line-no-field"])
    assert [finding.part for finding in found] == ["1", "2.1", "2.2.HEADER"]
    found = msgidpolicy.audit(
        mail("Content-Type: message/rfc822", body=FORWARDED + "A\n\n\xff\n"), select=["line-no-field", "body-8bit"]
    )
    assert [finding.part for finding in found] == ["1.1.HEADER", "1.1.1"]
    assert only(mail(body=b"\xff")).part == "1"


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_what_is_made_of_entities_is_not_encoded(encoding):
    finding = only(multipart(f"Content-Type: message/rfc822\nContent-Transfer-Encoding: {encoding}\n\n\n"))
    assert (finding.rule, finding.part, finding.field) == ("part-encoding", "1", "Content-Transfer-Encoding")
    assert only(multipart("\nHello\n", Content_Transfer_Encoding=encoding)).rule == "part-encoding"
    assert rules(multipart(f"Content-Type: message/global\nContent-Transfer-Encoding: {encoding}\n\nAAAA\n")) == []


def test_a_multipart_in_base64_is_one_finding():
    body = base64.encodebytes(b"--limit\n\nHello\n--limit--\n")
    octets = mail("Content-Type: multipart/mixed; boundary=limit", "Content-Transfer-Encoding: base64", body=body.decode())
    assert rules(octets) == ["part-encoding"]


@pytest.mark.parametrize("encoding", ["8-bit", "utf-8", "7bits", "none"])
def test_an_encoding_that_nobody_knows_is_found(encoding):
    assert only(mail(f"Content-Transfer-Encoding: {encoding}")).rule == "part-encoding-unknown"


@pytest.mark.parametrize("encoding", ["7BIT", "8bit (a comment)", " binary", "x-uuencode"])
def test_an_encoding_that_somebody_knows_is_not(encoding):
    assert rules(mail(f"Content-Transfer-Encoding: {encoding}")) == []


# --- octets of bodies ----------------------------------------------------------------------------


def encoded(encoding, body):
    return mail(f"Content-Transfer-Encoding: {encoding}", body=body)


@pytest.mark.parametrize("octets, rule", [(b"\0\0", "octet-nul"), (b"\r", "octet-bare-cr"), (b"\n", "octet-bare-lf")])
@pytest.mark.parametrize("encoding", ["7bit", "8bit", "quoted-printable"])
def test_octets_that_no_body_holds(encoding, octets, rule):
    finding = only(encoded(encoding, b"a\r\nb" + octets + b"c\r\n"))
    assert (finding.rule, finding.field, finding.part, finding.line, marked(finding)) == (rule, "", "1", 10, octets)
    assert rules(encoded("binary", b"a\r\nb" + octets + b"c\r\n")) == []


def test_they_are_counted():
    assert only(mail(body=b"a\nb\nc\r\n")).count == 2


def test_a_body_of_lf_has_none_that_is_bare():
    assert rules(mail(body="a\nb\n", line_end="\n")) == []
    assert only(mail(body="a\rb\n", line_end="\n")).rule == "octet-bare-cr"


@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
def test_a_line_has_998_octets_at_most(line_end):
    assert rules(mail(body=f"{'x' * 998}\n\n{'y' * 998}\n{'z' * 998}", line_end=line_end)) == []
    finding = only(mail(body=f"a\n{'x' * 999}\nb\n{'y' * 2000}", line_end=line_end))
    assert (finding.rule, finding.count, finding.line, marked(finding)) == ("body-line-too-long", 2, 9, b"x")
    assert "999 octets" in finding.reason


@pytest.mark.parametrize("encoding, body", [("base64", "AAAA" * 20), ("quoted-printable", "a" * 80)])
def test_a_line_of_an_encoded_body_has_76_at_most(encoding, body):
    finding = only(encoded(encoding, f"{body}\n{body}\n"))
    assert (finding.rule, finding.severity, finding.count, finding.start) == ("body-encoded-line", "note", 2, 76)
    assert rules(encoded(encoding, f"{body[:76]}\n{body[:76]}\n")) == []
    assert "body-line-too-long" in rules(encoded(encoding, f"{body * 20}\n"))


def test_what_is_7bit_is_us_ascii():
    finding = only(mail(body="a\nGrüße\n"))
    assert (finding.rule, finding.part, finding.line, marked(finding), finding.count) == ("body-8bit", "1", 9, "üß".encode(), 1)
    assert rules(encoded("8bit", "Grüße\n")) == []


def test_text_before_and_behind_the_parts_is_a_body_too():
    finding = only(multipart("\nHello\n") + "Grüße\r\n".encode())
    assert (finding.rule, finding.part) == ("body-8bit", "TEXT")
    found = msgidpolicy.audit(multipart("\nHello\n").replace(b"\r\n\r\n--limit", "\r\n\r\nGrüße\r\n--limit".encode(), 1))
    assert [(finding.rule, finding.line) for finding in found] == [("body-8bit", 9)]


@pytest.mark.parametrize("body", ["", "\n", "AAAA", "AAAA\nAAA=\n", "AA==\n\n", "A A\tA A\n", "AAA\nA"])
def test_what_is_base64(body):
    assert rules(encoded("base64", body)) == []


@pytest.mark.parametrize(
    "body, place, reason",
    [
        ("AAAA\nAAA\n", b"A", "not whole"),
        ("AAAA\nA===\n", b"=", "padding"),
        ("AAA=\nAAAA\n", b"=", "padding"),
        ("AA\n=A\n", b"=", "padding"),
        ("AAAA\n____\nA list <list@example.com>\n", b"____", "not base64"),
        ("AA-A", b"-", "not base64"),
    ],
)
def test_what_is_not(body, place, reason):
    finding = only(encoded("base64", body))
    assert (finding.rule, marked(finding)) == ("body-base64", place) and reason in finding.reason


@pytest.mark.parametrize("body", ["", "a=3D=3d=\nb", "a= \t\nb\n", "a=", "a=\n"])
def test_what_is_quoted_printable(body):
    assert rules(encoded("quoted-printable", body)) == []


@pytest.mark.parametrize(
    "body, place", [("a=b\n", b"="), ("a\n1 + 1 = 2\n", b"="), ("a=3", b"="), ("é", "é".encode()), ("a = \tb", b"=")]
)
def test_what_is_no_quoted_printable(body, place):
    finding = only(encoded("quoted-printable", body))
    assert (finding.rule, marked(finding)) == ("body-quoted-printable", place)


# --- what is deep, or wide -----------------------------------------------------------------------


def test_what_is_nested_deeper_than_100_is_not_opened():
    for messages, found in [(98, ["line-no-field"]), (99, [])]:
        octets = mail("Content-Type: message/rfc822", body=FORWARDED * messages + "A\n\n")
        assert rules(octets, select=["line-no-field"]) == found
    assert rules(mail("Content-Type: message/rfc822", body=FORWARDED * 100_000)) == []


def test_a_hundred_thousand_parts_are_all_looked_at():
    found = msgidpolicy.audit(multipart(*["\nHello\n"] * 99_999, "A\n\nHello\n"), select=["line-no-field"])
    assert [finding.part for finding in found] == ["100000"]
    assert rules(multipart(*["\nHello\n"] * 99_999, "\n\xe9\n")) == ["body-8bit"]


@pytest.mark.skipif(sys.implementation.name == "pypy", reason="frees memory when it likes")
def test_a_mail_is_freed_at_once():
    """A mailbox is checked in little memory: nothing is left for the collector of garbage."""
    gc.collect()
    gc.disable()
    try:
        Mail(multipart("\nHello\n", FORWARDED + "Subject: a\n\nb\n"))
        assert gc.collect() == 0
    finally:
        gc.enable()


# --- line ends -----------------------------------------------------------------------------------


def test_a_header_ends_at_an_empty_line_of_the_other_kind():
    octets = mail().replace(b"1.0\r\n\r\n", b"1.0\r\n\n")
    assert rules(octets + b"Subject: a text\r\n\r\nSubject: too\r\n") == []
    assert rules(mail(line_end="\n").replace(b"1.0\n\n", b"1.0\n\r\n")) == []


def test_lines_are_counted_as_an_editor_does_it():
    found = msgidpolicy.audit(mail(b"A: b\nC: d", body=b"a\nb\n\0\r\n"), select=["octet-bare-lf", "octet-nul"])
    assert [(finding.line, marked(finding)) for finding in found] == [(7, b"\n"), (10, b"\n"), (12, b"\0")]
