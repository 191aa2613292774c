"""Header objects are those of the standard library, parsed only when something is asked of them."""

import copy
import email
import email.headerregistry
import email.policy
import pickle
import random
import re
import sys
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

import msgidpolicy
from msgidpolicy import _core

ATTRIBUTES = ["defects", "addresses", "groups", "address", "params", "content_type", "maintype", "subtype"]
ATTRIBUTES += ["content_disposition", "cte", "version", "major", "minor", "datetime", "max_count", "name"]
WORDS = ["=?utf-8?q?caf=C3=A9?=", "=?UTF-8?B?w6k=?=", "=?utf-8?q?_a_b?=", "=?us-ascii?q?x=3D?=", "=?iso-8859-1?q?=E9?="]
WORDS += ["=?utf-8?q?=C3?=", "=?utf-8*en?q?=E6=97=A5?=", "=?utf-8?b?YSzjgIBi?=", "=?utf-8?b?YSBi?=", "=?utf-8?b?YSDjgIBi?="]
WORDS += ["=?utf-8?q?a=2C_b?=", '=?utf-8?q?a"b?=', "=?utf-8?q?a__b?=", "=?utf-8?q?=00?=", "=?unknown-8bit?q?=E9?="]
WORDS += [
    "=?utf-8?q??=",
    "=?utf-8?x?a?=",
    "=?utf-8?b?YQ?=",
    "=?utf-8?q?=3Da?=",
    "=?utf-8?q?=C2=85?=",
    "=?utf-8?q?a_=E3=81=82?=",
]
# A value without quotes that the standard library's parser ends too early, or drops.
CUT_OFF = re.compile(r"""=\s*[^;"(\s]*[][()<>@,:\\/?='*%]|\*\d*\*?\s*=""")
PIECES = {
    "X-Encoded": WORDS + [" "] * 12 + ["  ", "a", "\t", "é", "\xa0", "=?", "?="],
    "Cc": [word + " <z@b.example>, " for word in WORDS] + WORDS + [" ", " <a@b.example>", ", ", "a", '"', "@b.example"],
    "Subject": ["a", " ", "  ", "\t", "=", "?", '"', "(", ")", "é", "\x01", "\x7f", "\u2028", "日", "[", "\\"],
    "X-Note": ["a", " ", "é", "\x85", "=x", "\x0b", "\x1c"],
    "To": ["ann", "bob@example.com", "<b@c.example>", '"', "\\", ", ", ",", " ", "  ", "@", ".", "<", ">", "(x)"]
    + ["Zoë", ":", ";", "[1.2.3.4]", "'", "=", '"A, B" ', "Ann Author ", "\t"],
    "Sender": ["a@b.example", ", ", "A ", "<a@b.example>", '"A."', " "],
    "Content-Type": ["text", "/", "plain", ";", " ", "  ", "charset", "name", "=", '"utf-8"', "utf-8", '"a b"', "*"]
    + ["(c)", "é", "''", '"', "\\", "+xml", ".", "_", "~", "%20"],
    "Content-Disposition": [
        "attachment",
        ";",
        " ",
        "filename",
        "=",
        '"a b.pdf"',
        "a.pdf",
        '"Übersicht é.pdf"',
        '"',
        "*",
        "/",
        "é",
        ":",
    ],
    "Content-Transfer-Encoding": ["base64", "7bit", " ", "(c)", ";", "a", "é", "-", ".", "+", "_", "~"],
    "MIME-Version": ["1", ".", "0", " ", "(c)", "a", "12", "-", "_"],
    "Date": ["Mon", "Tue", ", ", "2", "23 ", "29 ", "31 ", "Nov", "Feb ", " 2026 ", "1999", "10:00:00", "23:59:60", " "]
    + ["+0000", "-0330", "-0000", "GMT", "1", "9"],
}


