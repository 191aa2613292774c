"""What is wrong with the header of a mail is found, and nothing else."""

import email.policy
import gc
from email.message import EmailMessage

import pytest
from growing_work import assert_as_much_work
from hypothesis import given
from hypothesis import strategies as st
from spec_examples import all_examples

import msgidpolicy
from msgidpolicy import check
from msgidpolicy.check._faults.effects import EFFECTS

FIELD_RULES = ("line", "octet", "encoded-word", "msg-id", "address")


def audit(octets, **options):
    """The findings of the rules of a single field."""
    return check.audit(octets, select=FIELD_RULES, **options)


# A field on the second line of a mail, and the lines at which it breaks rules.
LINES = [
    (b"Subject: " + b"word " * 20, {"line-over-limit": 2}),
    (b"Subject:\r\n word", {"line-empty-first": 2}),
    (b"Subject: a\r\n  \r\n b", {"line-blank": 3}),
    (b"Subject: a \r\n b", {"line-blank-at-end": 2}),
    (b"Cc: a@b,\r\nc@d", {"line-no-field": 3}),
    (b"Cc: a@b,\r\nc d: e", {"line-no-field": 3}),
    (b"Cc: a@b,\r\n:", {"line-no-field": 3}),
    (b"Cc: a@b,\r\n c@d\r\n\xc3\xa9: x\r\n y", {"line-no-field": 4, "octet-8bit": 4}),
    (b"Subject: caf\xc3\xa9", {"octet-8bit": 2}),
    (b"Subject: a\x01b", {"octet-control": 2}),
    (b"Subject: a\rb", {"octet-bare-cr": 2}),
    (b"Cc: a@b\r\nX Y: z", {"line-no-field": 3}),
    (b"Subject : a", {"line-space-before-colon": 2}),
    (b"Subject \t : a", {"line-space-before-colon": 2}),
    (b"To:a@b", {"line-no-space": 2}),
    (b"Date:Mon, 1 Jan 2024 00:00:00 +0000", {"line-no-space": 2}),
    (b"Subject: a\r\n b\x00c\x7fd", {"octet-nul": 3, "octet-control": 3}),
    (b"Message-ID:\r\n <a@b.example>", {"msg-id-second-line": 2}),
    (b"In-Reply-To: \r\n\t<a@b.example>", {"msg-id-second-line": 2, "line-blank-at-end": 2}),
    (b"References:\r\n <a@b.example>", {"line-empty-first": 2}),
]

