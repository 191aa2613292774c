"""Values that are header objects: of the legacy email.header, of another policy, or of a registry of one's own."""

import copy
import email
import email.policy
import os
import pickle
import random
import re
import sys
from email.header import Header
from email.headerregistry import Address, Group, HeaderRegistry
from email.message import EmailMessage
from email.mime.text import MIMEText
from email.utils import formataddr

import pytest
from judge import decode, unfold

import msgidpolicy
from msgidpolicy import FieldError, field_body

NAMES = int(os.environ.get("MSGIDPOLICY_NAMES", "600"))
SPECIALS = ',;:<>()"\\@'
LONG_ID = f"<{'x' * 90}@mail.example.com>"


@pytest.fixture(autouse=True)
def domain(monkeypatch):
    monkeypatch.setenv("MESSAGE_ID_DOMAIN", "example.com")


def wire(name, value, policy=msgidpolicy.SMTP):
    message = EmailMessage(policy=policy)
    message[name] = value
    return message.as_bytes().removesuffix(b"\r\n")


# --- email.header.Header -------------------------------------------------------------------------


def late(name, header):
    """A legacy message whose policy is set late."""
    message = MIMEText("")
    message[name] = header
    message.policy = msgidpolicy.SMTP
    return dict(zip(message.keys(), field_lines(message.as_bytes())))[name]


def field_lines(message):
    return [field + b"\r\n" for field in re.split(rb"\r\n(?![ \t])", message.partition(b"\r\n\r\n")[0])]


def in_flask(name, header):
    from msgidpolicy import flask_mail

    message = flask_mail.Message("x", sender="a@b.example", recipients=["c@d.example"], extra_headers={name: header})
    built = message._message()
    return dict(zip(built.keys(), field_lines(built.as_bytes())))[name]


WAYS = [wire, msgidpolicy.fold, late, in_flask]
#: What goes over the wire for a Header, on every way.
HEADERS = [
    ("Message-ID", Header("<a@example.com>", "utf-8"), b"Message-ID: <a@example.com>\r\n"),
    ("In-Reply-To", Header(LONG_ID, "utf-8"), f"In-Reply-To: {LONG_ID}\r\n".encode()),
    ("References", Header(f"{LONG_ID} {LONG_ID}"), f"References: {LONG_ID}\r\n {LONG_ID}\r\n".encode()),
    ("Reply-To", Header("Jörg <j@example.com>", "utf-8"), b"Reply-To: =?utf-8?q?J=C3=B6rg?= <j@example.com>\r\n"),
    ("Cc", Header('"Smith, Jörg" <j@b.example>', "utf-8"), b"Cc: =?utf-8?q?Smith=2C_J=C3=B6rg?= <j@b.example>\r\n"),
    (
        "List-Unsubscribe",
        Header("<https://a.example/?" + "x" * 90 + ">"),
        b"List-Unsubscribe: <https://a.example/?" + b"x" * 90 + b">\r\n",
    ),
    ("Keywords", Header("é, b", "utf-8"), b"Keywords: =?utf-8?q?=C3=A9?= , b\r\n"),
    ("Subject", Header("plain", "utf-8"), b"Subject: plain\r\n"),
    ("Subject", Header("Grüße", "iso-8859-1"), b"Subject: =?iso-8859-1?q?Gr=FC=DFe?=\r\n"),
    ("X-Note", Header("a\n folded note", "utf-8"), b"X-Note: a folded note\r\n"),
    ("X-Note", Header("é\u2028a\x85b\x1c", "utf-8"), b"X-Note: =?utf-8?b?w6nigKhhwoViHA==?=\r\n"),
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name, header, expected", HEADERS)
def test_a_legacy_header_is_its_text_and_in_unstructured_text_its_encoded_words_stay(way, name, header, expected):
    assert way(name, header) == expected


def test_of_a_legacy_headers_chunks_those_that_are_not_us_ascii_are_encoded_words():
    header = Header("Re: the ", "us-ascii")
    header.append("Grüße", "iso-8859-1")
    header.append("of Monday", "us-ascii")
    header.append(" (in", "utf-8")
    header.append(" May)", "utf-8")
    for way in WAYS:
        assert way("X-Note", header) == b"X-Note: Re: the =?iso-8859-1?q?Gr=FC=DFe?= of Monday  (in  May)\r\n"
    assert str(header) == "Re: the Grüße of Monday  (in  May)"


@pytest.mark.parametrize("touching", ["(", "Grüße", "é "])
def test_a_chunk_that_does_not_stand_between_white_space_is_encoded_by_the_core(touching):
    header = Header(touching, "utf-8")
    header.append("Zoë", "iso-8859-1")
    for way in WAYS:
        assert decode(unfold(way("X-Note", header))) == f"X-Note: {header}"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["Reply-To", "X-Note", "In-Reply-To"])