def usual_values():
    drawn = random.Random(1)
    for _ in range(300):
        day, month, year = drawn.randint(1, 31), drawn.choice(["Jan", "Feb", "Jun", "Dec"]), drawn.randint(1900, 2100)
        yield (
            "Date",
            (
                f"{drawn.choice(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])}, {day:02} {month} {year}"
                f" {drawn.randint(0, 25):02}:{drawn.randint(0, 60):02}:{drawn.randint(0, 61):02}"
                f" {drawn.choice('+-')}{drawn.randint(0, 25):02}{drawn.randint(0, 70):02}"
            ),
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


def real_groups(header):
    nobody = email.headerregistry.Group(None, [email.headerregistry.Address()])
    return [group for group in header.groups if group != nobody]


def check(name, value):
    theirs, ours = header(email.policy.SMTP, name, value), header(msgidpolicy.SMTP, name, value)
    if isinstance(theirs, Exception):
        return  # ours is set all the same
    if hasattr(ours, "groups") and sys.version_info < (3, 15):
        return  # older ones show some addresses otherwise; ours are those of 3.15 on each
    if name.startswith("Content-") and CUT_OFF.search(value):
        return  # and nothing is cut off: see test_shown.py
    expected = observed(theirs)
    if hasattr(ours, "groups"):
        addresses = [*ours.addresses, *theirs.addresses]
        if "=?" in value and any(re.search(r'[][()<>@,:;"\\\s]|=\?', address.username) for address in addresses):
            return  # and what was decoded is no syntax: see test_shown.py
        if theirs.groups != ours.groups and real_groups(theirs) == real_groups(ours):
            return  # and white space behind ``<>`` or a group is no address
        if ours != ", ".join(map(str, ours.groups)):  # what is malformed is shown as it came
            expected.update(str=str(ours), len=len(ours))
    assert observed(ours) == expected
    for copied in (pickle.loads(pickle.dumps(header(msgidpolicy.SMTP, name, value))), copy.deepcopy(ours)):
        assert observed(copied) == expected
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
    tracemalloc = pytest.importorskip("tracemalloc")  # not on PyPy
    tracemalloc.start()
    headers = [factory("Subject", value) for value in values]
    size = tracemalloc.get_traced_memory()[0] / len(headers)
    tracemalloc.stop()
    assert size - len(headers[0]) < 400
    assert "_parse_tree" not in headers[0].__dict__


def test_dates_are_shown_as_the_standard_library_shows_them():
    for name, value in usual_values():
        check(name, value)


@pytest.mark.parametrize("name", ['""', '" "', '"a "', '" a"', '"a  b"', '"a\tb"'])
def test_quoted_names_of_blanks_are_shown_as_the_standard_library_shows_them(name):
    check("To", f"{name} <a@b.example>")


def test_names_with_white_space_of_unicode_are_shown_as_the_standard_library_shows_them():
    spaces = [chr(point) for point in range(0x80, 0x110000) if chr(point).isspace()]
    for character in spaces + [chr(ord(space) + step) for space in spaces for step in (-1, 1)]:
        octets = "".join(f"={octet:02X}" for octet in character.encode())
        check("To", f"=?utf-8?q?a_{octets}b?= <z@b.example>")
        check("To", f"=?utf-8?q?a{octets}_b?= <z@b.example>")


def read(*lines):
    return email.message_from_string("\n".join(lines) + "\n\n", policy=msgidpolicy.SMTP)


def test_a_parsed_message_hands_out_what_it_holds_each_time_anew():
    message = read("To: ann@example.com (Ann), group: bob@example.com;", "Subject: one", " two")
    assert message["To"] == message["To"]
    assert message["Subject"] == message.get("Subject") == "one two"


def kept_by_messages(policy, source, names, count=50):
    """The octets of memory that parsed messages take, after some of their fields were read."""
    email.message_from_bytes(source, policy=policy)
    tracemalloc = pytest.importorskip("tracemalloc")  # not on PyPy
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        messages = [email.message_from_bytes(source, policy=policy) for _ in range(count)]
        for message in messages:
            for name in names:
                message[name]
        return (tracemalloc.get_traced_memory()[0] - before) // count
    finally:
        tracemalloc.stop()


def test_a_parsed_message_keeps_no_more_than_one_of_the_standard_library():
    names = ["Subject", "To", "From", "Date", "Message-ID"]
    lines = [
        f"{name}: {value}"
        for name, value in zip(
            names, ["Minutes", "a@b.example", "c@d.example", "Thu, 26 Nov 2026 10:00:00 +0000", "<1@d.example>"]
        )
    ]
    source = "\r\n".join([*lines, "References:", " <2@d.example>", "", "text"]).encode()
    ours, theirs = [kept_by_messages(policy, source, names) for policy in (msgidpolicy.SMTP, email.policy.SMTP)]
    assert ours <= 1.02 * theirs


def test_another_header_factory_makes_a_header_object_of_its_own():
    class Shouting(email.headerregistry.UnstructuredHeader):
        @classmethod
        def parse(cls, value, kwds):
            super().parse(value, kwds)
            kwds["decoded"] = kwds["decoded"].upper()

    message = read("Subject: one")
    assert message["Subject"] == "one"
    message.policy = message.policy.clone(header_factory=msgidpolicy.MsgIdPolicy().header_factory)
    message.policy.header_factory.map_to_type("subject", Shouting)
    assert message["Subject"] == "ONE"
    message.policy.header_factory.registry.pop("subject")
    assert message["Subject"] == "one"
    message.policy.header_factory.default_class = Shouting
    assert message["Subject"] == "ONE"


def test_a_source_under_another_name_is_another_field():
    message = read("To: ann@example.com")
    assert message["To"].name == "To"
    ((_, source),) = message.raw_items()
    other = EmailMessage(policy=msgidpolicy.SMTP)
    other.set_raw("Cc", source)
    assert other["Cc"].name == "Cc"


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda message: pickle.loads(pickle.dumps(message))])
def test_a_parsed_message_can_be_copied_when_it_was_looked_at(copied):
    message = read("To:  ann@example.com (Ann)", "Subject:=?utf-8?q?caf=C3=A9?=")
    before = message["To"], message["Subject"], message.as_bytes()
    again = copied(message)
    assert (again["To"], again["Subject"], again.as_bytes()) == before