ENCODED_WORDS = [
    (b"DKIM-Signature: v=1; =?utf-8?q?b=3Dx?=", {"encoded-word-in-token": 2}),
    (b"Subject: =?utf-8?q?" + b"x" * 80 + b"?=", {"encoded-word-too-long": 2, "encoded-word-needless": 2}),
    (b"Subject:" + b" word" * 9 + b" =?utf-8?q?=C3=A9=C3=A9=C3=A9?=", {"encoded-word-line": 2, "line-over-limit": 2}),
    (b"Subject: =?utf-8?q?=C3?=", {"encoded-word-undecodable": 2}),
    (b"Subject: =?utf-8?b?w6k?=", {"encoded-word-undecodable": 2}),
    (b"Subject: =?utf-8?b?w6k=!!!!?=", {"encoded-word-undecodable": 2}),
    (b"Subject: =?utf-8?b?YWI==?=", {"encoded-word-undecodable": 2}),
    (b"Subject: =?utf-8?b?w6k=w6k=?=", {"encoded-word-undecodable": 2}),
    (b"Subject: =?utf-8?q?=C?=", {"encoded-word-undecodable": 2}),
    (b"Subject: =?utf-8?q?a=?=", {"encoded-word-undecodable": 2}),
    (b"Subject: =?utf-16?b?/v8=?=", {"encoded-word-undecodable": 2}),
    (b"Subject: =?idna?q?xn--fa-hia?=", {"encoded-word-undecodable": 2}),
    (b"Subject: =?punycode?q?fa-hia?=", {"encoded-word-undecodable": 2}),
    (b"Subject: =?unicode-escape?q?=5Cq?=", {"encoded-word-undecodable": 2}),
    (b"Subject: =?base64?q?YQ=3D=3D?=", {"encoded-word-undecodable": 2}),
    (b"Subject: =?aliases?q?a?=", {"encoded-word-undecodable": 2}),
    (b"Subject: =?nobody-knows?q?a?=", {"encoded-word-undecodable": 2}),
    (b"Subject: =?\xff?q?a?=", {"encoded-word-undecodable": 2, "octet-8bit": 2}),
    (b"Subject: =?utf-8?q??=", {"encoded-word-empty": 2}),
    (b"Subject: a=?utf-8?q?=C3=A9?=", {"encoded-word-glued": 2}),
    (b"Subject: (=?utf-8?q?=C3=A9?=)", {"encoded-word-glued": 2}),
    (b"To: (a)=?utf-8?q?=C3=A9?= <a@b>", {"encoded-word-glued": 2}),
    (b"To: =?utf-8?q?=C3=A9?=(a) <a@b>", {"encoded-word-glued": 2}),
    (b"To: a@b (c)=?utf-8?q?=C3=A9?=(d)", {"address-syntax": 2, "encoded-word-glued": 2}),
    (b"To: a@b (=?utf-8?q?=C3=A9?=,)", {"encoded-word-glued": 2}),
    (b"Keywords: =?utf-8?q?=C3=A9?=, a", {"encoded-word-glued": 2}),
    (b"Subject: =?utf-8?b?w6k=?=\r\n =?utf-8?b?w6k=?=", {"encoded-word-padding": 2}),
    (b"Subject: =?utf-8?b?w6k=?= =?utf-8?b?w6k=?=", {"encoded-word-padding": 2}),
    (b"Subject: =?utf-8?b?w6k=?=\r\n  \t=?utf-8?b?w6k=?=", {"encoded-word-padding": 2}),
    (b"To: =?utf-8?b?w6k=?=\r\n =?utf-8?q?=C3=A9?= <a@b>", {"encoded-word-padding": 2}),
    (b"To: a@b (=?utf-8?b?w6k=?=\r\n =?utf-8?q?=C3=A9?=)", {"encoded-word-padding": 2}),
    (b'To: "=?utf-8?q?=C3=A9?=" <a@b>', {"encoded-word-in-quotes": 2}),
    (b'To: "a\r\n =?utf-8?q?=C3=A9?=" <a@b>', {"address-quotes-folded": 2, "encoded-word-in-quotes": 3}),
    (b'To: :( "=?utf-8?q?=C3=A9?=" <a@b>', {"encoded-word-in-quotes": 2}),
    (b'To: "a)" (b "=?utf-8?q?=C3=A9?=" "=?utf-8?q?=C3=A9?=) "c" <a@b>', {"encoded-word-glued": 2}),
    (b"Received: (a) by =?utf-8?q?=C3=A9?= (b)", {"encoded-word-in-token": 2}),
    (b"Subject: =?utf-8?q?=C3?= =?utf-8?q?=A9?=", {"encoded-word-split": 2}),
    (b"Subject: =?utf-8?b?8J8=?=\r\n =?UTF-8?Q?=98=80?=", {"encoded-word-padding": 2, "encoded-word-split": 2}),
    (b"Subject: =?utf-8?q?=C3?= =?iso-8859-1?q?=A9?=", {"encoded-word-undecodable": 2}),
    (b"Subject: =?utf-8?q?=C3?= and =?utf-8?q?=A9?=", {"encoded-word-undecodable": 2}),
    (b"Subject: =?utf-8?q?plain?=", {"encoded-word-needless": 2}),
    (b"Subject: =?utf-8?q?plain_?= =?utf-8?b?dGV4dA==?=", {"encoded-word-needless": 2}),
    (b"To: =?utf-8?q?Ann_Lee?= <a@b>", {"encoded-word-needless": 2}),
    (b"To: a@b (=?utf-8?q?Ann?=)", {"encoded-word-needless": 2}),
    (b"Subject: =?utf-8?q?caf=C3=A9?= =? ok", {"encoded-word-look-alike": 2}),
    (b"Subject: see a=?b =?utf-8?q?=C3=A9?=", {"encoded-word-look-alike": 2}),
    (b"Subject: =?foo?= bar", {"encoded-word-look-alike": 2}),
    (b"Subject: =?utf-8?x?abc?=", {"encoded-word-look-alike": 2}),
    (b"Subject: =?utf-8?q?two words?=", {"encoded-word-blank": 2}),
    (b"To: =?utf-8?q?two words?= <a@b>", {"encoded-word-blank": 2}),
    (b"To: =?utf-8?q?a=40b?=", {"encoded-word-in-address": 2}),
    (b"To: =?utf-8?q?Ann_=3Ca=40b=3E?=", {"encoded-word-in-address": 2}),
    (b"To: ann@=?utf-8?q?b=C3=A9?=", {"encoded-word-in-address": 2}),
    (b"To: c@d, =?utf-8?q?a?=.=?utf-8?q?b?=@example.com", {"encoded-word-in-address": 2}),
    (b"To: Ann <=?utf-8?q?a=40b?=>", {"encoded-word-in-address": 2}),
    (b'Content-Type: text/plain; name="=?utf-8?q?=C3=A9?="', {"encoded-word-in-parameter": 2}),
    (b"Content-Disposition: attachment; filename==?utf-8?q?=C3=A9?=", {"encoded-word-in-parameter": 2}),
    (b'Keywords: "=?utf-8?q?=C3=A9?="', {"encoded-word-in-quotes": 2}),
    (b"List-ID: =?utf-8?q?=C3=A9?= <=?utf-8?q?a?=.example>", {"encoded-word-in-token": 2}),
    (b"List-Unsubscribe: =?utf-8?q?=3Chttps=3A//example=2Ecom/=3E?=", {"encoded-word-in-token": 2}),
    (b"Message-ID: =?utf-8?q?=3Caaa?=\r\n =?utf-8?q?bbb=40c=2Eexample=3E?=", {"msg-id-encoded": 2}),
    (b"In-Reply-To: =?utf-8?q?=3Caaa?=\r\n =?utf-8?q?bbb=40c=2Eexample=3E?=", {"msg-id-encoded": 2}),
    (b"References: <=?utf-8?q?a?=@b>", {"msg-id-encoded": 2}),
]

