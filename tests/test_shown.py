"""What header objects show and say is read by the core, whatever the value."""

import email
import email.policy
import pickle
import sys
from datetime import datetime, timedelta, timezone
from email.headerregistry import Address, Group

import pytest

import msgidpolicy


def shown(name, value):
    """The header object of a value, which no parser of the standard library has made."""
    header = msgidpolicy.SMTP.header_factory(name, value)
    assert "_parse_tree" not in header.__dict__
    return header


def standard(name, value):
    """The standard library's header object. Before 3.10 it raises where something is no date (bpo-30681)."""
    try:
        return email.policy.SMTP.header_factory(name, value)
    except (TypeError, ValueError):
        if name != "Date" or sys.version_info >= (3, 10):
            raise
        pytest.skip("the standard library raises for it")


def as_standard(name, value):
    """The text of a value, for both libraries the same, but that older ones show some addresses otherwise."""
    if name != "To" or sys.version_info >= (3, 15):
        assert str(shown(name, value)) == str(standard(name, value))
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
    assert str(shown("Date", value)) == text
    assert as_standard("Date", value) == text
    assert shown("Date", value).datetime == standard("Date", value).datetime


@pytest.mark.parametrize(
    "name, value",
    [
        ("MIME-Version", "1.0 (produced by \\a (b) \\))"),
        ("MIME-Version", " 1 . 0 "),
        ("MIME-Version", "one (x"),
        ("Content-Transfer-Encoding", "Base64 (c)"),
        ("Content-Transfer-Encoding", '7bit; "a \\b" =?utf-8?q?c?='),
        ("Content-Type", "text/plain (c); charset=utf-8 (d); format=flowed"),
        ("Content-Type", "Text/HTML ; Charset=utf-8;charset=x; charset*0=y; charset*1=z;"),
        ("Content-Type", "text; charset=utf-8"),
        ("Content-Type", "text/plain charset=utf-8; a=b"),
        ("Content-Type", 'a/b; x="a \\"b\\" \\c"; y=""; z'),
        ("Content-Type", "a/b; name*1*=%A9; name*0*=utf-8''%C3; name*2=\"c d\"; name*4=e"),
        ("Content-Type", "a/b; name*=iso-8859-1'en'%E9; file*=\"utf-8''%C3%A9 x\"; size=utf-8''%41"),
        ("Content-Disposition", 'attachment; filename="=?utf-8?q?caf=C3=A9?= =?iso-8859-1?q?=E9?="; (c) size=1 junk'),
        ("Content-Disposition", "; filename=a"),
        ("Content-Disposition", 'inline; filename="a'),
        ("Content-Type", ";"),
    ],
)
def test_what_has_parameters_or_a_token_is_shown_as_the_standard_library_shows_it(name, value):
    as_standard(name, value)


def test_of_a_value_without_quotes_nothing_is_cut_off():
    assert shown("Content-Type", "a/b; boundary=----=_x/y") == 'a/b; boundary="----=_x/y"'
    assert shown("Content-Disposition", "attachment; filename='a b'") == 'attachment; filename="\'a"'
    assert shown("Content-Disposition", "attachment; filename=it's.pdf; size=1") == 'attachment; filename="it\'s.pdf"; size="1"'
    assert shown("Content-Disposition", "attachment; filename*=a.pdf; size=1") == 'attachment; filename="a.pdf"; size="1"'


@pytest.mark.parametrize(
    "value",
    [
        "undisclosed-recipients:;",
        'Team the: Ann <a@b.example>, c@d.example (Carl), ;, "x, y": e@f.example',
        "<a@b.example>",
        "a@b.example (Ann), (c) , ,",
        '"Jim \\"J\\" Doe" <j@x.example>, "a \\b\\\\" <c@d.example>',
        "<@r.example,@s.example:a@b.example>, Bounce <>, <>",
        "=?iso-8859-1?q?=E9=2C?= =?utf-8?q?a__b?= (c) =?utf-8?q?x?= <a@b.example>",
        'A. B . C  D <a . b @ c . example>, a..b@c.example, a b@c.example, " "@[1.2.3.4], x\\y@z.example',
        "Zo\u00eb <zo\u00eb@ex\u00e4mple.example>, zoe@=?utf-8?q?ex=C3=A4mple?=.example",
        'somebody, no at sign, "quoted", mailto:a@b.example',
        "\udcc3\udca9\udce9 <a@b.example>, =?x?q?=E9?= <c@d.example>",
        "(un(closed",
        '"unclosed <a@b.example>',
        "Ann <a@b.example",
        '"=?utf-8?q?a?= =?utf-8?q?b?=" <a@b.example>',
        ": a@b.example;",
    ],
)
def test_addresses_of_every_form_are_shown_as_the_standard_library_shows_them(value):
    as_standard("To", value)


@pytest.mark.parametrize(
    "value, text",
    [
        ("Ann <a@b.example> Bob <b@c.example>, c@d.example", "Ann <a@b.example> Bob <b@c.example>, c@d.example"),
        ("undisclosed-recipients;;", "undisclosed-recipients;;"),
        ("a@b@c.example, =?utf-8?q?Zo=C3=AB?= <d@e.example>", "a@b@c.example, Zo\u00eb <d@e.example>"),
        ("Team: a@b.example junk, c@d.example; (x) more", "Team: a@b.example junk, c@d.example; more"),
        ("<a@[1 2 3]>, @, b@c.", "<a@[1 2 3]>, @, b@c."),
    ],
)
def test_what_is_no_address_is_shown_as_it_came(value, text):
    """CPython shows ``<>`` for it, or nothing."""
    assert shown("To", value) == text


