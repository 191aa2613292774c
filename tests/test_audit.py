"""The audit finds what is broken, and nothing else."""
import email.policy
import time
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
    (b"Cc: a@b,\r\nc@d", "no field"),
    (b"Cc: a@b,\r\nc d: e", "no field"),
    (b"Cc: a@b,\r\n:", "no field"),
    (b"Cc: a@b,\r\n c@d\r\n\xc3\xa9: x\r\n y", "no field"),
    (b"Subject: caf\xc3\xa9", "not US-ASCII"),
    (b"Subject: a\x01b", "control character"),
    (b"Subject: a\rb", "bare CR"),
    (b"Subject: =?utf-8?q?" + b"x" * 80 + b"?=", "over 75"),
    (b"Subject: plain words and more of them so that it grows =?utf-8?q?=C3=A9=C3=A9=C3=A9?=", "over 76"),
    (b"Subject: =?utf-8?q?=C3?=", "cannot be decoded alone"),
    (b"Subject: =?utf-8?b?w6k?=", "cannot be decoded alone"),
    (b"Subject: =?utf-8?b?w6k=!!!!?=", "cannot be decoded alone"),
    (b"Subject: =?utf-8?b?YWI==?=", "cannot be decoded alone"),
    (b"Subject: =?utf-8?b?w6k=w6k=?=", "cannot be decoded alone"),
    (b"Subject: =?utf-8?q?=C?=", "cannot be decoded alone"),
    (b"Subject: =?utf-8?q?a=?=", "cannot be decoded alone"),
    (b"Subject: =?utf-16?b?/v8=?=", "cannot be decoded alone"),
    (b"Subject: =?idna?q?xn--fa-hia?=", "cannot be decoded alone"),
    (b"Subject: =?punycode?q?fa-hia?=", "cannot be decoded alone"),
    (b"Subject: =?unicode-escape?q?=5Cq?=", "cannot be decoded alone"),
    (b"Subject: =?base64?q?YQ=3D=3D?=", "cannot be decoded alone"),
    (b"Subject: =?aliases?q?a?=", "cannot be decoded alone"),
    (b"Subject: =?nobody-knows?q?a?=", "cannot be decoded alone"),
    (b"Subject: =?\xff?q?a?=", "cannot be decoded alone"),
    (b"Subject: =?utf-8?q??=", "empty"),
    (b"Subject: a=?utf-8?q?=C3=A9?=", "without white space"),
    (b"Subject: (=?utf-8?q?=C3=A9?=)", "without white space"),
    (b"To: (a)=?utf-8?q?=C3=A9?= <a@b>", "without white space"),
    (b"To: =?utf-8?q?=C3=A9?=(a) <a@b>", "without white space"),
    (b"To: a@b (c)=?utf-8?q?=C3=A9?=(d)", "without white space"),
    (b"To: a@b (=?utf-8?q?=C3=A9?=,)", "without white space"),
    (b"Keywords: =?utf-8?q?=C3=A9?=, a", "without white space"),
    (b"Subject: =?utf-8?b?w6k=?=\r\n =?utf-8?b?w6k=?=", "padding"),
    (b"Subject: =?utf-8?b?w6k=?= =?utf-8?b?w6k=?=", "padding"),
    (b"Subject: =?utf-8?b?w6k=?=\r\n  \t=?utf-8?b?w6k=?=", "padding"),
    (b"To: =?utf-8?b?w6k=?=\r\n =?utf-8?q?=C3=A9?= <a@b>", "padding"),
    (b"To: a@b (=?utf-8?b?w6k=?=\r\n =?utf-8?q?=C3=A9?=)", "padding"),
    (b'To: "=?utf-8?q?=C3=A9?=" <a@b>', "where none may stand"),
    (b'To: "a\r\n =?utf-8?q?=C3=A9?=" <a@b>', "where none may stand"),
    (b'To: :( "=?utf-8?q?=C3=A9?=" <a@b>', "where none may stand"),
    (b'To: "a)" (b "=?utf-8?q?=C3=A9?=" "=?utf-8?q?=C3=A9?=) "c" <a@b>', "without white space"),
    (b"Received: (a) by =?utf-8?q?=C3=A9?= (b)", "where none may stand"),
    (b"References: <a@b>\r\n <c@\r\n d>", "fold inside a msg-id"),
    (b"References: <\r\n a@b>", "fold inside a msg-id"),
    (b"To: A <a@\r\n b>", "fold inside an angle-addr"),
    (b"To: A <a@b>,\r\n B <c\r\n\t@d\r\n .example>", "fold inside an angle-addr"),
    (b'To: A <"a b"\r\n @b>', "fold inside an angle-addr"),
    (b'To: "a\r\n b" <a@b>' + b" word" * 14, "white space to fold at"),
]

