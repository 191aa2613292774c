"""What those write who check types: mypy --strict and pyright find nothing here."""

import email
import email.policy
import smtplib
from email.headerregistry import Address
from email.message import EmailMessage
from email.mime.text import MIMEText

import msgidpolicy
from msgidpolicy import SMTP, FieldError, MsgIdPolicy, fold, make_msgid, set_msgid_domain

message = EmailMessage(policy=msgidpolicy.SMTP)
message["References"] = "<a@b>"
message["To"] = [Address("Ann", "ann", "example.com")]
ids: tuple[str, ...] = message["References"].message_ids

policy: email.policy.EmailPolicy[EmailMessage] = msgidpolicy.SMTP
mine: MsgIdPolicy = MsgIdPolicy(protected_headers={"X-SMTPAPI"}, max_line_length=None)
clone: MsgIdPolicy = SMTP.clone(protected_headers={"X-SMTPAPI"}, refold_source="all")
http: email.policy.EmailPolicy[EmailMessage] = msgidpolicy.HTTP
line: bytes = fold("Subject", "Grüße")
without_limit: bytes = fold("To", Address("Ann", "ann", "example.com"), max_line_length=None, utf8=True)
value: str = msgidpolicy.unfold("a\r\n b")
msg_id: str = make_msgid("order-17", domain="example.com")
set_msgid_domain("example.com")
set_msgid_domain(None)

try:
    message["X-Note"] = "a\nb"
except FieldError as error:
    found: tuple[str, int, str, str] = error.name, error.offset, error.reason, error.value

parsed: EmailMessage = email.message_from_bytes(b"Subject: a\r\n\r\n", policy=msgidpolicy.SMTP)
octets: bytes = parsed.as_bytes(policy=msgidpolicy.SMTP)

ours = msgidpolicy.EmailMessage()
ours["Subject"] = "Hello"
ours.set_content("Hello\n")
flat: bytes = msgidpolicy.flatten(ours, policy=msgidpolicy.SMTPUTF8, keep_bcc=True)

legacy = MIMEText("Hello", policy=msgidpolicy.compat32)
legacy["Subject"] = "Hello"
flat = msgidpolicy.flatten(legacy)

installation = msgidpolicy.install(legacy=True)
unreached: list[str] = [each.name for each in installation.unreached]
msgidpolicy.uninstall()
with msgidpolicy.installed() as installation:
    is_legacy: bool = installation.legacy


def send(client: smtplib.SMTP) -> None:
    client.send_message(message)
    client.sendmail("ann@example.com", ["bob@example.org"], flat)
