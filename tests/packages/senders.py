"""How the users of each package send the hostile message: a function a package.

Each takes a Server and whether the line for msgidpolicy is written; it returns the octets that leave the program.
"""

import asyncio
import base64
import email
import imaplib
import io
import mailbox
import smtplib
import socketserver
import tempfile
import threading
from email.encoders import encode_base64
from email.header import Header
from email.message import EmailMessage
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import formataddr, formatdate, make_msgid
from pathlib import Path

import hostile

import msgidpolicy
from msgidpolicy import flatten

ADDRESSES = [address for _, address in hostile.RECIPIENTS]
ATTACHMENTS = {hostile.PDF: "application/pdf", hostile.DOCX: hostile.DOCX_TYPE}
SENDER = hostile.SENDER[1]


def new_kind(policy=None):
    """The hostile message as an EmailMessage."""
    message = EmailMessage(policy=policy) if policy else EmailMessage()
    message["Subject"], message["From"], message["To"] = hostile.SUBJECT, hostile.FROM, ", ".join(hostile.TO)
    message["Date"], message["Message-ID"], message["Bcc"] = formatdate(), make_msgid(), hostile.BLIND
    for name, value in hostile.HEADERS.items():
        message[name] = value
    message.set_content(hostile.BODY)
    message.add_alternative("<img src=cid:x>", subtype="html")
    message.get_payload()[1].add_related(hostile.picture(), "image", "png", cid=hostile.PICTURE_ID)
    for filename, content_type in ATTACHMENTS.items():
        maintype, subtype = content_type.split("/")
        message.add_attachment(b"x" * 99, maintype=maintype, subtype=subtype, filename=filename)
    return message


def old_kind(encode=True, policy=None):
    """The hostile message as a MIMEMultipart: with ``Header`` and ``formataddr``, or the plain ``str``."""
    message = MIMEMultipart(policy=policy)
    if encode:
        message["Subject"], message["From"] = Header(hostile.SUBJECT, "utf-8"), formataddr(hostile.SENDER)
        message["To"] = ", ".join(formataddr(pair) for pair in hostile.RECIPIENTS)
    else:
        message["Subject"], message["From"], message["To"] = hostile.SUBJECT, hostile.FROM, ", ".join(hostile.TO)
    message["Date"], message["Message-ID"], message["Bcc"] = formatdate(), make_msgid(), hostile.BLIND
    for name, value in hostile.HEADERS.items():
        message[name] = value
    message.attach(MIMEText(hostile.BODY, "plain", "utf-8"))
    picture = MIMEBase("image", "png")
    picture.set_payload(hostile.picture())
    encode_base64(picture)
    picture["Content-ID"] = hostile.PICTURE_ID
    message.attach(picture)
    for filename, content_type in ATTACHMENTS.items():
        part = MIMEBase(*content_type.split("/"))
        part.set_payload(b"x" * 99)
        encode_base64(part)
        part.add_header("Content-Disposition", "attachment", filename=filename)
        message.attach(part)
    return message


def files():
    """The attachments as files, for those that take no octets."""
    directory = Path(tempfile.mkdtemp())
    for name in ATTACHMENTS:
        (directory / name).write_bytes(b"x" * 99)
    return [str(directory / name) for name in ATTACHMENTS]


def with_crlf(octets):
    return octets.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def without_blind_copies(message):
    del message["Bcc"]
    return message


def received(server):
    return server.received[0] if server.received else None


# --- the standard library ------------------------------------------------------------------------


def _send_message(server, message):
    with smtplib.SMTP("127.0.0.1", server.port) as client:
        client.send_message(message, SENDER, ADDRESSES)
    return received(server)


def smtplib_new(server, cure):
    return _send_message(server, new_kind(msgidpolicy.SMTP if cure else None))


def smtplib_new_install(server, cure):
    if cure:
        msgidpolicy.install()
    return _send_message(server, new_kind())


