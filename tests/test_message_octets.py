"""What can be audited: octets, text, and the message objects that people have. CI runs this with each Flask-Mail."""

import email
import email.policy
import mailbox
from email.message import EmailMessage, Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import flask
import flask_mail
import pytest
from whole_mail import HEADER, mail, rules

import msgidpolicy
from msgidpolicy.check._mail.message_octets import octets_of
from msgidpolicy.demo import Server

BROKEN = "List-Help: help"  # without angle brackets


def filled(message):
    for name, value in HEADER.items():
        if name != "MIME-Version":
            message[name] = value
    message["List-Help"] = "help"
    return message


def with_text(message):
    message.set_content("Grüße\n")
    return filled(message)


OBJECTS = {
    "EmailMessage": lambda: with_text(EmailMessage(policy=email.policy.default.clone(linesep="\n"))),
    "EmailMessage, SMTP": lambda: with_text(EmailMessage(policy=email.policy.SMTP)),
    "EmailMessage, ours": lambda: with_text(msgidpolicy.EmailMessage()),
    "MIMEText": lambda: filled(MIMEText("Grüße\n", "plain", "utf-8")),
    "Message": lambda: filled(email.message_from_string("\nHello\n", Message)),
    "mailbox": lambda: filled(mailbox.mboxMessage()),
    "parsed": lambda: email.message_from_bytes(mail(BROKEN)),
    "parsed, ours": lambda: email.message_from_bytes(mail(BROKEN), policy=msgidpolicy.default),
    "bytes": lambda: mail(BROKEN),
    "bytes, LF": lambda: mail(BROKEN, line_end="\n"),
    "bytearray": lambda: bytearray(mail(BROKEN)),
    "memoryview": lambda: memoryview(mail(BROKEN)),
    "str": lambda: mail(BROKEN, line_end="\n").decode(),
    "str, CRLF": lambda: mail(BROKEN).decode(),
}


@pytest.mark.parametrize("kind", OBJECTS)
def test_whatever_is_a_message_is_audited(kind):
    found = msgidpolicy.audit(OBJECTS[kind]())
    assert [(finding.rule, finding.field) for finding in found] == [("list-brackets", "List-Help")]


def test_a_message_object_is_written_as_smtplib_does_it():
    for kind in OBJECTS:
        message = OBJECTS[kind]()
        if hasattr(message, "walk"):
            octets = octets_of(message)
            assert octets.count(b"\r\n") == octets.count(b"\n") > 5 and octets == octets_of(octets)
            assert message["List-Help"] == "help"


def test_a_multipart_of_the_older_kind_is_written_with_its_boundaries():
    message = filled(MIMEMultipart())
    message.attach(MIMEText("Hello\n"))
    assert rules(message) == ["list-brackets"]


def test_a_str_is_utf8_and_octets_that_were_read_stay():
    assert octets_of("é\udcff") == "é".encode() + b"\xff"
    assert rules(mail(body="é\n").decode()) == ["body-8bit"]
    with pytest.raises(UnicodeEncodeError):
        octets_of("\ud800")


def test_line_ends_of_two_kinds_are_bare_ones_where_the_first_is_crlf():
    text = mail(body="a\nb\n").decode()
    assert rules(text.replace("b\r\n", "b\n")) == ["octet-bare-lf"]
    assert rules(mail(line_end="\n") + b"a\r\nb\r\n") == []


@pytest.mark.parametrize("message", [None, 1, ["From: a"], object()])
def test_anything_else_is_none(message):
    with pytest.raises(TypeError, match="a message is bytes, str or a message object, not"):
        octets_of(message)


@pytest.mark.parametrize("policy", [None, msgidpolicy.SMTP])
@pytest.mark.parametrize("class_name", ["theirs", "ours"])
def test_a_message_of_flask_mail_is_what_it_sends(class_name, policy, monkeypatch):
    monkeypatch.setattr(flask_mail, "message_policy", policy, raising=False)
    message_class = flask_mail.Message if class_name == "theirs" else msgidpolicy.Message
    with Server() as server:
        app = flask.Flask("sender")
        app.config.update(MAIL_SERVER="127.0.0.1", MAIL_PORT=server.port)
        mailer = flask_mail.Mail(app)
        with app.app_context():
            message = message_class("Minutes", ["bob@example.org"], "Hello\n", sender="ann@example.com", date=1793613600)
            message.extra_headers = {"List-Help": "help"}
            mailer.send(message)
            audited = octets_of(message)
            assert rules(message, select=["list"]) == ["list-brackets"]
    assert server.received[0].split() == audited.split()
