"""Dates, parameters and the URIs of lists: what is none is found, what is only old or odd is not."""

import pytest
from whole_mail import mail, marked, only, rules

DATES = [
    "Mon, 2 Nov 2026 10:00:00 +0000",
    "Mon, 02 Nov 2026 10:00 -0330",
    "2 Nov 2026 23:59:60 GMT",
    "Mon,2 Nov 2026 10:00:00+0100",
    "Mon, 2 Nov 2026 10:00:00 +0100 (CET)",
    "Mon (first), 2 (second) Nov 2026 10 : 00 : 00 (a (nested) one) EST",
    "Thu, 13 Feb 69 23:32 -0330",
    "Fri, 21 Nov 97 09(comment):   55  :  06 -0600",
    "21 Nov 197 9:55:06 Z",
    "MON, 2 NOV 2026 10:00:00 CEST",
    "Thu, 29 Feb 2024 10:00:00 +0000",
    "Mon,\n 2 Nov 2026\n\t10:00:00 +0000",
]
NO_DATES = {
    "2026-11-02 10:00:00": "none",
    "Mon Nov  2 10:00:00 2026": "none",
    "Mon, 2 November 2026 10:00:00 +0000": "none",
    "Mon, 2 Nov 2026": "none",
    "Mon, 2 Nov 2026 10:00:00 +01:00": "none",
    "Mon, 2 Nov 2026 10:00:00 AM +0000": "none",
    "tomorrow": "none",
    "Mon, 2 Nov 2026 10:00:00": "without a zone",
    "Mon, 2 Nov 2026 10:00:00 +0060": "a zone that is none",
    "Mon, 2 Okt 2026 10:00:00 +0000": "no month: okt",
    "Mo., 2 Nov 2026 10:00:00 +0000": "none",
    "Die, 3 Nov 2026 10:00:00 +0000": "no day of the week: die",
    "Mon, 31 Feb 2026 10:00:00 +0000": "a month without a day 31",
    "0 Nov 2026 10:00:00 +0000": "a month without a day 0",
    "29 Feb 1900 10:00:00 +0000": "a month without a day 29",
    "Mon, 2 Nov 2026 24:00:00 +0000": "time of day",
    "Mon, 2 Nov 2026 10:60:00 +0000": "time of day",
    "Mon, 2 Nov 2026 10:00:61 +0000": "time of day",
    "(Mon, 2 Nov 2026 10:00:00 +0000)": "none",
    "Mon, 2 Nov 2026 10:00:00 +0000 (CET": "none",
}


@pytest.mark.parametrize("date", DATES)
def test_a_date_of_any_form_is_one(date):
    assert rules(mail(Date=date)) == []


@pytest.mark.parametrize("date", NO_DATES)
def test_what_is_no_date_is_found(date):
    finding = only(mail(Date=date))
    assert (finding.rule, finding.field, finding.severity) == ("date-invalid", "Date", "error")
    assert NO_DATES[date] in finding.reason


def test_an_empty_date_is_none():
    assert only(mail("Date: ", without=["Date"])).rule == "date-invalid"


def test_the_date_is_marked():
    assert marked(only(mail(Date="tomorrow "))) == b"tomorrow"


def test_other_fields_with_dates_are_looked_at():
    assert only(mail("Resent-Date: tomorrow")).field == "Resent-Date"
    assert rules(mail("Expires: never", "X-Date: tomorrow")) == []


@pytest.mark.parametrize("date", ["Tue, 2 Nov 2026 10:00:00 +0000", "Sun, 02 Nov 26 10:00:00 GMT"])
def test_the_day_of_the_week_is_the_dates(date):
    finding = only(mail(Date=date))
    assert (finding.rule, finding.severity) == ("date-weekday", "warning") and finding.reason.endswith("Mon")


PARAMETERS = [
    "Content-Type: text/plain",
    "Content-Type: TEXT/Plain; Charset=utf-8",
    "Content-Type: text/plain;",
    "Content-Type: text/plain; charset=utf-8;",
    'Content-Type: text/plain; charset="utf-8" (a comment; with = in it)',
    "Content-Type: text/plain (a comment); charset = (another) utf-8",
    'Content-Type: text/plain; name="a;b=c \\" d"',
    'Content-Type: text/plain; name=""',
    "Content-Type: text / plain",
    "Content-Type: application/vnd.x+json; a.b-c=d!e#f$g&h'i*j+k~l|m{n}o^p_q`r",
    "Content-Disposition: attachment; filename*=utf-8''%e2%82%ac.pdf",
    "Content-Disposition: attachment;\n filename*0=a;\n filename*9=b",
    "Content-Disposition: inline",
]