MSG_IDS = [
    (b"References: =?utf-8?q?=3Ca=40b=3E?=", {"msg-id-encoded": 2}),
    (b"References: <a@\r\n b>", {"msg-id-folded": 2}),
    (b"Message-ID: <" + b"x" * 1000 + b"@b>", {"msg-id-too-long": 2, "msg-id-domain": 2, "line-too-long": 2}),
    (b"References: <a@b>\r\n <c@\r\n d>", {"msg-id-folded": 3}),
    (b"References: <\r\n a@b>", {"msg-id-folded": 2}),
    (b"Message-ID: <a b@c.example>", {"msg-id-folded": 2}),
    (b"Message-ID: a@b.example", {"msg-id-brackets": 2}),
    (b"Content-ID: part1", {"msg-id-brackets": 2}),
    (b"References: a@b.example, c@d.example", {"msg-id-brackets": 2}),
    (b"References: <a@b> c@d", {"msg-id-brackets": 2}),
    (b"Message-ID: <a>", {"msg-id-syntax": 2}),
    (b"Message-ID: <a@b@c.example>", {"msg-id-syntax": 2}),
    (b"Message-ID: <@c.example>", {"msg-id-syntax": 2}),
    (b"Message-ID: <a@>", {"msg-id-syntax": 2}),
    (b"Message-ID: <>", {"msg-id-syntax": 2}),
    (b"Message-ID: <a:b@c.example>", {"msg-id-syntax": 2}),
    (b"Message-ID: <<a@c.example>>", {"msg-id-syntax": 2}),
    (b"Message-ID: <a@c.example", {"msg-id-syntax": 2}),
    (b"Message-ID:", {"msg-id-syntax": 2}),
    (b"Message-ID: (lost)", {"msg-id-syntax": 2}),
    (b"Message-ID: <a@b.example> <c@d.example>", {"msg-id-syntax": 2}),
    (b"Message-ID: <a@b.example> lost", {"msg-id-syntax": 2}),
    (b"Message-ID: <a@localhost>", {"msg-id-domain": 2}),
    (b"Message-ID: <a@host>", {"msg-id-domain": 2}),
    (b"Message-ID: <a@192.0.2.1>", {"msg-id-domain": 2}),
    (b"Message-ID: <a@[192.0.2.1]>", {"msg-id-domain": 2}),
    (b"Resent-Message-ID: <a@[IPv6:2001:db8::1]>", {"msg-id-domain": 2}),
    (b"Message-ID: <" + b"a" * 250 + b"@b.example>", {"msg-id-too-long": 2}),
    (b"References: <a@b>, <c@d>", {"msg-id-comma": 2}),
    (b"References: <a@b><c@d>", {"msg-id-glued": 2}),
]