@pytest.mark.parametrize("text", ["a\nBcc: x@y.example", "a\r\n\r\nb", "a\rb"])
def test_a_line_end_in_a_legacy_header_that_is_no_fold_is_refused(way, name, text):
    with pytest.raises(FieldError, match="linefeed"):
        way(name, Header(text, "utf-8"))


def test_octets_that_compat32_read_go_on_as_octets():
    source = b"From: J\xf6rg <j@example.com>,\r\n Zo\xc3\xab <z@example.com>\r\nSubject: caf\xc3\xa9\r\n au lait \xe9 =?utf-8?q?=C3=A9?=\r\n\r\n"
    old = email.message_from_bytes(source)
    assert isinstance(old["From"], Header)
    for way in WAYS:
        assert way("Reply-To", old["From"]) == (
            b"Reply-To: =?unknown-8bit?q?J=F6rg?= <j@example.com>,\r\n =?utf-8?q?Zo=C3=AB?= <z@example.com>\r\n"
        )
        assert way("X-Note", old["Subject"]) == (
            b"X-Note: =?utf-8?q?caf=C3=A9?= au lait =?unknown-8bit?q?=E9_?=\r\n =?utf-8?q?=C3=A9?=\r\n"
        )


def test_smtplib_finds_the_recipients_of_a_legacy_header():
    message = EmailMessage(policy=msgidpolicy.SMTP)
    message["To"] = Header("Jörg <j@example.com>", "utf-8")
    assert [address.addr_spec for address in message["To"].addresses] == ["j@example.com"]


def test_a_legacy_header_that_is_refused_can_be_looked_at():
    message = MIMEText("")
    message["X-Note"] = Header("a\nb", "utf-8")
    message.policy = msgidpolicy.SMTP
    assert message["X-Note"] == "ab"
    with pytest.raises(FieldError, match="linefeed"):
        message.as_bytes()


def test_a_protected_legacy_header_is_not_encoded():
    policy = msgidpolicy.SMTP.clone(protected_headers={"X-SMTPAPI"})
    assert wire("X-SMTPAPI", Header('{"a": "b"}', "utf-8"), policy) == b'X-SMTPAPI: {"a": "b"}\r\n'
    with pytest.raises(FieldError, match="utf8=True"):
        wire("X-SMTPAPI", Header("é", "utf-8"), policy)


# --- header objects of another policy's, and registries of one's own -----------------------------


def read_mailboxes(field):
    """The (name, addr-spec) pairs of a folded field, as a reader has them who knows the grammar alone: the field is
    split first, and what is encoded is decoded after."""
    body = unfold(field).partition(b":")[2].decode("ascii")
    tokens = re.findall(r'"(?:[^"\\]|\\.)*"|<[^>]*>|\((?:[^()\\]|\\.)*\)|[,;:]|[^\s"<(,;:]+', body)
    mailboxes, words, address = [], [], None
    for token in [*tokens, ","]:
        if token == ":":
            words = []  # the name of a group
        elif token in ",;":
            if address is None and words:
                address, words = "".join(words), []
            if address:
                mailboxes.append((read_name(words), address))
            words, address = [], None
        elif token.startswith("<"):
            address = token[1:-1]
        elif not token.startswith("("):
            words.append(token)
    return mailboxes