def test_text_that_was_decoded_is_no_syntax():
    assert shown("To", "a@=?utf-8?q?b=2Cc=3E?=") == "a@=?utf-8?q?b=2Cc=3E?="
    assert shown("To", '=?utf-8?q?x=2C_y?= "z" <a@b.example>') == '"x, y z" <a@b.example>'


ATTRIBUTES = {
    "To": ["addresses", "groups"],
    "Sender": ["addresses", "groups", "address"],
    "Content-Type": ["content_type", "maintype", "subtype", "params"],
    "Content-Disposition": ["content_disposition", "params"],
    "Content-Transfer-Encoding": ["cte"],
    "MIME-Version": ["version", "major", "minor"],
    "Date": ["datetime"],
}


@pytest.mark.parametrize(
    "name, value",
    [
        ("To", 'Team: "Ann, A." <a@b.example>, =?utf-8?q?Zo=C3=AB?= <z@b.example>;, c@d.example (Carl), <>'),
        ("Sender", '"a b"@[1.2.3.4]'),
        ("Content-Type", "Text/HTML; Charset=UTF-8; NAME*0*=utf-8''%C3; name*1*=%A9"),
        ("Content-Type", "text"),
        ("Content-Disposition", 'Attachment; filename="a b.pdf"; size=1'),
        ("Content-Disposition", ""),
        ("Content-Transfer-Encoding", " BASE64 (c)"),
        ("Content-Transfer-Encoding", ""),
        ("MIME-Version", "1.(c)0"),
        ("MIME-Version", "x.2"),
        ("MIME-Version", "1"),
        ("Date", "Mon, 2 Nov 2026 10:00:00 -0000"),
        ("Date", "Mon, 2 Nov 2026 10:00:00 EST (x)"),
        ("Date", "Mon, 31 Feb 2026 10:00:00 +0000"),
        ("Date", ""),
    ],
)
def test_attributes_are_those_of_the_standard_library_and_nothing_is_parsed_for_them(name, value):
    ours, theirs = shown(name, value), standard(name, value)
    for attribute in ATTRIBUTES[name]:
        assert getattr(ours, attribute) == getattr(theirs, attribute)
        assert type(getattr(ours, attribute)) is type(getattr(theirs, attribute))
    assert "_parse_tree" not in ours.__dict__
    assert [type(defect) for defect in ours.defects] == [type(defect) for defect in theirs.defects]


ANN, BOB = Address("Ann, A.", "ann", "a.example"), Address("", "bob", "b.example")


@pytest.mark.parametrize(
    "value",
    [
        ANN,
        [ANN, BOB],
        (BOB,),
        Group("Team", [ANN, BOB]),
        [Group(None, [ANN, BOB]), ANN],
        [],
        Address("=?utf-8?q?x?=", "a", "b"),
        Address("Zo\u00eb", "z", "\u00e9.example"),
    ],
)
def test_what_is_no_text_is_set_by_its_text(value):
    ours, theirs = shown("To", value), email.policy.SMTP.header_factory("To", value)
    assert (str(ours), ours.groups, ours.addresses, ours.defects) == (
        str(theirs),
        theirs.groups,
        theirs.addresses,
        theirs.defects,
    )
    again = pickle.loads(pickle.dumps(ours))
    assert (str(again), again.groups, type(again)) == (str(ours), ours.groups, type(ours))


@pytest.mark.parametrize("zone", [None, timezone.utc, timezone(timedelta(hours=-3, minutes=-30))])
def test_a_datetime_is_set_by_its_text(zone):
    moment = datetime(2026, 11, 2, 10, 0, 0, 123, zone)
    assert shown("Date", moment) == email.policy.SMTP.header_factory("Date", moment)
    assert shown("Date", moment).datetime == moment


def test_octets_in_addresses_are_characters_where_they_are_utf_8():
    assert shown("To", "\udcc3\udca9 <a@b.example>").addresses[0].display_name == "\u00e9"
    assert shown("To", "\udce9 <a@b.example>").addresses[0].display_name == "\udce9"
    assert shown("To", "\udce9 <a@b.example>") == "\ufffd <a@b.example>"


def test_what_stands_beside_msg_ids_is_decoded():
    assert (
        shown("References", "=?utf-8?q?=3Ca=40b=3E?= <=?utf-8?q?c?=@d> caf\udcc3\udca9") == "<a@b> <=?utf-8?q?c?=@d> caf\u00e9"
    )


def test_parts_of_a_message_are_asked_for_without_the_parser(monkeypatch):
    part = email.message_from_string(
        "Content-Type: application/pdf; name=\"x\"\nContent-Disposition: attachment; filename*=utf-8''%C3%A9; size=1\n\n",
        policy=msgidpolicy.SMTP,
    )
    monkeypatch.setattr(email.headerregistry.ParameterizedMIMEHeader, "parse", None)
    assert part.get_filename() == "\u00e9"
    assert part.get_content_type() == "application/pdf"
    assert part.is_attachment()
    assert part["Content-Type"].params["name"] == "x"


def test_a_line_end_that_was_decoded_is_a_blank_in_addresses():
    message = email.message_from_string("To: =?utf-8?q?a=0Ab?= <c@d.example>\n\n", policy=msgidpolicy.SMTP)
    assert message["To"] == "a b <c@d.example>"
    assert message["To"].addresses[0].display_name == "a b"
