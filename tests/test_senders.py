"""Which program writes so: said where that is sure, and nowhere else."""

import email.policy
from email.message import EmailMessage

import pytest
from whole_mail import mail, multipart

import msgidpolicy

SECOND_LINE = ("line-empty-first", "msg-id")
LONG_ID = f"<{'x' * 70}@mail.example.com>"


def senders(octets, *rules):
    return {finding.sender for finding in msgidpolicy.audit(octets, select=rules)}


def as_python_encodes(text):
    """As ``email.policy`` encoded what has no place to fold."""
    return "".join(character if character.isalnum() or character in "-!*+/" else f"={ord(character):02X}" for character in text)


@pytest.mark.parametrize(
    "name, program",
    [
        ("Message-ID", "Python 3.7 or older (email.policy)"),
        ("In-Reply-To", "Python before 3.13.18 and 3.14.10 (email.policy)"),
        ("References", "Python before 3.13.18 and 3.14.10 (email.policy)"),
        ("Content-ID", "Python (email.policy)"),
        ("Resent-Message-ID", "Python (email.policy)"),
    ],
)
def test_encoded_msg_ids_tell_the_version_of_python(name, program):
    octets = mail(f"{name}: =?utf-8?q?{as_python_encodes('<a1.b2@mail.example.com>')}?=", without=["Message-ID"])
    assert senders(octets, "msg-id-encoded") == {program}


def test_base64_and_other_fields_do_so_too():
    octets = mail("List-Unsubscribe: =?utf-8?q?=3Chttps=3A//example=2Ecom/?=\n =?utf-8?b?dW5zdWJzY3JpYmU+?=")
    assert senders(octets, "encoded-word-in-token") == {"Python (email.policy)"}


@pytest.mark.parametrize(
    "word",
    [
        "=?UTF-8?Q?=3Ca=40example=2Ecom=3E?=",
        "=?us-ascii?Q?=3Ca=40example=2Ecom=3E?=",
        "=?utf-8?q?<a@example.com>?=",
        "=?utf-8?q?=3C=C3=A9=40example=2Ecom=3E?=",
        "=?utf-8?b?PMOpQGV4YW1wbGUuY29tPg==?=",
        "=?utf-8?b?PGFAZXhhbXBsZS5jb20+####?= =?utf-8?q?=3Ca=40example=2Ecom=3E?=",
        "=?utf-8?q?=3Ca=40example=2Ecom=3E?= =?UTF-8?Q?=3Cb=40example=2Ecom=3E?=",
    ],
)
def test_what_others_may_have_encoded_does_not(word):
    assert senders(mail(f"In-Reply-To: {word}"), "msg-id-encoded") == {""}


def test_what_this_python_encodes_is_known():
    message = EmailMessage(policy=email.policy.SMTP)
    message["From"], message["Content-ID"], message["References"] = "a@example.com", LONG_ID, LONG_ID
    message["List-Unsubscribe"] = f"<https://example.com/{'u' * 70}>"
    for finding in msgidpolicy.audit(message, select=["msg-id-encoded", "encoded-word-in-token"]):
        assert finding.sender.startswith("Python"), finding


def test_outlook_begins_long_ids_on_the_second_line():
    msg_id = "<AM0PR05MB6834D2C88EE7DD0B43CC6B35E8A0A@AM0PR05MB6834.eurprd05.prod.outlook.com>"
    assert senders(mail(f"Message-ID:\n {msg_id}", without=["Message-ID"]), *SECOND_LINE) == {"Outlook"}
    assert senders(mail("Message-ID:\n <a@example.com>", without=["Message-ID"]), *SECOND_LINE) == {""}
    assert senders(mail(f"In-Reply-To:\n {msg_id}"), *SECOND_LINE) == {""}


@pytest.mark.parametrize(
    "field, program",
    [
        (
            "X-Mailer: PHPMailer 6.8.0 (https://github.com/PHPMailer/PHPMailer)",
            "PHPMailer 6.8.0 (https://github.com/PHPMailer/PHPMailer)",
        ),
        ("User-Agent: Mutt/1.5.3i", "Mutt/1.5.3i"),
        ("X-PHP-Originating-Script: 1000:send.php", "PHP: 1000:send.php"),
        ("X-PHP-Script: example.com/send.php for 192.0.2.1", "PHP: example.com/send.php for 192.0.2.1"),
        ("X-Mailer: =?utf-8?q?a?= \x01", ""),
        ("X-Mailer: " + "x" * 300, ""),
        ("X-Mailer:", ""),
        ("X-Other: PHP", ""),
    ],
)
def test_a_program_that_names_itself(field, program):
    assert senders(mail(field, Date="tomorrow"), "date-invalid") == {program}
    assert senders(mail(field, without=["Date"]), "message-no-date") == {program}
    assert senders(mail(field, body=b"\xff"), "body-8bit") == {program}


@pytest.mark.parametrize("field", ["Received: a b\n \n c", "X-Spam: a\n \n c", "ARC-Seal: a\n \n c"])
def test_it_did_not_write_what_relays_write(field):
    assert senders(mail("X-Mailer: Mutt", field), "line-blank") == {""}
    assert senders(mail("X-Mailer: Mutt", "Subject: a"), "message-field-twice") == {""}


def test_it_wrote_its_own_message_and_no_other():
    inner = "Content-Type: message/rfc822\n\nX-Mailer: Mutt\nDate: tomorrow\n\n"
    assert senders(multipart(inner, X_Mailer="Eudora"), "date-invalid") == {"Mutt"}
    assert senders(multipart(inner, "Content-Disposition: inline; a\n\n", X_Mailer="Eudora"), "parameter-no-value") == {
        "Eudora"
    }


def test_python_is_known_by_its_boundaries_and_ids():
    octets = multipart("Content-Disposition: inline; a\n\n").replace(b"limit", b'"===============0123456789012345678=="', 1)
    octets = octets.replace(b"--limit", b"--===============0123456789012345678==")
    assert senders(octets, "parameter-no-value") == {"Python's email package"}
    octets = mail("Subject: a", Date="tomorrow", Message_ID="<167119948916.50921.14529814791249370642@example.com>")
    assert senders(octets, "date-invalid") == {"Python's email package"}
    assert senders(mail(Date="tomorrow"), "date-invalid") == {""}
