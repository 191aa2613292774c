"""A reply to a long thread, sent over SMTP with Python's policy and with msgidpolicy's."""
import asyncio
import email.policy
import smtplib
import struct
import threading
import zlib
from email.message import EmailMessage
from email.utils import make_msgid

from aiosmtpd.smtp import SMTP as SMTPProtocol
from rich.console import Console
from rich.text import Text

from . import policy
from .audit import audit, read_fields

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


def build_message(message_policy):
    """The reply, an EmailMessage: everything in it is of a shape that real mail has."""
    message = EmailMessage(policy=message_policy)
    message["DKIM-Signature"] = DKIM
    message["From"] = "Ann Author <ann@example.com>"
    message["To"] = "Team <team@example.com>"
    message["Subject"] = SUBJECT
    message["Date"] = "Mon, 23 Nov 2026 17:09:54 +0000"
    message["Message-ID"] = make_msgid(domain=HOST)
    message["In-Reply-To"] = PARENT
    message["References"] = " ".join(THREAD)
    message["List-Unsubscribe"] = f"<{UNSUBSCRIBE}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    picture_id = make_msgid(domain=HOST)
    message.set_content("See the picture.\n")
    message.add_alternative(f'<p>See <img src="cid:{picture_id[1:-1]}"></p>\n', subtype="html")
    message.get_payload()[1].add_related(one_pixel(), "image", "png", cid=picture_id)
    return message


def one_pixel():
    """A PNG picture of one white pixel."""

    def chunk(kind, octets):
        return struct.pack(">I", len(octets)) + kind + octets + struct.pack(">I", zlib.crc32(kind + octets))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00\xff"))
        + chunk(b"IEND", b"")
    )


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


def send(message):
    """Send a message by smtplib to a server of our own: what that received, bytes."""
    with Server() as server:
        with smtplib.SMTP("127.0.0.1", server.port) as client:
            client.send_message(message)
    return server.received[0]


def parts(octets):
    """The header blocks of a message and of its parts, each as bytes.

    A part begins behind a line with a boundary, which email.generator makes of equals signs.
    """
    blocks, block = [], None
    for line in octets.split(b"\r\n"):
        if block is None and (not blocks or line.startswith(b"--==")):
            block = [] if blocks or line.startswith(b"--") else [line]
        elif block is not None and not line:
            blocks.append(b"\r\n".join(block) + b"\r\n\r\n")
            block = None
        elif block is not None:
            block.append(line)
    return blocks


def show(console, title, octets):
    """Print the header fields, each broken rule beside its line; how many there are."""
    console.rule(Text(title), style="bold")
    broken = 0
    for block in parts(octets):
        notes = {}
        for finding in audit(block):
            notes.setdefault(finding.line, []).append(f"{finding.reason} ({finding.clause})")
        for field in read_fields(block):
            for index, line in enumerate(field.lines):
                found = notes.get(field.first + index, [])
                broken += len(found)
                console.print(Text(line.decode("utf-8", "replace"), style="red" if found else ""), soft_wrap=True)
                for note in found:
                    console.print(Text(f"    ^ {note}", style="bold red"), soft_wrap=True)
        console.print()
    style = "bold red" if broken else "bold green"
    console.print(Text(f"{title}: {broken} broken rules", style=style), soft_wrap=True)
    return broken


def main():
    """Send the reply both ways and show what arrived; 1 when ours breaks a rule, else 0."""
    console = Console(highlight=False)
    show(console, "email.policy.SMTP", send(build_message(email.policy.SMTP)))
    console.print()
    broken = show(console, "msgidpolicy.SMTP", send(build_message(policy.SMTP)))
    return 1 if broken else 0