def read_name(words):
    text, last_encoded = "", True
    for word in words:
        is_encoded = word.startswith("=?") and word.endswith("?=")
        if is_encoded:
            shown = decode(word.encode())
        else:
            shown = re.sub(r"\\(.)", r"\1", word[1:-1]) if word.startswith('"') else word
        text += ("" if last_encoded and (is_encoded or not text) else " ") + shown
        last_encoded = is_encoded
    return text


def set_at_once(source, pairs):
    return wire("To", source)


def policy_set_late(source, pairs):
    message = EmailMessage()
    message["To"] = source
    message.policy = msgidpolicy.SMTP
    return message.as_bytes().removesuffix(b"\r\n")


def policy_as_an_argument(source, pairs):
    message = EmailMessage()
    message["To"] = source
    return message.as_bytes(policy=msgidpolicy.SMTP).removesuffix(b"\r\n")


def registry_of_ones_own(source, pairs):
    return wire("To", source, msgidpolicy.MsgIdPolicy(header_factory=HeaderRegistry(), linesep="\r\n"))


def object_that_was_parsed_elsewhere(source, pairs):
    elsewhere = email.message_from_string(f"To: {source}\n\n", policy=email.policy.default)
    return wire("To", elsewhere["To"])


def object_for_another_field(source, pairs):
    elsewhere = email.message_from_string(f"From: {source}\n\n", policy=email.policy.default)
    return wire("To", elsewhere["From"])


def objects_of_addresses(source, pairs):
    addresses = [Address(name, addr_spec=address) for name, address in pairs]
    return wire("To", [*addresses[:1], Group("Team: Köln, (x)", addresses[1:])])


def objects_of_addresses_late(source, pairs):
    message = EmailMessage()
    message["To"] = [Address(name, addr_spec=address) for name, address in pairs]
    return message.as_bytes(policy=msgidpolicy.SMTP).removesuffix(b"\r\n")


NAME_WAYS = [
    set_at_once,
    policy_set_late,
    policy_as_an_argument,
    registry_of_ones_own,
    object_that_was_parsed_elsewhere,
    object_for_another_field,
    objects_of_addresses,
    objects_of_addresses_late,
]
NAMED = [
    "Smith, Jörg",
    "Müller <CEO>",
    "Team: Köln",
    'Jörg "the one"',
    "Zoë (Sales)",
    "a@b.example, Jörg",
    "Back\\slash é",
    "Ann; Bob: é;",
    "Smith, Ann",
    "Ann (x)",
]


def made_names(count, seed=1):
    """Names of one to four words of letters and specials, as people and spoofers have them."""
    chooser = random.Random(seed)
    letters = "abcXYZ.'" + SPECIALS * 2 + "éöß日本€"
    for _ in range(count):
        words = ["".join(chooser.choices(letters, k=chooser.randint(1, 7))) for _ in range(chooser.randint(1, 4))]
        yield " ".join(words)


def quoted(name):
    return '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'


@pytest.mark.parametrize("way", NAME_WAYS)
def test_a_reader_sees_the_names_and_addresses_that_were_meant(way):
    names = [*NAMED, *made_names(NAMES)]
    broken = []
    for start in range(0, len(names), 5):
        pairs = [(name, f"{start}.{number}@example.com") for number, name in enumerate(names[start : start + 5])]
        for source in (
            ", ".join(map(formataddr, pairs)),
            ", ".join(f"{quoted(name)} <{address}>" for name, address in pairs),
        ):
            seen = read_mailboxes(way(source, pairs))
            broken += [(meant, found) for meant, found in zip(pairs, seen) if meant != found]
            broken += [] if len(seen) == len(pairs) else [(source, seen)]
    assert broken == []


def foreign(name, value):
    return email.policy.default.header_factory(name, value)