NOT_BROKEN = [
    b'To: "a\r\n ' + b" b" * 40 + b'"@example.com',
    b'To: "a\r\n ' + b' \\"' * 40 + b'"@example.com',
    b'To: :( <a@b>,\r\n "' + b"word " * 16 + b'"@example.com',
    b'To: a@b\r\n (=?utf-8?q?=C3=A9?=),"' + b"word " * 16 + b'"@example.com',
    b'From: "' + b"word " * 16 + b'"(=?utf-8?q?=C3=A9?=)<a@b>',
    b'In-Reply-To: "a\r\n b" of\r\n Monday <c@d>',
    b"References: <a@b>\r\n <c@d>\r\n\t(e\r\n f)",
    b"To: a@b (=?utf-8?q?=C3=A9?=) (a (=?utf-8?q?=C3=A9?=) =?utf-8?q?=C3=A9?=)",
    b"To: A <\r\n a@b>,\r\n\tB <c@d\r\n >,\r\n <e@f>,\r\n (<\r\n >) g@h",
    b"List-Unsubscribe: <https://example.com/>,\r\n <mailto:\r\n a@b>",
    b"Received: from a (=?utf-8?q?=C3=A9?=)\r\n by b ((=?utf-8?q?=C3=A9?=) (c))",
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


@pytest.mark.parametrize("field", NOT_BROKEN)
def test_what_is_not_broken_is_left_in_peace(field):
    assert not audit(field + b"\r\n\r\n")


CHARSETS = [b"UTF-8", b"utf8", b"us-ascii", b"ISO-8859-1", b"iso-8859-15", b"windows-1251", b"koi8-r", b"KOI8-U"]
CHARSETS += [b"gb18030", b"GB2312", b"big5", b"euc-jp", b"iso-2022-jp", b"shift_jis", b"ks_c_5601-1987", b"tis-620"]
CHARSETS += [b"unknown-8bit", b"UNKNOWN-8BIT", b"macintosh", b"cp437", b"cp874"]


@pytest.mark.parametrize("charset", CHARSETS)
def test_charsets_that_python_knows_are_decoded(charset):
    assert not audit(b"Subject: =?" + charset + b"?q?a?= b =?" + charset + b"*de?q?a?=\r\n\r\n")


def test_the_names_of_charsets_are_not_kept():
    audit(b"Subject: =?utf-8?q?a?=\r\n\r\n")
    tracemalloc = pytest.importorskip("tracemalloc")  # not on PyPy
    tracemalloc.start()
    for number in range(2000):
        audit(b"Subject: =?x%d?q?a?=\r\n\r\n" % number)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 50_000


def test_a_line_over_76_columns_is_named_once_however_many_words_it_holds():
    found = audit(b"Subject:" + b" =?utf-8?q?=C3=A9?=" * 5 + b"\r\n\r\n")
    assert [finding.reason for finding in found].count("a line with an encoded-word over 76 columns") == 1


def test_nothing_is_found_where_nothing_is_broken():
    for example in all_examples():
        if example.options["read"] or example.options["protected"] or example.expected.startswith("error"):
            continue
        if "=?" in example.value:  # an encoded-word stays as it was set
            continue
        wire = (example.expected + "\r\n").replace("\r\n", "\n").replace("\n", "\r\n").encode()
        found = audit(wire + b"\r\n", max_line_length=example.options["limit"], utf8=example.options["utf8"])
        assert not found, (example, found)


def test_the_line_is_that_of_the_message():
    found = audit(b"A: b\r\nSubject: a\r\n b \r\n c\r\n\r\nx: \x01\r\n")
    assert [(finding.line, finding.field_name) for finding in found] == [(2, "Subject")]


@pytest.mark.parametrize("octets", [b"\xff", b"\xc3", b"\xc0\xaf", b"\xed\xa0\x80", b"\xc3\r\n \xa9"])
def test_what_goes_by_smtputf8_is_utf_8(octets):
    found = audit(b"Subject: a" + octets + b"\r\n\r\n", utf8=True)
    assert found and {finding[1:] for finding in found} == {("Subject", "octets that are not UTF-8", "RFC 6532, 3.1")}
    assert not audit("Subject: é\r\n ü\r\n\r\n".encode(), utf8=True)


def test_the_header_ends_at_the_first_empty_line():
    assert not audit(b"")
    assert not audit(b"\r\nX: \x01\r\n\r\n")
    assert not audit(b"A: b\r\n\r\nX: \x01\r\n\r\n")
    assert [finding.line for finding in audit(b"A: b\r\nX: \x01\r\n")] == [1]


def test_a_line_before_the_first_field_belongs_to_none():
    for line in (b"From a@b Mon Jan  1 00:00:00 2024", b" a", b"a"):
        assert [(found.line, found.field_name) for found in audit(line + b"\r\nA: b\r\n\r\n")] == [(0, "")]


def test_pythons_own_policy_is_caught():
    message = EmailMessage(policy=email.policy.SMTP)
    message["List-Unsubscribe"] = f"<https://example.com/{'x' * 300}>"
    assert audit(message.as_bytes())
    assert not audit(message.as_bytes(policy=msgidpolicy.SMTP))


# A header, and the piece that it goes on with.
MADE_OF = [
    (b"References: %b", b"<a@b>\r\n "),
    (b"References: %b", b"<a@b> "),
    (b"References: %b", b"<a@b"),
    (b"References: %b", b"<a@\r\n b>"),
    (b"References: <%b", b"a\r\n "),
    (b"In-Reply-To: %b", b"(a) <b@c> "),
    (b"To: %b", b"a@b, "),
    (b"To: %b", b"=?utf-8?q?=C3=A9?= <a@b>,\r\n "),
    (b"To: %b", b'"A, B" <a@b>, '),
    (b"To: %b", b'"'),
    (b"To: %b", b'"a '),
    (b"To: %b", b"<"),
    (b"To: %b", b'<"'),
    (b"To: %b", b'<"a"@'),
    (b"To: %b", b"("),
    (b"To: %b", b"()"),
    (b"To: %b", b"(()"),
    (b"To: %b", b"(<"),
    (b"To: %b", b'("'),
    (b"To: %b", b")"),
    (b"To: %b", b"\\"),
    (b"To: %b", b'\\"'),
    (b'To: "%b', b"\\\\"),
    (b"To: (%b", b"\\("),
    (b"To: %b", b","),
    (b"To: %b", b"(=?utf-8?q?a?=) "),
    (b"To: (%b)", b"=?utf-8?q?a?= "),
    (b"To: %b", b'"=?utf-8?q?a?=" '),
    (b"Received: %b", b"=?utf-8?q?a?= "),
    (b"Received: %b", b"(=?utf-8?b?w6k=?=)\r\n "),
    (b"DKIM-Signature: %b", b"a=b; "),
    (b"Content-Type: %b", b'a="b c";\r\n '),
    (b"Subject: %b", b"=?utf-8?q?a?= "),
    (b"Subject: %b", b"=?utf-8?b?w6k=?=\r\n "),
    (b"Subject: %b", b"=?utf-8?q?=C3=A9?="),
    (b"Subject: =?utf-8?q?%b?=", b"=C3=A9"),
    (b"Subject: =?utf-8?b?%b?=", b"w6nD"),
    (b"Subject: %b", b"=?"),
    (b"Subject: %b", b"=?utf-8?q?"),
    (b"Subject: =?%b", b"a*"),
    (b"Subject: =?a*b%b", b"a?"),
    (b"Subject: %b", b"word "),
    (b"Subject: %b", b" "),
    (b"Subject: %b", b" \r\n"),
    (b"Subject: %b", b"\xc3\xa9\r\n "),
    (b"Subject: %b", b"\x01"),
    (b"%b", b"A: b\r\n"),
    (b"%b", b"To: <a@b>,\r\n =?utf-8?q?a?= <c@d>\r\n"),
    (b"%b", b"a"),
    (b"%b", b":"),
    (b"%b", b"\r\n"),
    (b"%b", b" \r\n"),
]


def seconds_of_the_processor(headers):
    before = time.process_time()
    for header in headers:
        audit(header)
    return time.process_time() - before


@pytest.mark.parametrize("header, piece", MADE_OF)
def test_a_header_is_as_much_work_as_16_of_a_16th_of_its_size(header, piece):
    pieces = 2**18 // len(piece)
    whole = [header % (piece * pieces) + b"\r\n\r\n"]
    parts = [header % (piece * (pieces // 16)) + b"\r\n\r\n"] * 16
    # Whatever else runs makes some of the times longer and none shorter; what is quadratic is 16 times the work.
    # The 20th of a second is for clocks that tick seldom.
    once = many = float("inf")
    for _ in range(10):
        once = min(once, seconds_of_the_processor(whole))
        many = min(many, seconds_of_the_processor(parts))
        if once < 3 * many + 0.05:
            return
    assert once < 3 * many + 0.05
