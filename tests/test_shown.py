"""What header objects show and say is read by the core, whatever the value."""
import email
import email.policy

import pytest

import msgidpolicy


def shown(name, value):
    """The header object of a value, which no parser of the standard library has made."""
    header = msgidpolicy.SMTP.header_factory(name, value)
    assert "_parse_tree" not in header.__dict__
    return header


def as_standard(name, value):
    """The text of a value, for both libraries the same."""
    assert str(shown(name, value)) == str(email.policy.SMTP.header_factory(name, value))
    return str(shown(name, value))


@pytest.mark.parametrize(
    "value, text",
    [
        ("=?iso-8859-1?q?caf=E9?= at noon", "café at noon"),
        ("=?koi8-r?b?8NLJ18XU?=", "Привет"),
        ("=?gb2312?b?1tDOxA==?= =?gb2312?b?1tDOxA==?=", "中文中文"),
        ("a=?utf-8?q?b?=c", "abc"),
        ("=?utf-8?q?a?=\t=?utf-8?q?b?=", "ab"),
        ("=?utf-8?q?a b?=  c", "a b  c"),
        ("=?utf-8?q?=C3?= =?utf-8?q?=A9?=", "é"),
        ("=?utf-8?q?=C3?=", "\ufffd"),
        ("=?x-none?q?=E9=41?=", "\ufffdA"),
        ("=?utf-8?b?Y?=", "Y"),
        ("=?utf-8*en?q??=x", "x"),
        ("caf\udcc3\udca9 \udce9", "café \ufffd"),
        ("=?utf-8?x?a?= =? ?=", "=?utf-8?x?a?= =? ?="),
    ],
)
def test_text_is_decoded_in_every_charset(value, text):
    assert as_standard("Subject", value) == text


def test_a_line_end_that_was_decoded_is_a_blank():
    message = email.message_from_string("Subject: =?utf-8?q?a=0D=0Ab=0A?=\n\n", policy=msgidpolicy.SMTP)
    assert message["Subject"] == "a b"
    assert "_parse_tree" not in message["Subject"].__dict__


@pytest.mark.parametrize(
    "value, text",
    [
        ("Mon, 2 Nov 2026 10:00:00 +0100", "Mon, 02 Nov 2026 10:00:00 +0100"),
        ("Mon, 2 Nov 2026 10:00:00 GMT", "Mon, 02 Nov 2026 10:00:00 +0000"),
        ("Mon, 2 Nov 2026 10:00:00 -0400 (EDT)", "Mon, 02 Nov 2026 10:00:00 -0400"),
        ("Tue, 29 Feb 2028 10:00 EST", "Tue, 29 Feb 2028 10:00:00 -0500"),
        ("2 nov 26 10.00.59", "Mon, 02 Nov 2026 10:00:59 -0000"),
        ("Monday, 02-Nov-26 10:00:00 Z", "Mon, 02 Nov 2026 10:00:00 +0000"),
        ("mon november 2 10:00:00 2026", "Mon, 02 Nov 2026 10:00:00 -0000"),
        ("Mon,2 Nov 1_998 10:00:00+0130", "Mon, 02 Nov 1998 10:00:00 +0130"),
        ("Mon, 31 Feb 2026 10:00:00 +0000", "Mon, 31 Feb 2026 10:00:00 +0000"),
        ("Mon, 2 Nov 2026 10:00:00 +2400", "Mon, 2 Nov 2026 10:00:00 +2400"),
        ("yesterday", "yesterday"),
    ],
)
def test_a_date_is_shown_in_one_form(value, text):
    assert as_standard("Date", value) == text
    assert shown("Date", value).datetime == email.policy.SMTP.header_factory("Date", value).datetime