ADDRESSES = [
    (b"To: A <a@\r\n b>", {"address-folded": 2}),
    (b"To: A <a@b>,\r\n B <c\r\n\t@d\r\n .example>", {"address-folded": 3}),
    (b'To: A <"a b"\r\n @b>', {"address-folded": 2}),
    (b'To: "a\r\n b" <a@b>' + b" word" * 14, {"address-quotes-folded": 2, "address-syntax": 3, "line-over-limit": 3}),
    (b"To:", {"address-none": 2}),
    (b"From: Ann Lee", {"address-none": 2}),
    (b"From: Ann Lee <>", {"address-none": 2}),
    (b"From: nobody:;", {"address-none": 2}),
    (b"To: undisclosed recipients", {"address-none": 2}),
    (b"Cc: (nobody)", {"address-none": 2}),
    (b"To: Doe, John <a@b>", {"address-syntax": 2}),
    (b"To: a@b, root", {"address-syntax": 2}),
    (b"To: Ann a@b", {"address-syntax": 2}),
    (b"To: a@b Ann", {"address-syntax": 2}),
    (b"To: a@b c@d", {"address-syntax": 2}),
    (b"To: Ann <a@b> Lee", {"address-syntax": 2}),
    (b"To: <a@b> <c@d>", {"address-syntax": 2}),
    (b"To: Ann <a@b", {"address-syntax": 2}),
    (b"To: Ann <a b@c>", {"address-syntax": 2}),
    (b"To: Ann <a@b@c>", {"address-syntax": 2}),
    (b"To: Ann <@b>", {"address-syntax": 2}),
    (b"To: Ann <a@>", {"address-syntax": 2}),
    (b"To: a@b, <>", {"address-syntax": 2}),
    (b"Reply-To: a@\r\n b.example", {"address-folded": 2}),
    (b"Reply-To: c@d, a.\r\n\tb@c", {"address-folded": 2}),
    (b'To: "Doe,\r\n John" <a@b>', {"address-quotes-folded": 2}),
    (b'To: "a\r\n ' + b" b" * 40 + b'"@example.com', {"address-quotes-folded": 2}),
    (b'To: "a\r\n ' + b' \\"' * 40 + b'"@example.com', {"address-quotes-folded": 2}),
]

BROKEN = LINES + ENCODED_WORDS + MSG_IDS + ADDRESSES

