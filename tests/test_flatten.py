"""flatten(): a message of any kind as it goes over the wire."""

import email
import email.policy
import os
import pickle
import smtplib
import threading
import time
from email.header import Header
from email.message import EmailMessage, Message
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import formataddr

import pytest
from judge import judge
from whole_mail import fields_of

import msgidpolicy
from msgidpolicy import flatten
from msgidpolicy.demo import Server

LONG_ID = f"<{'x' * 90}@mail.example.com>"
MEANT = {
    "From": "ann@example.com",
    "To": "Zoë Müller <zoe@example.org>, bob@example.org",
    "Subject": "Grüße – " + "Fortschritte der Arbeiten am neuen Büro " * 4,
    "References": " ".join([LONG_ID, "<2@example.com>", "<3@example.com>"]),
    "List-Unsubscribe": f"<https://example.com/leave?t={'t' * 90}>, <mailto:leave@example.com>",
}
BODY = ".a dot\nFrom the start\nGrüße\n"


def new_kind(policy=None):
    message = EmailMessage(policy=policy) if policy else EmailMessage()
    for name, value in MEANT.items():
        message[name] = value
    message["Bcc"] = "hidden@example.org"
    message["Resent-Bcc"] = "hidden@example.org"
    message.set_content(BODY)
    message.add_alternative("<img src=cid:x>", subtype="html")
    message.get_payload()[1].add_related(b"x", "image", "png", cid=LONG_ID)
    message.add_attachment(b"x" * 99, maintype="application", subtype="pdf", filename="Übersicht.pdf")
    return message


def old_kind(of=str):
    message = MIMEMultipart()
    for name, value in MEANT.items():
        message[name] = of(value)
    message["Bcc"] = "hidden@example.org"
    message["Resent-Bcc"] = "hidden@example.org"
    message.attach(MIMEMultipart("alternative", _subparts=[MIMEText(BODY, "plain", "utf-8"), MIMEText("x", "html")]))
    attachment = MIMEApplication(b"x" * 99, "pdf")
    attachment.add_header("Content-Disposition", "attachment", filename="Übersicht.pdf")
    message.attach(attachment)
    return message


KINDS = {
    "EmailMessage()": new_kind,
    "msgidpolicy.SMTP": lambda: new_kind(msgidpolicy.SMTP),
    "msgidpolicy.default": lambda: new_kind(msgidpolicy.default),
    "email.policy.SMTP": lambda: new_kind(email.policy.SMTP),
    "email.policy.SMTPUTF8": lambda: new_kind(email.policy.SMTPUTF8),
    "email.policy.strict": lambda: new_kind(email.policy.strict),
    "email.mime, str": old_kind,
    "email.mime, Header": lambda: old_kind(lambda value: Header(value, "us-ascii" if value.isascii() else "utf-8")),
    "read": lambda: email.message_from_bytes(new_kind(msgidpolicy.SMTP).as_bytes()),
    "read, email.policy.SMTP": lambda: email.message_from_bytes(
        new_kind(msgidpolicy.SMTP).as_bytes(), policy=email.policy.SMTP
    ),
}
any_kind = pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)


def fields(octets):
    return {field.name: field.octets for field in fields_of(octets)}


def state(message):
    """All that a message and its parts are made of."""
    return [
        (id(part), part.policy, list(part.raw_items()), part.get_payload() if part.is_multipart() else part._payload)
        for part in message.walk()
    ]


@any_kind
def test_a_message_of_any_kind_arrives_folded_by_this_policy(make):
    message = make()
    with Server() as server, smtplib.SMTP("127.0.0.1", server.port) as client:
        client.sendmail("ann@example.com", ["bob@example.org"], flatten(message))
    (received,) = server.received
    found = fields(received)
    assert msgidpolicy.audit(received, ignore=["message"]) == []
    for name, value in MEANT.items():
        if not (name == "To" and make is KINDS["email.mime, Header"]):  # a Header is a text, not a list of addresses
            assert judge(name, value, found[name]) == []
    parts = [part for part in email.message_from_bytes(received, policy=email.policy.default).walk()]
    assert [part.get_filename() for part in parts if part.get_filename()] == ["Übersicht.pdf"]
    (text,) = [part for part in parts if part.get_content_type() == "text/plain"]
    assert text.get_content().splitlines() == BODY.splitlines()


@any_kind
def test_neither_the_message_nor_a_part_nor_a_policy_changes(make):
    message = make()
    before = state(message)
    flatten(message)
    assert state(message) == before


@any_kind
def test_eight_threads_flatten_one_message(make):
    message = make()
    wires, errors = set(), []
    for part in message.walk():
        if part.get_content_maintype() == "multipart":
            part.set_boundary(f"b{id(part)}")
    before = state(message)

    def work():
        try:
            for _ in range(20):
                wires.add(flatten(message))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == [] and len(wires) == 1
    assert state(message) == before


@any_kind
def test_blind_copies_are_sent_to_nobody_else(make):
    message = make()
    if make.__name__ == "new_kind":
        assert message["Bcc"] == message["Resent-Bcc"] == "hidden@example.org"
    assert b"hidden@example.org" not in flatten(message)
    assert "Bcc" in message


def test_blind_copies_are_kept_if_asked_for():
    octets = flatten(new_kind(), keep_bcc=True)
    assert b"\r\nBcc: hidden@example.org\r\n" in octets and b"\r\nResent-Bcc: hidden@example.org\r\n" in octets