def smtplib_old(server, cure):
    return _send_message(server, old_kind(policy=msgidpolicy.compat32 if cure else None))


def smtplib_old_str(server, cure):
    if cure:
        msgidpolicy.install(legacy=True)
    return _send_message(server, old_kind(encode=False))


def smtplib_sendmail(server, cure):
    message = old_kind(encode=False)
    octets = flatten(message) if cure else without_blind_copies(message).as_bytes()
    with smtplib.SMTP("127.0.0.1", server.port) as client:
        client.sendmail(SENDER, ADDRESSES, octets)
    return received(server)


def mbox(server, cure):
    box = mailbox.mbox(str(Path(tempfile.mkdtemp(), "box")))
    message = new_kind()
    key = box.add(flatten(message, policy=msgidpolicy.default) if cure else without_blind_copies(message))
    return with_crlf(box.get_bytes(key))


def maildir(server, cure):
    box = mailbox.Maildir(str(Path(tempfile.mkdtemp(), "box")))
    message = new_kind()
    key = box.add(flatten(message, policy=msgidpolicy.default) if cure else without_blind_copies(message))
    return with_crlf(box.get_bytes(key))


class _Imap(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"* OK IMAP4rev1 ready\r\n")
        for line in self.rfile:
            tag, command = line.split()[:2]
            if command == b"CAPABILITY":
                self.wfile.write(b"* CAPABILITY IMAP4rev1\r\n")
            elif command == b"APPEND":
                self.wfile.write(b"+ go on\r\n")
                self.server.appended = self.rfile.read(int(line.rsplit(b"{")[-1].split(b"}")[0]))
                self.rfile.readline()
            self.wfile.write(tag + b" OK done\r\n")


def imaplib_append(server, cure):
    with socketserver.TCPServer(("127.0.0.1", 0), _Imap) as imap:
        threading.Thread(target=imap.handle_request, daemon=True).start()
        client = imaplib.IMAP4(*imap.server_address)
        client.login("user", "password")
        message = new_kind()
        client.append("Sent", None, None, flatten(message) if cure else without_blind_copies(message).as_bytes())
        client.logout()
        return with_crlf(imap.appended)


# --- clients of SMTP -----------------------------------------------------------------------------


def _aiosmtplib(server, message):
    import aiosmtplib

    kwargs = {"hostname": "127.0.0.1", "port": server.port, "sender": SENDER, "recipients": ADDRESSES, "start_tls": False}
    asyncio.run(aiosmtplib.send(message, **kwargs))
    return received(server)


def aiosmtplib_new(server, cure):
    return _aiosmtplib(server, flatten(new_kind()) if cure else new_kind())


def aiosmtplib_own_policy(server, cure):
    return _aiosmtplib(server, new_kind(msgidpolicy.SMTP if cure else None))


def aiosmtplib_old(server, cure):
    return _aiosmtplib(server, flatten(old_kind()) if cure else old_kind())


def fastapi_mail(server, cure):
    from fastapi_mail import ConnectionConfig, FastMail, MessageSchema, MessageType
    from pydantic import NameEmail
    from starlette.datastructures import Headers, UploadFile

    if cure:
        msgidpolicy.install(legacy=True)
    settings = ConnectionConfig(
        MAIL_USERNAME="u",
        MAIL_PASSWORD="p",
        MAIL_FROM=SENDER,
        MAIL_FROM_NAME=hostile.SENDER[0],
        MAIL_PORT=server.port,
        MAIL_SERVER="127.0.0.1",
        MAIL_STARTTLS=False,
        MAIL_SSL_TLS=False,
        USE_CREDENTIALS=False,
        VALIDATE_CERTS=False,
    )
    uploads = [
        UploadFile(io.BytesIO(b"x" * 99), filename=name, headers=Headers({"content-type": content_type}))
        for name, content_type in ATTACHMENTS.items()
    ]
    message = MessageSchema(
        subject=hostile.SUBJECT,
        recipients=[NameEmail(name or address, address) for name, address in hostile.RECIPIENTS],
        body=hostile.BODY,
        subtype=MessageType.plain,
        headers=dict(hostile.HEADERS),
        attachments=uploads,
    )
    asyncio.run(FastMail(settings).send_message(message))
    return received(server)