NOT_BROKEN = [
    b'To: :( <a@b>,\r\n "' + b"word " * 16 + b'"@example.com',
    b'To: a@b\r\n (=?utf-8?q?=C3=A9?=),"' + b"word " * 16 + b'"@example.com',
    b'From: "' + b"word " * 16 + b'"(=?utf-8?q?=C3=A9?=)<a@b>',
    b'In-Reply-To: "a\r\n b" of\r\n Monday <c@d>',
    b"References: <a@b>\r\n <c@d>\r\n\t(e\r\n f)",
    b"To: a@b (=?utf-8?q?=C3=A9?=) (a (=?utf-8?q?=C3=A9?=) =?utf-8?q?=C3=A9?=)",
    b"To: A <\r\n a@b>,\r\n\tB <c@d\r\n >,\r\n <e@f>,\r\n (<\r\n >) g@h",
    b"List-Unsubscribe: <https://example.com/>,\r\n <mailto:\r\n a@b>",
    b"Received: from a (=?utf-8?q?=C3=A9?=)\r\n by b ((=?utf-8?q?=C3=A9?=) (c))",
    b"Subject:a",
    b"Received:from a by b",
    b"To:\ta@b",
    b"Message-ID: <a@b.example>",
    b"Message-ID: (a (b)) <a@b.example> (c)",
    b'Message-ID: <"a b"@c.example>',
    b'Message-ID: <"a@b"@c.example>',
    b'Message-ID: <"a>b"@c.example>',
    b"Message-ID: <a.b+c/d=e@f.example>",
    b"Message-ID: <a(b)@(c)d.example>",
    b"Message-ID: <a@localhost.example>",
    b"Message-ID: <" + b"a" * 238 + b"@b.example>",
    b"Content-ID: <a@b>",
    b"References: <a@[192.0.2.1]> <b@localhost>",
    b"In-Reply-To: Your message of Monday (1) <a@b>",
    b'In-Reply-To: "a@b" of <c@d>',
    b"In-Reply-To: Message from ann@example.com of Monday <c@d>",
    b"In-Reply-To: =?utf-8?q?J=C3=BCrgen?= of Monday <c@d>",
    b"In-Reply-To:",
    b"References: <a@b>\r\n (=?utf-8?q?=C3=A9?=)",
    b"To: undisclosed-recipients:;",
    b"To: undisclosed-recipients: ;",
    b"Cc: (a)Nobody(b) :(c) ;",
    b"Reply-To: nobody:;",
    b"Bcc:",
    b"Bcc: ",
    b"Return-Path: <>",
    b"Return-Path: <\r\n >",
    b"Delivered-To: ann",
    b"To: list: a@b, C <c@d>;, e@f",
    b"To: a@b,, c@d,",
    b'To: "a b"@c.example, "Doe, J." <"a b"@c>',
    b"To: John Q. Public <a@b>, Ann\r\n Lee <c@d>",
    b"To: John Q.\r\n Public <a@b>",
    b"To: a@[192.0.2.1], b@[IPv6:2001:db8::1], <c@[192.0.2.1]>",
    b"To: <@a.example,@b.example:c@d>, < a . b @ c . d >, Ann <(c)a@b(d)>",
    b"To: a . b @ c",
    b"To: a@b (Ann, Lee) , Bob (the (old) one) <c@d> (x)",
    b'Reply-To: "a@b" <c@d>',
    b"User-Agent: a (=?utf-8?q?=C3=A9?=)",
    b"Subject: =?utf-8?q?=3D=3F?= =?utf-8?q?f=C3=BCr?=",
    b"Subject: what =? is this",
    b"Subject: =?utf-8?q?=C3=A9?= au lait" + b" " * 90,
    b"Subject: =?utf-8?q?_two__blanks_?=",
    b"Subject: =?utf-8?q?=01?=",
    b"Subject: =?utf-8?q?" + b"a" * 50 + b"?=" + b"\r\n =?utf-8?q?" + b"a" * 50 + b"=C3=A9?=",
    b"To: =?utf-8?q?Doe=2C_John?= <a@b>",
    b"To: a@b (=?utf-8?q?=28?=)",
    b"Subject: =?utf-8?q?caf=C3=A9?= =?iso-8859-1?q?_=E9?=",
    b"Keywords: =?utf-8?q?=C3=A9?= , =?utf-8?q?J=2E?=",
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


def with_lf(octets):
    return octets.replace(b"\r\n", b"\n")


def places(findings):
    return [(found.rule, found.line, found.field, found.octets, found.start, found.end, found.reason) for found in findings]


@pytest.mark.parametrize("field, lines", BROKEN)
def test_a_broken_field_is_found(field, lines):
    found = audit(b"From: a@b\r\n" + field + b"\r\n\r\nbody\r\n")
    assert {finding.rule: finding.line for finding in found} == lines
    name = field.split(b":")[0].rstrip().decode()
    assert {finding.field for finding in found} == {name}
    for finding in found:
        rule = check.RULES[finding.rule]
        assert (finding.severity, finding.clause) == (rule.severity, rule.clause) and finding.reason
        assert finding.was == field + b"\r\n"
        assert 0 <= finding.start <= finding.end <= len(finding.octets)


@pytest.mark.parametrize("field", [field for field, _ in BROKEN])
def test_line_ends_of_lf_give_the_same_findings(field):
    mail = b"From: a@b\r\n" + field + b"\r\n\r\nbody\r\n"
    assert places(audit(with_lf(mail))) == places(audit(mail))


@pytest.mark.parametrize("field", PADDING_AT_THE_END_OF_A_RUN)
def test_padding_is_right_at_the_end_of_a_run(field):
    assert not audit(field + b"\r\n\r\n")


@pytest.mark.parametrize("field", NOT_BROKEN)
def test_what_is_not_broken_is_left_in_peace(field):
    assert not audit(field + b"\r\n\r\n")
    assert not audit(with_lf(field) + b"\n\n")


CHARSETS = [b"UTF-8", b"utf8", b"us-ascii", b"ISO-8859-1", b"iso-8859-15", b"windows-1251", b"koi8-r", b"KOI8-U"]
CHARSETS += [b"gb18030", b"GB2312", b"big5", b"euc-jp", b"iso-2022-jp", b"shift_jis", b"ks_c_5601-1987", b"tis-620"]
CHARSETS += [b"unknown-8bit", b"UNKNOWN-8BIT", b"macintosh", b"cp437", b"cp874"]


@pytest.mark.parametrize("charset", CHARSETS)
def test_charsets_that_python_knows_are_decoded(charset):
    field = b"Subject: =?" + charset + b"?q?a?= b =?" + charset + b"*de?q?a?=\r\n\r\n"
    assert {found.rule for found in audit(field)} == {"encoded-word-needless"}


def test_the_names_of_charsets_are_not_kept():
    audit(b"Subject: =?utf-8?q?a?=\r\n\r\n")
    tracemalloc = pytest.importorskip("tracemalloc")  # not on PyPy
    tracemalloc.start()
    for number in range(2000):
        audit(b"Subject: =?x%d?q?a?=\r\n\r\n" % number)
    gc.collect()  # tuples that are kept for the next ones
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 50_000


def test_a_line_over_76_columns_is_named_once_however_many_words_it_holds():
    found = audit(b"Subject:" + b" =?utf-8?q?=C3=A9?=" * 5 + b"\r\n\r\n")
    assert [(finding.rule, finding.count) for finding in found].count(("encoded-word-line", 1)) == 1


def test_what_breaks_a_rule_more_than_once_is_one_finding():
    (found,) = audit(b"References: <a b@c>\r\n <d@e>\r\n <f@\r\n g>\r\n\r\n")
    assert (found.rule, found.line, found.count, found.octets[found.start : found.end]) == ("msg-id-folded", 1, 2, b"<a b@c>")


def test_the_octets_at_fault_are_named():
    (found,) = audit(b"A: b\nTo: Ann <a@b>,\n Bob <c d@e>\n\n")
    assert (found.line, found.octets, found.octets[found.start : found.end]) == (3, b" Bob <c d@e>", b"<c d@e>")


def test_nothing_is_found_where_nothing_is_broken():
    about_the_value = {"msg-id-folded", "msg-id-domain", "msg-id-syntax", "msg-id-brackets", "msg-id-glued", "msg-id-comma"}
    about_the_value |= {"msg-id-too-long", "address-none", "address-syntax"}
    for example in all_examples():
        if example.options["read"] or example.options["protected"] or example.expected.startswith("error"):
            continue
        if "=?" in example.value:  # an encoded-word stays as it was set
            continue
        wire = (example.expected + "\r\n").replace("\r\n", "\n").replace("\n", "\r\n").encode()
        found = audit(wire + b"\r\n", max_line_length=example.options["limit"], utf8=example.options["utf8"])
        assert {finding.rule for finding in found} <= about_the_value, (example, found)


def test_the_line_is_that_of_the_message():
    found = audit(b"A: b\r\nSubject: a\r\n b \r\n c\r\n\r\nx: \x01\r\n")
    assert [(finding.line, finding.field) for finding in found] == [(3, "Subject")]


@pytest.mark.parametrize("octets", [b"\xff", b"\xc3", b"\xc0\xaf", b"\xed\xa0\x80", b"\xc3\r\n \xa9"])
def test_what_goes_by_smtputf8_is_utf_8(octets):
    found = audit(b"Subject: a" + octets + b"\r\n\r\n", utf8=True)
    assert found and {(finding.field, finding.rule) for finding in found} == {("Subject", "octet-not-utf8")}
    assert not audit("Subject: é\r\n ü\r\n\r\n".encode(), utf8=True)


def test_the_header_ends_at_the_first_empty_line():
    assert not audit(b"")
    assert not audit(b"\r\nX: \x01\r\n\r\n")
    assert not audit(b"A: b\r\n\r\nX: \x01\r\n\r\n")
    assert not audit(b"A: b\n\nX: \x01\n\n")
    assert [finding.line for finding in audit(b"A: b\r\nX: \x01\r\n")] == [2]


def test_a_file_may_have_line_ends_of_both_kinds():
    assert not audit(b"From: a@b\nTo: Ann <c@d>\r\nSubject: a\r\n b\n\nX: \x01\n")
    (found,) = audit(b"A: b\nSubject: a\r\n =?utf-8?q??=\r\n\n")
    assert (found.line, found.octets[found.start : found.end]) == (3, b"=?utf-8?q??=")


def test_a_lf_without_cr_is_found_where_the_lines_end_in_crlf():
    (found,) = audit(b"A: b\r\nSubject: a\nBcc: c@d\r\n\r\n")
    assert (found.rule, found.line, found.field) == ("octet-bare-lf", 2, "Subject")


def test_a_line_before_the_first_field_belongs_to_none():
    for line in (b"From a@b Mon Jan  1 00:00:00 2024", b" a", b"a"):
        found = audit(line + b"\r\nA: b\r\n\r\n")
        assert [(finding.rule, finding.line, finding.field) for finding in found] == [("line-no-field", 1, "")]


def test_pythons_own_policy_is_caught():
    message = EmailMessage(policy=email.policy.SMTP)
    message["List-Unsubscribe"] = f"<https://example.com/{'x' * 300}>"
    assert audit(message.as_bytes())
    assert not audit(message.as_bytes(policy=msgidpolicy.SMTP))


NAMES = [
    b"Subject: ",
    b"To: ",
    b"From:",
    b"Message-ID: ",
    b"References:",
    b"Keywords: ",
    b"List-ID: ",
    b"Received: ",
    b"Content-Type: ",
]
PIECES = [
    b"=?utf-8?q?",
    b"=?utf-8?b?",
    b"=C3=A9",
    b"w6k=",
    b"?=",
    b"=?",
    b"a@b",
    b"a",
    b"@",
    b".",
    b",",
    b":",
    b";",
    b"<",
    b">",
    b"(",
    b")",
]
PIECES += [
    b"[",
    b"]",
    b'"',
    b"\\",
    b" ",
    b"\t",
    b"\r\n ",
    b"\r\n",
    b"\n",
    b"\r",
    b"\0",
    b"\xc3\xa9",
    b"\xff",
    b"-",
    b"=",
    b"?",
    *NAMES,
]


@given(st.sampled_from(NAMES), st.lists(st.sampled_from(PIECES), max_size=30), st.booleans())
def test_no_octets_raise_and_each_finding_has_its_place(name, pieces, utf8):
    octets = name + b"".join(pieces) + b"\r\n\r\n"
    for found in audit(octets, utf8=utf8):
        assert found.octets in octets and 1 <= found.line <= octets.count(b"\n")
        assert 0 <= found.start <= found.end <= len(found.octets)


# Of these rules no receiver is known to have been given a mail.
NOTHING_KNOWN = {
    "line-blank-at-end",
    "line-space-before-colon",
    "encoded-word-blank",
    "encoded-word-undecodable",
    "encoded-word-padding",
    "encoded-word-line",
    "address-none",
    "address-syntax",
    "date-invalid",
    "date-weekday",
    "parameter-no-type",
    "parameter-unquoted",
    "list-brackets",
    "list-field-twice",
    "message-no-from",
    "message-no-date",
    "part-no-boundary",
    "part-boundary-absent",
    "part-unclosed",
    "part-field-twice",
    "part-encoding",
    "part-encoding-unknown",
    "body-8bit",
    "body-base64",
    "body-encoded-line",
    "body-quoted-printable",
}


def test_of_each_rule_it_is_said_what_receivers_make_of_it():
    assert set(check.RULES) - NOTHING_KNOWN == set(EFFECTS)
    assert all(EFFECTS.values())


def test_a_finding_says_what_receivers_make_of_it():
    (found,) = audit(b"References: =?utf-8?q?=3Ca=40b=3E?=\r\n\r\n")
    assert found.effect == EFFECTS["msg-id-encoded"] and "Dovecot loses the thread" in found.effect


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
    (b"Message-ID: <%b>", b'"'),
    (b"Message-ID: <%b>", b'\\"'),
    (b"Message-ID: <%b>", b"("),
    (b"Message-ID: <a@b%b>", b"[a"),
    (b"Message-ID: %b", b"a@b "),
    (b"References: %b", b"a@b, "),
    (b"References: %b", b"<a@b>,"),
    (b"References: %b", b"=?utf-8?q?a?= "),
    (b"To: %b", b"=?utf-8?q?a=40b?=, "),
    (b"To: %b", b"<=?utf-8?q?a?=>, "),
    (b"To: %b", b"a@=?utf-8?q?a?="),
    (b"To: <%b>", b'\\"'),
    (b"To: %b", b"=?utf-8?q?a?=."),
    (b"To: <%b>", b"(a"),
    (b"To: a%bb", b" "),
    (b"To: a@b%bc", b" \r\n"),
    (b"To: %b", b"a@\r\n b"),
    (b"To: %b", b"["),
    (b"To: %b", b"[a,"),
    (b"To: %b", b"a:"),
    (b"To: %b", b"<a> <b> "),
    (b"Subject: %b", b"=?utf-8?q?=C3?= "),
    (b"Subject: %b", b"=?utf-8?q?a b"),
    (b"Subject: =?utf-8?q?%b?", b" a"),
    (b"Subject: %b", b"=?utf-8?q?a b?= =?"),
    (b"%b: a", b"a b"),
    (b"%b", b"A: b\r\n"),
    (b"%b", b"To: <a@b>,\r\n =?utf-8?q?a?= <c@d>\r\n"),
    (b"%b", b"a"),
    (b"%b", b":"),
    (b"%b", b"\r\n"),
    (b"%b", b" \r\n"),
]


@pytest.mark.growth
@pytest.mark.parametrize("header, piece", MADE_OF)
def test_a_header_is_as_much_work_as_16_of_a_16th_of_its_size(header, piece):
    pieces = 2**18 // len(piece)
    whole, part = (header % (piece * count) + b"\r\n\r\n" for count in (pieces, pieces // 16))
    assert_as_much_work(audit, whole, part)
