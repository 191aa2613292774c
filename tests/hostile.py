"""A message that finds out whoever folds it, a server that keeps what arrives, and what is wrong with that."""

import asyncio
import email
import email.policy
import re
import struct
import threading
import zlib
from email.header import decode_header, make_header
from email.utils import getaddresses

from aiosmtpd.smtp import SMTP
from judge import judge, unfold
from whole_mail import fields_of

import msgidpolicy

HOST = "aaf39fce-569e-473a-9453-6862595bd8da.prvt.dyno.rt.example.net"
LONG_ID = "<AM0PR05MB6483" + "A1b2C3d4" * 9 + "@AM0PR05MB6483.eurprd05.prod.outlook.com>"
PICTURE_ID = "<part1." + "9f8e7d6c" * 9 + "@" + HOST + ">"
TOKEN = "eyJhbGciOiJIUzI1NiJ9." + "a1B2c3D4e5" * 14 + ".sig-_" + "Zz9" * 10
SUBJECT = (
    "Re: [SOS-1495488] Commande et livraison – Demande de retour – Abo actualités digitales 20 semaines "
    "d’abonnement à 24 heures, Bilan, Tribune de Genève"
)
SENDER = ("Café Zürich, Service", "no-reply@shop.example")
_NAMES = ["", "Ann Example", "Müller, Jürgen", "Zoë Smith", "山田 太郎"]
RECIPIENTS = [(_NAMES[number % 5], f"user{number}@example.org") for number in range(50)]
HEADERS = {
    "In-Reply-To": LONG_ID,
    "References": " ".join([LONG_ID] + [f"<{n * 7919}.{'k' * (n * 5 % 40)}@h{n}.example.com>" for n in range(30)]),
    "List-Unsubscribe": f"<mailto:u@shop.example?subject=off>, <https://shop.example/u?t={TOKEN}>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "DKIM-Signature": "v=1; a=rsa-sha256; c=relaxed/relaxed; d=shop.example; s=x; h=from:to:subject:date:message-id;"
    " bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=" + "Ab3/" * 86,
    "Feedback-ID": "campaign:" + "s" * 90 + ":example",
    "X-SES-CONFIGURATION-SET": "c" * 120,
}
MEANT = {**HEADERS, "Subject": SUBJECT}
PDF = "Übersicht – Rechnung Nr. 2026-11 für Müller & Söhne GmbH (Kopie).pdf"
DOCX = "quarterly report of the european sales department with all its annexes.docx"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BODY = ".starts with a dot\nGrüße aus Zürich\n..\nFrom the start\n" + "x" * 300 + "\n"
BLIND = "secret@example.org"
# No policy changes bodies, how they are encoded (Flask-Mailing says base64 of a multipart) and the domain of an id (Apprise
# takes an IP address), nor adds quotes that a name has to have, which is where the recipients are another matter (yagmail).
_OF_SENDERS = ["body", "part", "msg-id-domain"]


def mailbox(pair):
    """The text of a mailbox."""
    name, address = pair
    if not name:
        return address
    return f'"{name}" <{address}>' if "," in name else f"{name} <{address}>"


FROM = mailbox(SENDER)
TO = [mailbox(pair) for pair in RECIPIENTS]


def picture():
    """A PNG picture of one white pixel."""

    def chunk(kind, octets):
        return struct.pack(">I", len(octets)) + kind + octets + struct.pack(">I", zlib.crc32(kind + octets))

    header, pixel = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0), zlib.compress(b"\0\xff")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")


class Server:
    """An SMTP server on loopback, in a thread, that keeps the octets it receives.

    Attributes:
        port (int): where it listens.
        received (list of bytes): each message, dots unstuffed.
        recipients (list of list): its recipients.
    """

    def __init__(self):
        self.received, self.recipients = [], []
        self._listening = threading.Event()

    async def handle_DATA(self, server, session, envelope):
        self.received.append(envelope.original_content)
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 OK"

    async def _serve(self):
        self._loop, self._done = asyncio.get_running_loop(), asyncio.Event()
        listener = await self._loop.create_server(lambda: SMTP(self, loop=self._loop), "127.0.0.1", 0)
        self.port = listener.sockets[0].getsockname()[1]
        self._listening.set()
        await self._done.wait()
        listener.close()

    def __enter__(self):
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        self._listening.wait()
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._done.set)
        self._thread.join(10)


def faults(octets, meant=MEANT, recipients=RECIPIENTS, sender=SENDER, filenames=(PDF, DOCX), limit=78):
    """What is wrong with a message as it arrived (bytes): a list of str; one for a message that did not arrive.

    Args:
        meant (dict): the fields that were set, as they were meant.
        recipients (list of tuple): the names and addresses in To; None if they are another matter.
        sender (tuple): the name and address in From.
        filenames: names that two parsers have to find.
        limit (int): columns of a line that can be folded; 0 where the sender asks for no limit.
    """
    if octets is None:
        return ["it did not arrive"]
    found = ["a CR or LF alone"] if re.search(rb"\r(?!\n)|(?<!\r)\n", octets) else []
    fields = {}
    for field in fields_of(octets):
        fields.setdefault(field.name.lower(), []).append(field.octets)
    for name in {*meant, "From", "To", "Subject", "Date", "Message-ID"}:
        if len(fields.get(name.lower(), ())) != 1:
            found.append(f"{name}: {len(fields.get(name.lower(), ()))} fields")
    for name, value in meant.items():
        found += [
            f"{name}: {broken}" for field in fields.get(name.lower(), ()) for broken in judge(name, value, field, limit=limit)
        ]
    for name, people in (("From", [sender]), ("To", recipients)):
        for field in fields.get(name.lower(), ()) if people else ():
            if _addresses(field) != people:
                found.append(f"{name}: other names or addresses: {_addresses(field)[:3]}")
    if "bcc" in fields or any(BLIND.encode() in field for same in fields.values() for field in same):
        found.append("Bcc: it was sent")
    for broken in msgidpolicy.audit(
        octets, max_line_length=limit, ignore=_OF_SENDERS if recipients else [*_OF_SENDERS, "address-syntax"]
    ):
        found.append(f"{broken.part and 'a part: '}{broken.field}: {broken.reason}")
    return found + _missing_filenames(octets, filenames)


def _addresses(field):
    """The names and addresses of a field, as a receiver decodes them."""
    text = unfold(field).partition(b":")[2].strip().decode("latin-1")
    return [(str(make_header(decode_header(name))), address) for name, address in getaddresses([text])]


def _missing_filenames(octets, filenames):
    missing = []
    for policy in (email.policy.compat32, email.policy.default):
        names = [part.get_filename() for part in email.message_from_bytes(octets, policy=policy).walk()]
        missing += [f"{name!r} is no file name for {type(policy).__name__}" for name in filenames if name not in names]
    return missing