def test_a_registry_forgets_names_that_only_one_message_had():
    factory = msgidpolicy.MsgIdPolicy().header_factory
    for number in range(5000):
        factory(f"X-{number}", "")
    assert len(factory.found) <= 1024


def test_a_registry_forgets_what_was_found_while_it_changed():
    """As another thread may find it: between two steps of the change."""
    factory = msgidpolicy.MsgIdPolicy().header_factory

    class Name(str):
        def __hash__(self):
            factory("X-One", "a@b.example")
            return super().__hash__()

    factory.registry[Name("x-one")] = email.headerregistry.AddressHeader
    assert factory("X-One", "a@b.example").addresses[0].domain == "b.example"
    del factory.registry[Name("x-one")]
    assert not hasattr(factory("X-One", "a@b.example"), "addresses")


def test_a_registry_does_not_keep_what_changed_while_it_was_found():
    factory = msgidpolicy.MsgIdPolicy().header_factory

    class Old(email.headerregistry.UnstructuredHeader):
        def __init_subclass__(cls):
            factory.map_to_type("x-one", email.headerregistry.AddressHeader)

    factory.map_to_type("x-one", Old)
    factory("X-One", "a@b.example")
    assert factory("X-One", "a@b.example").addresses[0].domain == "b.example"


def test_a_copied_registry_is_a_registry_of_its_own():
    policy = msgidpolicy.MsgIdPolicy()
    policy.header_factory.map_to_type("x-one", email.headerregistry.AddressHeader)
    for copied in (copy.deepcopy(policy), pickle.loads(pickle.dumps(policy))):
        assert copied.header_factory("X-One", "a@b.example").addresses[0].domain == "b.example"
        copied.header_factory.map_to_type("x-one", email.headerregistry.UnstructuredHeader)
        assert not hasattr(copied.header_factory("X-One", "a@b.example"), "addresses")
    assert hasattr(policy.header_factory("X-One", "a@b.example"), "addresses")


@pytest.mark.parametrize(
    "name, value",
    [
        ("Subject", "one"),
        ("Subject", "caf\udce9"),
        ("To", "Ann <a@b.example>"),
        ("To", "team: Ann <a@b.example> (Ann), <b@c.example>;"),
        ("Date", "yesterday"),
        ("Content-Type", "text"),
        ("Message-ID", "<a@b> (=?utf-8?q?=C3=A9?=)"),
    ],
)
def test_the_core_is_asked_once_what_it_shows(monkeypatch, name, value):
    asked = []

    def show(*arguments):
        asked.append(arguments)
        return original(*arguments)

    original = _core.show
    monkeypatch.setattr(_core, "show", show)
    monkeypatch.setattr(_core, "check", None)
    message = EmailMessage(policy=msgidpolicy.SMTP)
    message[name] = value
    assert len(asked) == 1
    assert msgidpolicy.SMTP.header_fetch_parse(name, value) == message[name]
    times = len(asked)
    assert times == 2
    message[name].defects
    assert len(asked) == times


def test_what_was_checked_when_it_was_set_is_not_decoded_again_when_it_is_folded(monkeypatch):
    """A codec of one's own counts how often it is asked."""
    asked = []
    monkeypatch.setattr("msgidpolicy.charset.codec", lambda name: asked.append(name) or "latin-1")
    message = EmailMessage(policy=msgidpolicy.SMTP)
    message["To"] = "=?iso-8859-15?q?Zo=EB?= <zoe@example.com>"
    while_set = len(asked)
    assert while_set > 0
    message.as_bytes()
    header = message["To"]
    unchecked = type(header)._parsed("To", str(header._value))
    before = len(asked)
    msgidpolicy.SMTP.fold_binary("To", unchecked)
    without = len(asked) - before
    before = len(asked)
    msgidpolicy.SMTP.fold_binary("To", header)
    assert len(asked) - before < without


@pytest.mark.parametrize("name, word", [("Subject", "a\ud800b"), ("To", "a\ud800b@x.example"), ("X-Own", "\udfff")])
def test_a_surrogate_that_stands_for_no_octet_is_shown_as_one_character_folded_or_not(name, word):
    shown = [str(msgidpolicy.SMTP.header_fetch_parse(name, value)) for value in (word, f"\n {word}")]
    assert shown == [re.sub("[\ud800-\udfff]", "\ufffd", word)] * 2