def redmail(server, cure):
    import redmail

    if cure:
        msgidpolicy.install()
    sender = redmail.EmailSender(host="127.0.0.1", port=server.port, use_starttls=False)
    sender.send(
        subject=hostile.SUBJECT,
        sender=hostile.FROM,
        receivers=hostile.TO,
        text=hostile.BODY,
        html="<b>x</b>",
        headers=dict(hostile.HEADERS),
        attachments=dict.fromkeys(ATTACHMENTS, b"x" * 99),
    )
    return received(server)


def emails(server, cure):
    import emails

    if cure:
        emails.Message.policy = msgidpolicy.SMTP
    message = emails.Message(
        subject=hostile.SUBJECT,
        mail_from=hostile.SENDER,
        mail_to=list(hostile.RECIPIENTS),
        text=hostile.BODY,
        html="<b>x</b>",
        headers=dict(hostile.HEADERS),
        message_id=emails.MessageID(),
    )
    for name in ATTACHMENTS:
        message.attach(filename=name, data=io.BytesIO(b"x" * 99))
    message.send(smtp={"host": "127.0.0.1", "port": server.port})
    return received(server)


def yagmail(server, cure):
    import yagmail

    if cure:
        msgidpolicy.install(legacy=True)
    client = yagmail.SMTP(
        {SENDER: hostile.SENDER[0]},
        "p",
        host="127.0.0.1",
        port=server.port,
        smtp_ssl=False,
        smtp_starttls=False,
        smtp_skip_login=True,
    )
    client.send(
        to={address: name or address for name, address in hostile.RECIPIENTS},
        subject=hostile.SUBJECT,
        contents=hostile.BODY,
        headers=dict(hostile.HEADERS),
        attachments=files(),
        prettify_html=False,
    )
    return received(server)


def apprise(server, cure):
    from urllib.parse import quote

    import apprise

    if cure:
        msgidpolicy.install(legacy=True)
    headers = "&".join(f"+{name}={quote(value)}" for name, value in hostile.HEADERS.items())
    client = apprise.Apprise()
    sender = f"{quote(hostile.SENDER[0])}<{SENDER}>"
    client.add(f"mailto://127.0.0.1:{server.port}?from={sender}&to=Ann<ann@example.org>&format=text&{headers}")
    client.notify(title=hostile.SUBJECT, body=hostile.BODY)
    return received(server)


def flask_mailman(server, cure):
    import flask
    import flask_mailman

    if cure:
        msgidpolicy.install(legacy=True)
    app = flask.Flask("app")
    app.config.update(MAIL_SERVER="127.0.0.1", MAIL_PORT=server.port)
    flask_mailman.Mail(app)
    with app.app_context():
        message = flask_mailman.EmailMultiAlternatives(
            hostile.SUBJECT, hostile.BODY, hostile.FROM, hostile.TO, headers=dict(hostile.HEADERS)
        )
        for name, content_type in ATTACHMENTS.items():
            message.attach(name, b"x" * 99, content_type)
        message.send()
    return received(server)


def flask_mailing(server, cure):
    import flask
    import flask_mailing
    from werkzeug.datastructures import FileStorage

    if cure:
        msgidpolicy.install(legacy=True)
    app = flask.Flask("app")
    app.config.update(
        MAIL_USERNAME="u",
        MAIL_PASSWORD="p",
        MAIL_SERVER="127.0.0.1",
        MAIL_PORT=server.port,
        MAIL_USE_TLS=False,
        MAIL_USE_SSL=False,
        MAIL_FROM=SENDER,
        MAIL_FROM_NAME="Shop",
        USE_CREDENTIALS=False,
        VALIDATE_CERTS=False,
    )
    client = flask_mailing.Mail()
    client.init_app(app)
    uploads = [FileStorage(io.BytesIO(b"x" * 99), filename=name) for name in ATTACHMENTS]
    message = flask_mailing.Message(subject=hostile.SUBJECT, recipients=ADDRESSES, body=hostile.BODY, attachments=uploads)
    with app.app_context():
        asyncio.run(client.send_message(message))
    return received(server)


