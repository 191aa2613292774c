"""Whatever octets there are: they are audited, nothing raises, and each finding is where it says."""

from hypothesis import example, given
from hypothesis import strategies as st

import msgidpolicy
from msgidpolicy.check._mail.mail import Mail

PIECES = [
    b"From: a@b\r\n", b"Date: Mon, 3 Nov 2026 10:00 GMT\r\n", b"Message-ID: <a@b>\r\n", b"Subject: ", b"\r\n", b"\n", b"\r", b" \r\n",
    b"Content-Type: multipart/mixed; boundary=x\r\n", b'Content-Type: multipart/report; boundary="y"\r\n', b"--x\r\n", b"--x--\r\n",
    b"Content-Type: multipart/digest; boundary=x\n", b"Content-Type: message/rfc822\r\n", b"Content-Type: text/rfc822-headers\r\n",
    b"--x\n", b"--y\n", b"--y--", b"Content-Transfer-Encoding: base64\r\n", b"Content-Transfer-Encoding: quoted-printable\r\n", b"AAA=\r\n",
    b"=3D=\r\n", b"\xff", b"\0", b"List-Unsubscribe: <a\r\n", b'; a="b', b"; a*10=", b"(", b"=?utf-8?q?=3C?=", b":", b"a", b"x" * 999,
]  # fmt: skip
ANY = st.lists(st.sampled_from(PIECES) | st.binary(max_size=20), max_size=16).map(b"".join)


def starts(octets):
    """The offset of each line."""
    return [0, *(at + 1 for at, octet in enumerate(octets) if octet == 10)]


@given(ANY)
@example(b"Date:")
@example(b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x")
def test_a_finding_is_where_it_says(octets):
    for finding in msgidpolicy.audit(octets):
        assert 0 <= finding.start <= finding.end <= len(finding.octets) and finding.count > 0
        assert octets.startswith(finding.octets, starts(octets)[finding.line - 1])
        assert finding.was in octets


@given(ANY)
def test_an_entity_is_whole_and_lies_in_what_it_is_a_part_of(octets):
    mail = Mail(octets)
    for entity in mail.entities:
        assert entity.start <= entity.header_end <= entity.body_start <= entity.body_end <= len(octets)
        assert b"".join(field.octets for field in entity.fields) == octets[entity.start : entity.header_end]
        assert all(entity.body_start <= start <= end <= entity.body_end for start, end in entity.own_octets())
        if entity.parent:
            assert entity.parent.body_start <= entity.start and entity.body_end <= entity.parent.body_end
    numbers = [entity.number for entity in mail.entities]
    assert len(set(numbers)) == len(numbers)
