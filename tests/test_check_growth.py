"""A message is audited in time that grows as it does, whatever it holds; so are mails of 20 MB."""

import base64

import pytest
from growing_work import assert_as_much_work, seconds_of_the_processor
from whole_mail import HEADER

import msgidpolicy

pytestmark = pytest.mark.growth

START = "".join(f"{name}: {value}\r\n" for name, value in HEADER.items()).encode()
MULTIPART = START + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n"
QUOTED = START + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
BASE64 = START + b"Content-Transfer-Encoding: base64\r\n\r\n"
BODIES = {"7bit": START + b"\r\n", "quoted-printable": QUOTED, "base64": BASE64}
FIELD = {
    "Date": [b" ", b"1", b"a ", b": ", b"(", b"()", b"(a) 1 ", b"Mon, ", b"=?"],
    "Content-Type: a/b;": [
        b";",
        b"; a",
        b";a=",
        b';a="',
        b"(",
        b"a/",
        b"()",
        b'"',
        b'\\"',
        b";a*11=b",
        b"=",
        b'" ',
        b";a*0",
        b"\\",
    ],
    'Content-Type: a/b; a="': [b"x", b"\\", b";", b'" '],
    "Content-Transfer-Encoding": [b"x", b"(", b" ", b";"],
    "List-Help": [b"<", b">", b"<a>,", b",", b"a,", b"(", b"<a> b,", b'"', b" "],
}
# What a message begins with, and the piece that it goes on with.
MADE_OF = [
    *((f"{name}:".encode() if ":" not in name else name.encode(), piece) for name, pieces in FIELD.items() for piece in pieces),
    *(
        (b"", piece)
        for piece in (b"From: a@b.example\r\n", b"Content-ID: <a@b.example>\r\n", b"X-Mailer: a\r\n", b"\r\n", b"a: b\n")
    ),
    (MULTIPART, b"--x\r\n\r\n"),
    (MULTIPART, b"--x\r\n"),
    (MULTIPART, b"--x\n\n\0"),
    (MULTIPART, b"--x--\r\n"),
    (MULTIPART, b"--\n"),
    (MULTIPART, b"--y\r\n"),
    (MULTIPART, b"-"),
    (MULTIPART, b"--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"),
    (MULTIPART, b"--x\r\nContent-Type: message/rfc822\r\n\r\nA\r\n\r\n"),
    (MULTIPART, b"--x\r\nContent-Disposition: a; b\r\n\r\n\xff\r\n"),
    (MULTIPART.replace(b"mixed", b"report"), b"--x\r\nContent-Type: message/rfc822\r\n\r\nA: b\r\n"),
    (MULTIPART.replace(b"mixed", b"digest"), b"--x\r\n\r\nA: b\r\n\r\n"),
    (START, b"Content-Type: message/rfc822\r\n\r\n"),
    (START, b"Content-Type: multipart/mixed; boundary=\r\n"),
    (BODIES["7bit"], b"x" * 999 + b"\r\n"),
    *(
        (start, piece)
        for start in BODIES.values()
        for piece in (b"=", b"= ", b"=\r\n", b"\xff", b"=\t ", b"x", b"=3", b"\r", b"\n", b"\0", b"a\r\n", b"AAAA", b"\xffA")
    ),
]


@pytest.mark.parametrize("start, piece", MADE_OF)
def test_a_message_is_as_much_work_as_16_of_a_16th_of_its_size(start, piece):
    pieces = 2**17 // len(piece)
    assert_as_much_work(msgidpolicy.audit, start + piece * pieces, start + piece * (pieces // 16))


def nested(levels):
    """Multiparts in multiparts, each with a boundary of its own."""
    return START + b"".join(
        b"Content-Type: multipart/mixed; boundary=x%d\r\n\r\n--x%d\r\n" % (level, level) for level in range(levels)
    )


def test_so_is_one_of_many_multiparts_in_each_other():
    assert_as_much_work(msgidpolicy.audit, nested(100_000), nested(100_000 // 16))


ENCODED = {
    "base64": BASE64 + base64.encodebytes(bytes(range(256)) * 60_000).replace(b"\n", b"\r\n"),
    "quoted-printable": QUOTED + (b"=3D abcdefgh" * 6 + b"=\r\n") * 280_000 + b"a\r\n",
    "7bit": BODIES["7bit"] + (b"abcd efgh " * 7 + b"\r\n") * 290_000,
    "part": MULTIPART
    + b"--x\r\n"
    + BASE64[len(START) :]
    + base64.encodebytes(bytes(15_000_000)).replace(b"\n", b"\r\n")
    + b"--x--\r\n",
}


@pytest.mark.parametrize("kind", ENCODED)
def test_a_body_of_20_megabytes_is_audited_in_less_than_a_second(kind):
    message = ENCODED[kind]
    assert len(message) > 20_000_000
    assert msgidpolicy.audit(message) == []
    assert min(seconds_of_the_processor(msgidpolicy.audit, [message]) for _ in range(3)) < 1