def test_blind_copies_of_a_forwarded_message_are_part_of_it():
    message = EmailMessage()
    message.add_attachment(new_kind())
    assert b"\r\nBcc: hidden@example.org\r\n" in flatten(message)


@any_kind
@pytest.mark.parametrize("linesep", ["\r\n", "\n"])
def test_each_line_has_the_line_end_of_the_policy(make, linesep):
    octets = flatten(make(), policy=msgidpolicy.default.clone(linesep=linesep))
    assert octets.count(b"\n") == octets.count(linesep.encode())
    assert linesep == "\r\n" or b"\r" not in octets


def test_no_line_that_begins_with_from_is_changed():
    assert b"\r\nFrom the start\r\n" in flatten(new_kind())
    assert b"\r\nFrom the start\r\n" in flatten(MIMEText("\nFrom the start\n"))
    assert b"\r\nFrom the start\r\n" in flatten(
        MIMEText("\nFrom the start\n"), policy=msgidpolicy.SMTP.clone(mangle_from_=True)
    )


def test_a_boundary_of_ones_own_stays_and_others_are_new_and_in_no_body():
    message = old_kind()
    message.set_boundary("my boundary")
    first, second = flatten(message), flatten(message)
    assert b'boundary="my boundary"' in first and b"\r\n--my boundary--\r\n" in first
    inner = [email.message_from_bytes(octets).get_payload(0).get_boundary() for octets in (first, second)]
    assert inner[0] != inner[1] and all(len(boundary) <= 70 for boundary in inner)  # RFC 2046, 5.1.1


def test_octets_that_are_not_us_ascii_are_encoded_for_seven_bits():
    source = b"Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\nGr\xfc\xdfe\n"
    message = email.message_from_bytes(source)
    assert b"Gr\xfc\xdfe" in flatten(message)
    assert flatten(message, policy=msgidpolicy.SMTP.clone(cte_type="7bit")).isascii()


def test_a_local_part_that_is_not_us_ascii_needs_smtputf8():
    for message in (EmailMessage(policy=msgidpolicy.SMTP), MIMEText("")):
        message["To"] = "zoë@example.com"
        with pytest.raises(msgidpolicy.FieldError, match="utf8"):
            flatten(message)
        assert "zoë@example.com".encode() in flatten(message, policy=msgidpolicy.SMTPUTF8)


def test_encoded_words_that_email_mime_made_too_long_are_encoded_anew():
    message = MIMEText("")
    message["Subject"] = Header(MEANT["Subject"], "utf-8").encode()
    message["From"] = formataddr(("Grüße aus dem schönen Köln an alle, die hier noch nicht waren", "ann@example.com"))
    octets = flatten(message)
    assert msgidpolicy.audit(octets, ignore=["message"]) == []
    for name, value in (("Subject", MEANT["Subject"]), ("From", str(message["From"]))):
        assert judge(name, value, fields(octets)[name]) == []


def test_encoded_words_that_were_read_stay():
    word = "=?utf-8?q?" + "=C3=BC" * 12 + "?="
    message = email.message_from_string(f"Subject: {word}\n\n")
    assert flatten(message) == f"Subject: {word}\r\n\r\n".encode()


def test_a_line_end_that_is_no_fold_is_refused():
    message = MIMEText("")
    message["Subject"] = "one\nBcc: everybody@example.org"
    with pytest.raises(msgidpolicy.FieldError, match="Subject"):
        flatten(message)


def test_the_parts_that_were_signed_stay_as_they_were_signed():
    part = MIMEText("x")
    part["X-Note"] = "=?utf-8?q?" + "=C3=BC" * 12 + "?="
    signed = part.as_bytes(policy=msgidpolicy.SMTP.clone(max_line_length=0))
    message = MIMEMultipart("signed", _subparts=[part, MIMEApplication(b"signature", "pkcs7-signature")])
    assert signed in flatten(message)


def test_what_a_parser_could_not_take_apart_goes_on_as_it_came():
    source = b"Content-Type: multipart/mixed\r\n\r\nno boundary at all\r\n"
    assert flatten(email.message_from_bytes(source)) == source


def test_a_message_of_a_class_of_ones_own_is_flattened():
    class Mine(Message):
        pass

    message = pickle.loads(pickle.dumps(email.message_from_string("References: <1@example.com>\n\nx\n", Message)))
    message.__class__ = Mine
    assert flatten(message) == b"References: <1@example.com>\r\n\r\nx\r\n"


def with_attachment(size):
    message = EmailMessage()
    message["Subject"] = "twenty megabytes"
    message.set_content("x")
    message.add_attachment(os.urandom(size), maintype="application", subtype="octet-stream", filename="x")
    return message


def test_a_large_attachment_takes_three_times_its_message_of_memory():
    message = with_attachment(20_000_000)
    tracemalloc = pytest.importorskip("tracemalloc")  # not on PyPy
    tracemalloc.start()
    size = len(flatten(message))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak <= 3 * size


def test_a_large_attachment_takes_no_more_time_than_as_bytes():
    took = {flatten: [], EmailMessage.as_bytes: []}
    for _ in range(3):
        for render in took:
            message = with_attachment(20_000_000)
            begun = time.process_time()
            render(message)
            took[render].append(time.process_time() - begun)
    assert min(took[flatten]) <= min(took[EmailMessage.as_bytes])
