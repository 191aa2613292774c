"""A field is mended where that is no guess: it says then what was meant, and is right."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written_by_cpython import VALUES, written

import msgidpolicy
from msgidpolicy.check import audit
from msgidpolicy.check._mending.encoded_text import text_of

BY_CPYTHON = [
    (row["name"], row["value"], row["wire"])
    for row in json.loads(Path(__file__).with_name("written_by_cpython.json").read_text("utf-8"))
]
# CPython 3.6 puts CRs in lists of addresses.
BARE_CR = [row for row in BY_CPYTHON if re.search(r"\r(?!\n)", row[2])]
BY_THIS_PYTHON = [(name, value, written(name, value)) for name, value in VALUES]


def mended(field):
    """What a field (bytes) is mended to; itself where there is nothing to mend."""
    found = {finding.mended for finding in audit(field + b"\r\n") if finding.mended is not None}
    assert len(found) <= 1
    return found.pop() if found else field


def rules(field):
    """The rules that a field breaks, of those that are not about what else the mail holds."""
    return {finding.rule for finding in audit(field + b"\r\n", ignore=["message"])}


def unfolded(field):
    return re.sub(rb"\r\n(?=[ \t])", b"", field).removesuffix(b"\r\n")


def said(name, field):
    """A field of text, or of names, as it is read; any other as it is."""
    field = unfolded(field)
    return text_of(field).replace('"', "") if name in ("Subject", "To", "From") else field.decode()


@pytest.mark.parametrize("name, value, wire", [row for row in BY_CPYTHON + BY_THIS_PYTHON if row[2] and row not in BARE_CR])
def test_what_cpython_has_broken_is_again_what_was_set(name, value, wire):
    if rules(wire.encode()):
        field = mended(wire.encode())
        assert said(name, field) == (
            f"{name}: {value}".replace('"', "") if name in ("Subject", "To", "From") else f"{name}: {value}"
        )
        assert rules(field) <= {"msg-id-domain"}


@pytest.mark.parametrize("name, value, wire", BARE_CR)
def test_a_field_with_a_cr_stays(name, value, wire):
    assert mended(wire.encode()) == wire.encode()


RIGHT = {
    # text
    b"Subject: a=?utf-8?q?=C3=A9?= x": b"Subject: =?utf-8?q?a=C3=A9?= x",
    b"Subject: =?utf-8?q?a?==?utf-8?q?=C3=A9?= x": b"Subject: =?utf-8?q?a=C3=A9?= x",
    b"Subject: =?utf-8?b?w6k=?=\r\n =?utf-8?b?w6k=?=": b"Subject: =?utf-8?q?=C3=A9=C3=A9?=",
    b"Subject: =?utf-8?q?=C3?= =?UTF-8?q?=A9?=": b"Subject: =?utf-8?q?=C3=A9?=",
    b"Subject: =?utf-8?q??=": b"Subject:",
    b"Subject: x =?utf-8?q??= y": b"Subject: x  y",
    b"Subject:\r\n word": b"Subject: word",
    b"Subject: \r\n \tword": b"Subject: word",
    b"Subject: a \r\n b": b"Subject: a  b",
    b"Subject: a \r\n =?utf-8?q?=C3=A9?=": b"Subject: a =?utf-8?q?=C3=A9?=",
    b"Subject: a \r\n =?UTF-8?Q?=C3=A9?=": b"Subject: a  =?UTF-8?Q?=C3=A9?=",
    b"Subject: a\r\n  \r\n b": b"Subject: a   b",
    "Subject: café".encode(): b"Subject: =?utf-8?q?caf=C3=A9?=",
    b"Subject: =?utf-8?q?plain?= =?utf-8?q?_words?= and =?utf-8?q?=C3=A9?=": b"Subject: plain words and =?utf-8?q?=C3=A9?=",
    b"Subject: =?utf-8?q?Gr=C3?=\r\n =?utf-8?q?=BC=C3=9Fe?=": b"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=",
    b"Subject: =?foo?= =?utf-8?q?=C3=A9?=": b"Subject: =?utf-8?q?=3D=3Ffoo=3F=3D_?= =?utf-8?q?=C3=A9?=",
    # names
    b"To: =?utf-8?q?Bob_Smith?= <a@b.example>": b"To: Bob Smith <a@b.example>",
    b"To: a@b.example (=?utf-8?q?Bob?=)": b"To: a@b.example (Bob)",
    b'To: "=?utf-8?q?=C3=A9?=" <a@b.example>': b"To: =?utf-8?q?=C3=A9?= <a@b.example>",
    b'To: "=?utf-8?q?Doe=2C_J?=" <a@b.example>': b'To: "Doe, J" <a@b.example>',
    b'To: "=?utf-8?q?a=22=5C?=" <a@b.example>': b'To: "a\\"\\\\" <a@b.example>',
    b"To: =?utf-8?q?=C3=A9?=<a@b.example>": b"To: =?utf-8?q?=C3=A9?= <a@b.example>",
    b"To: =?utf-8?q?=C3=A9?=gen <a@b.example>": b"To: =?utf-8?q?=C3=A9gen?= <a@b.example>",
    b"To: =?utf-8?q??= <a@b.example>": b"To: <a@b.example>",
    b"To: a@b.example (=?utf-8?q?=C3=A9?=,)": b"To: a@b.example (=?utf-8?b?w6ks?=)",
    b"Keywords: =?utf-8?q?=C3=A9?=, a": b"Keywords: =?utf-8?q?=C3=A9?= , a",
    # addresses
    b"To: A <a@b.example>,\r\n B <c\r\n\t@d\r\n .example>": b"To: A <a@b.example>, B <c@d.example>",
    b"To: B <=?utf-8?q?bob=40example=2Ecom?=>": b"To: B <bob@example.com>",
    b"To: =?utf-8?q?bob?=@example.com": b"To: bob@example.com",
    b"To: bob@\r\n example.com": b"To: bob@example.com",
    b'To: "a\r\n b" <a@b.example>': b'To: "a b" <a@b.example>',
    # msg-ids
    b"References: <a@b.c>,<d@e.f>, <g@h.i>": b"References: <a@b.c> <d@e.f> <g@h.i>",
    b"References: <a@b.c><d@e.f>": b"References: <a@b.c> <d@e.f>",
    b"Message-ID: a@b.example": b"Message-ID: <a@b.example>",
    b"References: <a@b.example>\r\n <c@\r\n d.example>": b"References: <a@b.example> <c@d.example>",
    b"Message-ID: <ab\r\n c@d.example>": b"Message-ID: <abc@d.example>",
    b"References: =?utf-8?q?=3Ca=40b=2Ec=3E=3Cd=40e=2Ef=3E?=": b"References: <a@b.c> <d@e.f>",
    b"References: =?utf-8?q?=3Ca=40b=2Ec=3E?= (x)": b"References: <a@b.c> (x)",
    b"References: =?utf-8?q?a=40b=2Ec?=": b"References: <a@b.c>",
    # tokens
    b"MIME-Version: 1.0 =?utf-8?q?=28a?=\r\n =?utf-8?q?b=29?=": b"MIME-Version: 1.0 (ab)",
    b"List-Unsubscribe: https://a.example/b, mailto:c@d.example": b"List-Unsubscribe: <https://a.example/b>, <mailto:c@d.example>",
    # parameters
    b"Content-Disposition: attachment; filename=a b.pdf; size=3": b'Content-Disposition: attachment; filename="a b.pdf"; size=3',
    b'Content-Disposition: attachment; filename="=?utf-8?q?=C3=9C.pdf?="': b"Content-Disposition: attachment; filename*=utf-8''%C3%9C.pdf",
    b"Content-Disposition: attachment; filename==?utf-8?q?=C3=9C.pdf?=; size=3": (
        b"Content-Disposition: attachment; filename*=utf-8''%C3%9C.pdf; size=3"
    ),
    b'Content-Disposition: attachment; filename="=?utf-8?q?a=22b?="': b'Content-Disposition: attachment; filename="a\\"b"',
    b'Content-Type: text/plain; name="=?utf-8?q?=C3?=\r\n =?utf-8?q?=A9?="': b"Content-Type: text/plain; name*=utf-8''%C3%A9",
}


@pytest.mark.parametrize("field, right", RIGHT.items())
def test_what_is_meant_is_written_right(field, right):
    assert rules(field + b"\r\n")
    assert mended(field + b"\r\n") == right + b"\r\n"
    assert not rules(right + b"\r\n")


GUESSES = [
    b"Subject: caf\xe9",  # of which charset?
    b"Subject: =?utf-8?q?=C3?= x",
    b"Subject: =?nobody-knows?q?=C3=A9?= x",
    b"Subject: =?utf-16?b?RABlAHMAaQBnAG4A?==?utf-16?b?RABlAHMAaQBnAG4A?=",  # in which order?
    b"Subject: a\x1b$B\r\n  \r\n b",
    b"Subject: a\rb",
    b"Subject: =?utf-8?q?a b?= x",
    b"Subject: =?utf-8?q?a=0D=0ABcc=3A_x=40y=2Ez?==?utf-8?q?b?=",
    b"Subject: =?utf-8?q?=3D=3Futf-8=3Fq=3Fa=3F=3D?==?utf-8?q?b?=",  # what would be decoded again
    b"To: =?utf-8?q?j=C3=B6rg?=@example.com",  # US-ASCII has no such address
    b"To: bob@=?utf-8?q?ex=C3=A4mple?=.example",
    b'To: "=?utf-8?q?a?="@example.com',
    b"To: bob@example.com text",
    b"Content-Type: text/plain; charset=utf-8 format=flowed",
    b"Date: Tue, 1 Jan 2024 00:00:00 +0000",
    b"List-Unsubscribe: a@b.example",
    b"To: (=?utf-8?q?=29_=3Cx=40y=2Ez=3E?=,) a@b.example",
    b"Received: from a =?utf-8?q?=C3=A9?= by b.example",
    b"MIME-Version: 1.0 =?utf-8?q?comment?=",
    b"List-Unsubscribe: <mailto:a@b.example?subject==?utf-8?q?a?=>",
    b'Content-Type: multipart/mixed; boundary="=?utf-8?q?a?="',
    b"Content-Disposition: attachment; filename=\"=?utf-8?q?a?=\"; filename*=utf-8''b",
    b"In-Reply-To: =?utf-8?q?Your_mail?=",
    b"References: =?utf-8?q?=3Ca_b=40c=3E?=",
    b"Cc: a@b.example,\r\nc@d.example",
]


@pytest.mark.parametrize("field", GUESSES)
def test_what_would_be_a_guess_stays(field):
    assert rules(field + b"\r\n")
    assert mended(field + b"\r\n") == field + b"\r\n"


def test_what_was_hidden_by_encoded_words_is_found_in_the_mended_field():
    field = mended(b"Message-ID: =?utf-8?q?=3C" + b"x" * 60 + b"=40localhost=3E?=\r\n")
    assert field == b"Message-ID: <" + b"x" * 60 + b"@localhost>\r\n"


def test_with_smtputf8_an_address_may_hold_utf_8():
    found = audit(b"To: =?utf-8?q?j=C3=B6rg?=@example.com\r\n\r\n", utf8=True, ignore=["message"])
    assert [finding.mended for finding in found] == ["To: jörg@example.com\r\n".encode()]


def test_of_a_field_that_is_chosen_by_a_rule_the_rest_stays_as_it_is():
    field = b"Subject:\r\n a=?utf-8?q?=C3=A9?= x\r\n\r\n"
    (found,) = audit(field, select=["line"])
    assert found.mended == b"Subject: a=?utf-8?q?=C3=A9?= x\r\n"


def test_line_ends_are_those_of_the_mail():
    (found,) = audit(b"Subject:\n " + b"word " * 30 + b"end\n\nbody\n", select=["line-empty-first"])
    assert b"\r" not in found.mended and found.mended.count(b"\n ") == 2
    (found,) = audit(b"Subject: a\r\nTo:\r\n a@b.example", select=["line-empty-first"])
    assert found.mended == b"To: a@b.example"


PIECES = [
    b"=?utf-8?q?=C3=A9?=", b"=?utf-8?b?w6k=?=", b"=?utf-8?q?=C3?=", b"=?utf-8?q?=A9?=", b"=?utf-8?q??=", b"=?x?q?a?=",
    b"=?utf-8?q?" + b"=C3=A9" * 30 + b"?=", b"=?utf-8?q?=3Ca=40b=2Ec=3E?=", b"=?utf-8?q?plain?=", b"=?utf-8?q?a b?=", b"=?utf-8?q?=22=2C=28?=", b"=?utf-8?q?_a_?=",
    b"=?utf-8?q?=3D=3Futf-8=3Fq=3Fa=3F=3D?=", b"=?utf-8?b?CgA=?=", b"=?", b"?=", b"a", b"word", b"x" * 80, b" ", b"  ", b"\t",
    b" \r\n ", b"\r\n ", b"\r\n\t", b"\r\n \r\n ", b"<a@b.c>", b"<", b">", b"@", b".", b"a@b.c", b",", b";", b":", b'"', b"(", b")",
    b"\\", b"=", b"/", b"name=", b"filename*=utf-8''%C3%A9", b"boundary=", b"\xc3\xa9", b"\xe9", b"\x00", b"https://a.b/c", b"1.0",
]  # fmt: skip
NAMES = ["Subject", "X-Foo", "To", "From", "Return-Path", "Keywords", "List-ID", "References", "Message-ID", "Content-ID"]
NAMES += ["List-Unsubscribe", "Received", "DKIM-Signature", "MIME-Version", "Content-Type", "Content-Disposition", "Date"]
bodies = st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join)
fields = st.builds(
    lambda name, space, body: name.encode() + space + body + b"\r\n",
    st.sampled_from(NAMES),
    st.sampled_from([b": ", b":", b" :"]),
    bodies,
)


@given(fields, st.booleans())
def test_a_mended_field_breaks_no_rule_that_was_mended_and_is_not_mended_again(field, utf8):
    found = audit(field + b"\r\n", utf8=utf8)
    for finding in found:
        if finding.mended is None:
            continue
        again = audit(finding.mended + b"\r\n", utf8=utf8)
        assert finding.rule not in {one.rule for one in again}
        assert not [one for one in again if one.mended is not None and one.rule in {other.rule for other in found}]
        assert finding.mended.endswith(b"\r\n") and finding.mended != finding.was


def addresses(field):
    header = msgidpolicy.default.header_factory("To", unfolded(field).decode("utf-8", "surrogateescape").partition(":")[2])
    return [address.addr_spec for address in header.addresses]


@given(st.lists(st.sampled_from(PIECES[:22]), max_size=6).map(b"".join))
def test_no_name_becomes_an_address(name):
    """What was decoded never becomes syntax (the class of gh-121284)."""
    field = b"To: " + name + b" <real@example.com>\r\n"
    if [address for address in addresses(field) if address] == ["real@example.com"]:
        assert [address for address in addresses(mended(field)) if address] == ["real@example.com"]