def mailman(server, cure):
    from mailman.email.message import Message

    if cure:
        msgidpolicy.install(legacy=True)
    message = email.message_from_bytes(without_blind_copies(new_kind(msgidpolicy.SMTP)).as_bytes(), Message)
    message["X-Mailman-Approved-At"] = formatdate()
    return _send_message(server, message)


# --- interfaces that take octets -----------------------------------------------------------------


def _stubbed(client, operation, response):
    """What a client of botocore's is given to send, by its own Stubber."""
    from botocore.stub import Stubber

    given = {}
    client.meta.events.register(f"provide-client-params.*.{operation}", lambda params, **_: given.update(params))
    stubber = Stubber(client)
    stubber.add_response(*response)
    stubber.activate()
    return given


def _ses(name):
    import boto3

    return boto3.client(name, region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")


def ses(server, cure):
    client = _ses("ses")
    given = _stubbed(client, "SendRawEmail", ("send_raw_email", {"MessageId": "1"}))
    message = new_kind()
    client.send_raw_email(RawMessage={"Data": flatten(message) if cure else without_blind_copies(message).as_bytes()})
    return with_crlf(given["RawMessage"]["Data"])


def ses_v2(server, cure):
    client = _ses("sesv2")
    given = _stubbed(client, "SendEmail", ("send_email", {"MessageId": "1"}))
    message = new_kind()
    client.send_email(Content={"Raw": {"Data": flatten(message) if cure else without_blind_copies(message).as_bytes()}})
    return with_crlf(given["Content"]["Raw"]["Data"])


def gmail(server, cure):
    import json

    from googleapiclient.discovery import build
    from googleapiclient.http import HttpMockSequence

    http = HttpMockSequence([({"status": "200"}, "echo_request_body")])
    message = new_kind()
    octets = flatten(message) if cure else without_blind_copies(message).as_bytes()
    raw = base64.urlsafe_b64encode(octets).decode()
    service = build("gmail", "v1", http=http, static_discovery=True)
    echoed = service.users().messages().send(userId="me", body={"raw": raw}).execute()
    echoed = json.loads(echoed) if isinstance(echoed, (str, bytes)) else echoed
    return with_crlf(base64.urlsafe_b64decode(echoed["raw"]))


# --- the ways of applications --------------------------------------------------------------------


def odoo(server, cure):
    """A policy of Odoo's kind, which folds fields of msg-ids without a limit by itself."""

    class Policy(email.policy.EmailPolicy):
        without_limit = email.policy.SMTP.clone(max_line_length=None)

        def _fold(self, name, value, *args, **kwargs):
            if name.lower() in {"message-id", "in-reply-to", "references", "resent-msg-id"}:
                return self.without_limit._fold(name, value, *args, **kwargs)
            return super()._fold(name, value, *args, **kwargs)

    if cure:
        msgidpolicy.install()
    return _send_message(server, new_kind(Policy(linesep="\r\n")))


def frappe(server, cure):
    """Classes of email.mime with a policy of the new kind, written as text and parsed again."""
    if cure:
        msgidpolicy.install()
    message = MIMEMultipart(policy=email.policy.SMTPUTF8.clone(utf8=False))
    for name, value in without_blind_copies(new_kind(email.policy.SMTP)).items():
        if not name.lower().startswith(("content-", "mime-")):
            message[name] = str(value)
    for part in new_kind().get_payload():
        message.attach(part)
    text = message.as_string(policy=email.policy.SMTP)
    return _send_message(server, email.message_from_string(text, policy=email.policy.SMTP))
