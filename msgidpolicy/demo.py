"""A reply to a long thread, sent by Flask-Mail with Python's policy and with msgidpolicy's."""

import asyncio
import struct
import threading
import zlib
from email.utils import make_msgid

import flask
import flask_mail
from aiosmtpd.smtp import SMTP as SMTPProtocol
from rich.console import Console
from rich.text import Text

from . import policy
from .check import audit
from .check._mail.mail import Mail

HOST = "aaf39fce-569e-473a-9453-6862595bd8da.prvt.dyno.rt.heroku.com"
PARENT = f"<{'0123456789ABCDEF' * 4}AM0PR05MB683@AM0PR05MB6834.eurprd05.prod.outlook.com>"
THREAD = [
    f"<{number}.{'0123456789abcdef' * (number % 5)}{number * 7919:x}@{host}>"
    for number, host in zip(
        range(1, 31),
        ["mail.gmail.com", "example.com", "lists.debian.org", "AM0PR05MB6834.eurprd05.prod.outlook.com"] * 8,
    )
]
UNSUBSCRIBE = ("https://lists.example.com/leave?token=" + "eyJhbGciOiJIUzI1NiJ9." * 13)[:300]
DKIM = (
    "v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=2026; t=1795478994;"
    " h=from:to:subject:date:message-id:in-reply-to:references:list-unsubscribe:mime-version;"
    " bh=uiGorXRig2ZcL9qFsYnBlUJ+fkHeEqIjJ2x1/RCZKsE=; b=" + "wQK581xseoZPxCqV3homE7u5" * 14 + "wQ=="
)
SUBJECT = (
    "Re: Réunion d’équipe à Genève – l’ordre du jour, les propositions déjà reçues et la liste des "
    "participants (mise à jour de décembre)"
)


def build_message():
    """The reply, a ``flask_mail.Message``: everything in it is of a shape that real mail has."""
    message = flask_mail.Message(
        SUBJECT,
        recipients=["team@example.com"],
        sender="ann@example.com",
        body="See the picture.\n",
        date=1795478994,
        extra_headers={
            "DKIM-Signature": DKIM,
            "In-Reply-To": PARENT,
            "References": " ".join(THREAD),
            "List-Unsubscribe": f"<{UNSUBSCRIBE}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    message.msgId = make_msgid(domain=HOST)
    picture_id = make_msgid(domain=HOST)
    message.html = f'<p>See <img src="cid:{picture_id[1:-1]}"></p>\n'
    headers = {"Content-ID": picture_id}
    if not hasattr(message, "alts"):  # Flask-Mail 0.9 takes pairs
        headers = list(headers.items())
    message.attach("pixel.png", "image/png", one_pixel(), "inline", headers)
    return message


def one_pixel():
    """A PNG picture of one white pixel."""

    def chunk(kind, octets):
        return struct.pack(">I", len(octets)) + kind + octets + struct.pack(">I", zlib.crc32(kind + octets))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\x00\xff")) + chunk(b"IEND", b"")


class Server(threading.Thread):
    """An SMTP server on loopback that keeps what it receives."""

    def __init__(self):
        super().__init__(daemon=True)
        self.received = []
        self.port = None
        self._listening = threading.Event()

    async def handle_DATA(self, server, session, envelope):
        self.received.append(envelope.content)
        return "250 OK"

    def run(self):
        asyncio.run(self._serve())

    async def _serve(self):
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        server = await self._loop.create_server(lambda: SMTPProtocol(self), "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._listening.set()
        await self._stopping.wait()
        server.close()

    def __enter__(self):
        self.start()
        self._listening.wait(30)
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._stopping.set)
        self.join(30)


def send_reply():
    """Send the reply from a Flask application to a server of our own: what that received, bytes."""
    with Server() as server:
        app = flask.Flask(__name__)
        app.config.update(MAIL_SERVER="127.0.0.1", MAIL_PORT=server.port)
        mail = flask_mail.Mail(app)
        with app.app_context():
            mail.send(build_message())
    return server.received[0]


def show(console, title, octets):
    """Print the header fields, each broken rule beside its line; how many there are."""
    console.rule(Text(title), style="bold")
    notes, findings = {}, audit(octets)
    for finding in findings:
        notes.setdefault(finding.line, []).append(f"{finding.reason} ({finding.clause})")
    for entity in Mail(octets).entities:
        for field in entity.fields:
            show_field(console, field, octets.count(b"\n", 0, field.start) + 1, notes)
        console.print()
    broken = sum(finding.count for finding in findings)
    style = "bold red" if broken else "bold green"
    console.print(Text(f"{title}: {broken} broken rules", style=style), soft_wrap=True)
    return broken


def show_field(console, field, first, notes):
    """Print a field whose first line has this number, and the notes of its lines."""
    for number, line in enumerate(field.lines, first):
        found = notes.get(number, [])
        console.print(Text(line.decode("utf-8", "replace"), style="red" if found else ""), soft_wrap=True)
        for note in found:
            console.print(Text(f"    ^ {note}", style="bold red"), soft_wrap=True)


def main():
    """Send the reply both ways and show what arrived; 1 when ours breaks a rule, else 0."""
    console = Console(highlight=False)
    show(console, "flask_mail.message_policy unset", send_reply())
    console.print()
    flask_mail.message_policy = policy.SMTP
    broken = show(console, "flask_mail.message_policy = msgidpolicy.SMTP", send_reply())
    return 1 if broken else 0