@pytest.mark.parametrize("field", PARAMETERS)
def test_parameters_that_are_right(field):
    assert rules(mail(field)) == []


WRONG_PARAMETERS = [
    ("Content-Type: text", "parameter-no-type", b"text"),
    ("Content-Type: text/html charset=utf-8", "parameter-no-type", b"text/html charset=utf-8"),
    ("Content-Type: charset=utf-8", "parameter-no-type", b"charset=utf-8"),
    ("Content-Type: ; charset=utf-8", "parameter-no-type", b"Content-Type: ; charset=utf-8"),
    ("Content-Type:", "parameter-no-type", b"Content-Type:"),
    ("Content-Disposition: ; filename=a", "parameter-no-type", b"Content-Disposition: ; filename=a"),
    ("Content-Disposition: a b; filename=a", "parameter-no-type", b"a b"),
    ("Content-Disposition: attachment; filename", "parameter-no-value", b"filename"),
    ("Content-Disposition: attachment; filename=", "parameter-no-value", b"filename="),
    ("Content-Disposition: attachment; filename= ; size=1", "parameter-no-value", b"filename="),
    ("Content-Disposition: attachment; filename=my file.pdf", "parameter-unquoted", b"my file.pdf"),
    ("Content-Disposition: attachment; filename=a/b.pdf", "parameter-unquoted", b"a/b.pdf"),
    ("Content-Disposition: attachment; filename=<a>; size=1", "parameter-unquoted", b"<a>"),
    ("Content-Disposition: attachment; filename=\n a(.pdf", "parameter-unquoted", b"a(.pdf"),
    ('Content-Disposition: attachment; filename="a" b', "parameter-unquoted", b'"a" b'),
    ('Content-Disposition: attachment; filename="a', "parameter-unquoted", b'"a'),
    ("Content-Disposition: attachment; name*1=a; name*10*=b; name*11=c", "parameter-sections", b"name*10*"),
]


@pytest.mark.parametrize("field, rule, place", WRONG_PARAMETERS)
def test_parameters_that_are_wrong(field, rule, place):
    finding = only(mail(field))
    assert (finding.rule, marked(finding)) == (rule, place)
    assert finding.field == field.partition(":")[0]


def test_other_fields_have_no_parameters():
    assert rules(mail("Content-Language: en; x", "X-Type: text; a b")) == []


LISTS = [
    "List-Unsubscribe: <https://example.com/u?a=b,c>,\n <mailto:u@example.com>",
    "List-Help: (a comment) <mailto:help@example.com> (and one; more)",
    "List-Help: <https://example.com/\n help>",
    "List-Post: NO",
    "List-Post: NO (not allowed on this list)",
    "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    "List-ID: A list <list.example.com>",
    "X-List-Help: help",
]
WRONG_LISTS = [
    ("List-Unsubscribe: https://example.com/u", b"https://example.com/u", "outside of angle brackets"),
    ("List-Unsubscribe: mailto:u@example.com, <https://example.com/u>", b"mailto:u@example.com", "outside of angle brackets"),
    ("List-Unsubscribe: <https://example.com/u>, mailto:u@example.com", b"mailto:u@example.com", "after the angle brackets"),
    ("List-Unsubscribe: <https://example.com/u> or so", b"or so", "after the angle brackets"),
    ("List-Archive: NO", b"NO", "outside of angle brackets"),
    ("List-Help: <https://example.com/", b"<https://example.com/", "never closed"),
    ("List-Help:", b"List-Help:", "without a URI"),
]


@pytest.mark.parametrize("field", LISTS)
def test_uris_in_angle_brackets_are_right(field):
    assert rules(mail(field)) == []


@pytest.mark.parametrize("field, place, reason", WRONG_LISTS)
def test_uris_without_them_are_found(field, place, reason):
    finding = only(mail(field))
    assert (finding.rule, marked(finding)) == ("list-brackets", place) and reason in finding.reason


def test_an_encoded_word_is_found_by_its_own_rule_alone():
    word = "=?utf-8?q?=3Chttps=3A//example=2Ecom=3E?="
    assert rules(mail(f"List-Help: {word}")) == ["encoded-word-in-token"]
    assert rules(mail(f"Content-Disposition: attachment;\n filename={word}")) == ["encoded-word-in-parameter"]
    assert "date-invalid" not in rules(mail(f"Date: {word}", without=["Date"]))
