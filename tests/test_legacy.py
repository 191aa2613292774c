"""compat32: messages of the older kind keep their values and are folded as the others are."""

import copy
import email
import email.policy
import pickle
import smtplib
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage, Message
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import formataddr

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judge import judge
from whole_mail import fields_of

import msgidpolicy
from msgidpolicy.demo import Server

LONG_ID = f"<{'x' * 90}@mail.example.com>"
SUBJECT = "Grüße – " + "Fortschritte der Arbeiten am neuen Büro " * 4
SMTP = msgidpolicy.compat32.clone(linesep="\r\n")
TOO_LONG = "=?utf-8?q?" + "=C3=BC" * 12 + "?="  # 84 octets


def field(message, name):
    octets = message.as_bytes(policy=message.policy.clone(linesep="\r\n"))
    (found,) = [field.octets for field in fields_of(octets) if field.name == name]
    return found


def broken_rules(octets):
    """Of fields, whatever others a message has to have, and whether or not they have an address: some here have a name alone."""
    return msgidpolicy.audit(octets, ignore=["message", "address-none"])


VALUES = {
    "Subject": [SUBJECT, "plain", Header(SUBJECT, "utf-8"), Header(SUBJECT, "utf-8").encode(), "", "a\n b", 7],
    "To": ["Jürgen <juergen@example.org>", formataddr(("Jürgen", "j@example.org")), Address("Ann", "ann", "example.org")],
    "References": [" ".join([LONG_ID] * 20)],
}


@pytest.mark.parametrize("name, value", [(name, value) for name, values in VALUES.items() for value in values])
def test_a_value_is_handed_out_as_the_standard_librarys_policy_does(name, value):
    theirs, ours = MIMEText("", policy=email.policy.compat32), MIMEText("", policy=msgidpolicy.compat32)
    for message in (theirs, ours):
        message[name] = value
    assert ours[name] is value
    for ask in (Message.items, Message.values, Message.keys, lambda m: m.get_all(name), lambda m: str(m[name])):
        assert ask(ours) == ask(theirs)
        assert [type(found) for found in ask(ours)] == [type(found) for found in ask(theirs)]


def test_values_that_were_read_are_handed_out_as_the_standard_librarys_policy_does():
    source = b"Subject: Gr\xc3\xbc\xc3\x9fe\r\nX-One:  one\r\n\ttwo\r\nX-None:\r\n\r\n"
    theirs, ours = (email.message_from_bytes(source, policy=p) for p in (email.policy.compat32, msgidpolicy.compat32))
    assert [(type(value), str(value)) for value in ours.values()] == [(type(value), str(value)) for value in theirs.values()]


def test_an_address_beside_a_name_that_is_encoded_stays_an_address():
    message = MIMEText("", policy=msgidpolicy.compat32)
    message["To"] = "Jürgen <juergen@example.org>, Zoë <zoe@example.org>"
    expected = b"To: =?utf-8?q?J=C3=BCrgen?= <juergen@example.org>,\r\n =?utf-8?q?Zo=C3=AB?= <zoe@example.org>\r\n"
    assert field(message, "To") == expected


def test_msg_ids_are_never_folded_or_encoded():
    message = MIMEText("", policy=msgidpolicy.compat32)
    message["References"] = f"{LONG_ID} <2@example.com>"
    assert field(message, "References") == f"References: {LONG_ID}\r\n <2@example.com>\r\n".encode()


@pytest.mark.parametrize("value", [SUBJECT, Header(SUBJECT, "utf-8"), Header(SUBJECT, "utf-8", header_name="Subject")])
def test_a_text_is_folded_as_it_was_meant(value):
    message = MIMEText("", policy=msgidpolicy.compat32)
    message["Subject"] = value
    assert broken_rules(field(message, "Subject")) == []
    assert str(email.message_from_bytes(field(message, "Subject"), policy=email.policy.default)["Subject"]) == SUBJECT


def test_encoded_words_that_were_set_are_encoded_anew_where_they_are_too_long():
    message = MIMEText("", policy=msgidpolicy.compat32)
    message["Subject"] = Header(SUBJECT, "utf-8").encode()
    message["From"] = formataddr(("Grüße aus dem schönen Köln an alle, die hier noch nicht waren", "ann@example.com"))
    assert broken_rules(field(message, "Subject") + field(message, "From")) == []
    assert judge("Subject", SUBJECT, field(message, "Subject")) == []


def test_encoded_words_that_were_read_stay():
    message = email.message_from_string(f"Subject: {TOO_LONG}\n\n", policy=msgidpolicy.compat32)
    assert field(message, "Subject") == f"Subject: {TOO_LONG}\r\n".encode()
    del message["Subject"]
    message["Subject"] = TOO_LONG
    assert broken_rules(field(message, "Subject")) == []


def test_a_policy_that_comes_late_takes_values_for_what_was_read():
    message = MIMEText("")
    message["Subject"] = TOO_LONG
    message.policy = msgidpolicy.compat32
    assert field(message, "Subject") == f"Subject: {TOO_LONG}\r\n".encode()


