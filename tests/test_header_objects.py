"""Header objects are those of the standard library, parsed only when something is asked of them."""
import copy
import email.policy
import pickle
import random
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

import msgidpolicy

ATTRIBUTES = ["defects", "addresses", "groups", "address", "params", "content_type", "maintype", "subtype"]
ATTRIBUTES += ["content_disposition", "cte", "version", "major", "minor", "datetime", "max_count", "name"]
PIECES = {
    "Subject": ["a", " ", "  ", "\t", "=", "?", '"', "(", ")", "é", "\x01", "\x7f", "\u2028", "日", "[", "\\"],
    "X-Note": ["a", " ", "é", "\x85", "=x", "\x0b", "\x1c"],
    "To": ["ann", "bob@example.com", "<b@c.example>", '"', "\\", ", ", ",", " ", "  ", "@", ".", "<", ">", "(x)"]
    + ["Zoë", ":", ";", "[1.2.3.4]", "'", "=", '"A, B" ', "Ann Author ", "\t"],
    "Sender": ["a@b.example", ", ", "A ", "<a@b.example>", '"A."', " "],
    "Content-Type": ["text", "/", "plain", ";", " ", "  ", "charset", "name", "=", '"utf-8"', "utf-8", '"a b"', "*"]
    + ["(c)", "é", "''", '"', "\\", "+xml", ".", "_", "~", "%20"],
    "Content-Disposition": ["attachment", ";", " ", "filename", "=", '"a b.pdf"', "a.pdf", '"Übersicht é.pdf"', '"', "*", "/", "é", ":"],
    "Content-Transfer-Encoding": ["base64", "7bit", " ", "(c)", ";", "a", "é", "-", ".", "+", "_", "~"],
    "MIME-Version": ["1", ".", "0", " ", "(c)", "a", "12", "-", "_"],
    "Date": ["Mon", "Tue", ", ", "2", "23 ", "29 ", "31 ", "Nov", "Feb ", " 2026 ", "1999", "10:00:00", "23:59:60", " "]
    + ["+0000", "-0330", "-0000", "GMT", "1", "9"],
}


def usual_values():
    drawn = random.Random(1)
    for _ in range(300):
        day, month, year = drawn.randint(1, 31), drawn.choice(["Jan", "Feb", "Jun", "Dec"]), drawn.randint(1900, 2100)
        yield "Date", (
            f"{drawn.choice(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])}, {day:02} {month} {year}"
            f" {drawn.randint(0, 25):02}:{drawn.randint(0, 60):02}:{drawn.randint(0, 61):02}"
            f" {drawn.choice('+-')}{drawn.randint(0, 25):02}{drawn.randint(0, 70):02}"
        )


def observed(header):
    """All that a header object says of itself, exceptions too."""
    seen = {"str": str(header), "len": len(header)}
    for attribute in ATTRIBUTES:
        try:
            value = getattr(header, attribute)
        except Exception as error:
            value = type(error)
        if attribute == "defects":
            value = [type(defect) for defect in value]
        if attribute == "params":
            value = dict(value) if not isinstance(value, type) else value
        seen[attribute] = value
    return seen


def header(policy, name, value):
    try:
        return policy.header_factory(name, value)
    except Exception as error:
        return error


def check(name, value):
    theirs, ours = header(email.policy.SMTP, name, value), header(msgidpolicy.SMTP, name, value)
    if isinstance(theirs, Exception):
        return  # ours is set all the same
    assert observed(ours) == observed(theirs)
    for copied in (pickle.loads(pickle.dumps(header(msgidpolicy.SMTP, name, value))), copy.deepcopy(ours)):
        assert observed(copied) == observed(theirs)
        assert copied.fold(policy=msgidpolicy.SMTP.clone(utf8=True)) == ours.fold(policy=msgidpolicy.SMTP.clone(utf8=True))


@pytest.mark.parametrize("name", PIECES)
@given(st.data())
def test_a_header_says_what_the_standard_librarys_says(name, data):
    value = "".join(data.draw(st.lists(st.sampled_from(PIECES[name]), max_size=9)))
    check(name, value)


def test_a_header_takes_little_memory_before_it_is_asked_for_anything():
    values = [f"Minutes of the meeting number {number}" for number in range(1000)]
    factory = msgidpolicy.SMTP.header_factory
    factory("Subject", "the class is made once")
    tracemalloc.start()
    headers = [factory("Subject", value) for value in values]
    size = tracemalloc.get_traced_memory()[0] / len(headers)
    tracemalloc.stop()
    assert size - len(headers[0]) < 400
    assert "_parse_tree" not in headers[0].__dict__


def test_dates_are_shown_as_the_standard_library_shows_them():
    for name, value in usual_values():
        check(name, value)
