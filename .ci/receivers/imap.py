"""What an IMAP server shows of each file: a line of JSON each.

    python3.15 imap.py dovecot|cyrus fields|threads FILE …

The server keeps the messages in a folder of its own for as long as it is asked.  An ENVELOPE (RFC 3501, 7.4.2)
holds encoded-words as they came, for the client to decode: that is done here by CPython.
"""

import contextlib
import imaplib
import json
import re
import shutil
import sys
import tempfile
from email.policy import default
from pathlib import Path

import cyrus

TOKEN = re.compile(rb'[()]|"(?:[^"\\]|\\.)*"|\{(\d+)\}\r\n|[^ ()"\r\n]+', re.DOTALL)


@contextlib.contextmanager
def dovecot():
    """Dovecot's imap, talked to directly; it serves no mail to root."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.chown(folder, "nobody", "nogroup")
        conf = Path(folder, "conf")
        conf.write_text(f"mail_location = maildir:{folder}/mail\nssl = no\nlog_path = {folder}/log\n")
        as_nobody = f"setpriv --reuid nobody --regid nogroup --clear-groups env USER=nobody HOME={folder}"
        with imaplib.IMAP4_stream(f"{as_nobody} /usr/lib/dovecot/imap -c {conf}") as client:
            yield client


def tokens(octets):
    at = 0
    while found := TOKEN.search(octets, at):
        at = found.end()
        if found[1]:
            yield "string", octets[at : at + int(found[1])]
            at += int(found[1])
        elif found[0][:1] == b'"':
            yield "string", re.sub(rb"\\(.)", rb"\1", found[0][1:-1])
        else:
            yield "atom", found[0]


def lists(stream):
    """The nested lists of a response; NIL is None."""
    found = []
    for kind, token in stream:
        if kind == "atom" and token == b")":
            return found
        if kind == "atom" and token == b"(":
            found.append(lists(stream))
        else:
            found.append(None if (kind, token) == ("atom", b"NIL") else token.decode("utf-8", "replace"))
    return found


def decoded(text):
    """Unstructured text; no blank of it is lost."""
    return str(default.header_factory("subject", text))


def mailboxes(addresses):
    """A group begins and ends with an address that has no host."""
    return [[decoded(name or ""), f"{mailbox}@{host}"] for name, _, mailbox, host in addresses or [] if host is not None]


def fields(client, count):
    """Of each ENVELOPE."""
    answer = client.fetch(f"1:{count}", "(ENVELOPE)")[1]
    octets = b"\r\n".join(b"\r\n".join(part) if isinstance(part, tuple) else part for part in answer)
    found = lists(tokens(octets))
    envelopes = [part[1] for part in found if isinstance(part, list)]
    for _, subject, sender, _, reply_to, to, cc, _, in_reply_to, message_id in envelopes:
        yield {
            "subject": [decoded(subject or "")],
            "from": mailboxes(sender),
            "reply-to": mailboxes(reply_to),
            "to": mailboxes(to),
            "cc": mailboxes(cc),
            "in-reply-to": [in_reply_to],
            "message-id": [message_id],
        }


def threads(client, count):
    """Of each message, its thread by each algorithm that the server has."""
    found = {}
    for algorithm in ("REFERENCES", "REFS"):
        answer = client._simple_command("THREAD", algorithm, "UTF-8", "ALL")
        assert answer[0] == "OK", answer
        data = client._untagged_response("OK", [None], "THREAD")[1][0]
        for number, thread in enumerate(lists(tokens(data))):
            for message in re.findall(r"\d+", str(thread)):
                found.setdefault(int(message), []).append(number)
    return ({"thread": found[message]} for message in range(1, count + 1))


def kept(client, name):
    """None, or why the server does not take the message."""
    status, answer = client.append("INBOX", None, None, Path(name).read_bytes())
    return None if status == "OK" else answer[0].decode()


def main(server, what, names):
    with {"dovecot": dovecot, "cyrus": cyrus.serving}[server]() as client:
        refused = [kept(client, name) for name in names]
        client.select("INBOX")
        shown = {"fields": fields, "threads": threads}[what](client, refused.count(None))
        for reason in refused:
            print(json.dumps({"error": reason} if reason else next(shown)))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