SIGNED = b"X-Signed:  Gr\xc3\xbc\xc3\x9fe \xe9\r\n\taus K\xf6ln" + b" und" * 30 + b"\r\n"


def test_octets_that_were_read_leave_as_they_came():
    source = SIGNED.replace(b":  ", b": ") + b"\r\n"
    assert email.message_from_bytes(source, policy=SMTP).as_bytes() == source
    message = email.message_from_bytes(source)
    message.policy = SMTP
    assert message.as_bytes() == source


def test_octets_that_were_read_are_encoded_for_seven_bits_and_for_text():
    message = email.message_from_bytes(SIGNED + b"\r\n", policy=SMTP)
    assert message.as_bytes(policy=SMTP.clone(cte_type="7bit")).isascii()
    assert message.as_string().isascii()


def test_octets_that_were_read_are_folded_where_a_line_passes_998():
    source = b"X-Long: " + b"\xe9 word" * 200 + b"\r\n\r\n"
    octets = email.message_from_bytes(source, policy=SMTP).as_bytes()
    assert max(map(len, octets.splitlines())) <= 998


def test_a_line_end_that_is_no_fold_is_refused_when_it_is_folded():
    message = MIMEText("", policy=msgidpolicy.compat32)
    message["Subject"] = "one\nBcc: everybody@example.org"
    with pytest.raises(msgidpolicy.FieldError, match="Subject"):
        message.as_bytes()
    with pytest.raises(ValueError):
        message.as_string()


def test_an_address_that_cannot_be_written_is_refused():
    message = MIMEText("", policy=msgidpolicy.compat32)
    message["To"] = "zoë@example.com"
    with pytest.raises(msgidpolicy.FieldError, match="utf8"):
        message.as_bytes()


def everything(policy=msgidpolicy.compat32):
    message = MIMEMultipart(policy=policy)
    message["Subject"] = Header(SUBJECT, "utf-8").encode()
    message["From"] = Header("Jürgen", "utf-8")
    message["To"] = "Jürgen <juergen@example.org>"
    message["References"] = " ".join([LONG_ID] * 3)
    message["X-Modern"] = EmailMessage(policy=msgidpolicy.SMTP).policy.header_factory("X-Modern", "ü " * 60)
    attachment = MIMEApplication(b"x", "pdf", policy=policy)
    attachment.add_header("Content-Disposition", "attachment", filename="Übersicht über alle Büros in Köln und Bonn.pdf")
    message.attach(attachment)
    message.set_boundary("b")
    return message


@pytest.mark.parametrize(
    "copied",
    [copy.copy, copy.deepcopy, lambda message: pickle.loads(pickle.dumps(message))],
    ids=["copy", "deepcopy", "pickle"],
)
def test_a_copied_message_is_folded_the_same_and_hands_out_the_same(copied):
    message = everything()
    again = copied(message)
    assert again.as_bytes() == message.as_bytes() and again.as_string() == message.as_string()
    assert [str(value) for value in again.values()] == [str(value) for value in message.values()]
    assert type(again.policy) is msgidpolicy.MsgIdCompat32


def test_all_of_a_message_is_right():
    assert broken_rules(everything(SMTP).as_bytes()) == []
    octets = msgidpolicy.flatten(everything())
    assert broken_rules(octets) == []


def test_smtplib_sends_it_folded():
    message = everything()
    with Server() as server, smtplib.SMTP("127.0.0.1", server.port) as client:
        client.send_message(message, "ann@example.com", ["bob@example.org"])
    assert broken_rules(server.received[0]) == []


def test_clone_and_sum_keep_the_class():
    for policy in (
        msgidpolicy.compat32.clone(max_line_length=60),
        msgidpolicy.compat32 + email.policy.compat32.clone(max_line_length=60),
        email.policy.compat32 + msgidpolicy.compat32.clone(max_line_length=60),
        copy.deepcopy(msgidpolicy.compat32.clone(max_line_length=60)),
        pickle.loads(pickle.dumps(msgidpolicy.compat32.clone(max_line_length=60))),
    ):
        assert type(policy) is msgidpolicy.MsgIdCompat32 and policy.max_line_length == 60
        assert policy.fold("Subject", "word " * 20).count("\n") == 2
    assert isinstance(msgidpolicy.compat32, email.policy.Compat32)


def test_its_settings_are_those_of_its_namesake():
    for setting in ("max_line_length", "linesep", "cte_type", "raise_on_defect", "mangle_from_"):
        assert getattr(msgidpolicy.compat32, setting) == getattr(email.policy.compat32, setting)


def test_utf8_goes_as_it_is_if_asked_for():
    message = MIMEText("", policy=msgidpolicy.compat32.clone(utf8=True))
    message["To"] = "zoë@example.com"
    assert field(message, "To") == "To: zoë@example.com\r\n".encode()


@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=120))
def test_what_is_set_is_folded_as_the_policy_of_the_new_kind_folds_it(value):
    new = EmailMessage(policy=msgidpolicy.SMTP)
    old = Message(policy=SMTP)
    try:
        new["Subject"] = value
        expected = new.as_bytes()
    except msgidpolicy.FieldError:
        return
    old["Subject"] = value
    assert old.as_bytes() == expected