@pytest.mark.parametrize(
    "name, value",
    [
        ("To", "=?utf-8?q?Smith=2C_J=C3=B6rg?= <j@example.com> (a \\( comment =?utf-8?q?=C3=A9?=), b@c.example"),
        ("From", '"Smith, Ann" <ann@example.com>'),
        ("Subject", "=?iso-8859-1?q?caf=E9?=  =?utf-8?q?=C3=A9?= x =?utf-8?q?=3D=3Futf-8=3Fq=3Fx=3F=3D?="),
        ("Content-Disposition", "attachment; filename*0*=utf-8''%e2%82%ac%20; filename*1=x; a=b"),
        ("Content-Type", 'text/plain; charset="utf-8" (comment)'),
        ("References", "<a;;b@c.example> (c) <d@e.example>"),
        ("X-Note", "  two  blanks "),
        ("MIME-Version", "1.0 (produced by hand)"),
        *([("Date", "not a date")] if sys.version_info >= (3, 10) else []),  # CPython 3.9 raises on that
    ],
)
def test_a_header_object_of_pythons_own_policy_is_what_it_was_made_of(name, value):
    assert field_body.of_header(foreign(name, value)) == value
    assert b"".join(wire(name, foreign(name, value)).split(b"\r\n")) == f"{name}: {value}".encode()


def test_encoded_words_of_a_header_object_that_was_pickled_do_not_touch():
    header = foreign("Subject", "=?iso-8859-1?q?caf=E9?=  =?utf-8?q?=C3=A9?= x")
    for copied in (pickle.loads(pickle.dumps(header)), copy.deepcopy(header)):
        assert wire("Subject", copied) == b"Subject: =?iso-8859-1?q?caf=E9?= =?utf-8?q?=C3=A9?= x\r\n"


def test_a_comment_in_comments_is_no_reason_to_recurse():
    header = foreign("To", "a@b.example " + "(" * 50 + ")" * 50)
    assert field_body.of_header(header) == "a@b.example " + "(" * 50 + ")" * 50


def test_what_another_policy_holds_is_never_refused_for_its_grammar():
    """Nobody knows whether it was set or read."""
    other = EmailMessage(policy=email.policy.default)
    other["References"] = "<ö@b>"
    other["Bcc"] = "ö@b.example"
    other["Keywords"] = "a\x01b"
    message = EmailMessage(policy=msgidpolicy.SMTP)
    for name, header in other.items():
        message[name] = header
    assert message.as_bytes() == "References: <ö@b>\r\nBcc: ö@b.example\r\nKeywords: =?utf-8?q?a=01b?=\r\n\r\n".encode()
    other.policy = msgidpolicy.SMTP
    assert other.as_bytes() == message.as_bytes()


@pytest.mark.parametrize("name", ["To", "Subject", "References"])
def test_a_line_end_that_another_policys_factory_was_given_is_refused(name):
    header = foreign(name, "a\r\nBcc: x")
    with pytest.raises(FieldError, match="linefeed"):
        EmailMessage(policy=msgidpolicy.SMTP)[name] = header
    with pytest.raises(FieldError, match="linefeed"):
        msgidpolicy.SMTP.fold_binary(name, header)


def test_a_header_object_for_a_field_of_another_name_stays_read():
    read = email.message_from_bytes(b"Message-ID: <\xe9@b>\r\nFrom: \xe9@b.example\r\n\r\n", policy=msgidpolicy.SMTP)
    other = email.message_from_bytes(b"Message-ID: <\xe9@b>\r\nFrom: \xe9@b.example\r\n\r\n", policy=email.policy.default)
    for source in (read, other):
        reply = EmailMessage(policy=msgidpolicy.SMTP)
        reply["In-Reply-To"], reply["To"] = source["Message-ID"], source["From"]
        assert reply.as_bytes() == b"In-Reply-To: <\xe9@b>\r\nTo: \xe9@b.example\r\n\r\n"


def test_a_value_that_is_no_text_names_its_field():
    message = EmailMessage(policy=msgidpolicy.SMTP)
    for name, value in (("X-Priority", 1), ("Subject", b"x"), ("Message-ID", 1.5), ("Date", 1)):
        with pytest.raises(TypeError, match=f"field '{name}': a value must be str, not {type(value).__name__}"):
            message[name] = value
    with pytest.raises(TypeError, match="field 'X-Priority': a value must be str, not int"):
        msgidpolicy.fold("X-Priority", 1)
    assert message.keys() == []
