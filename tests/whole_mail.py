"""Whole mails that are right but for what a test puts in."""

import msgidpolicy
from msgidpolicy.check._mail.mail import Mail

HEADER = {
    "From": "Ann Author <ann@example.com>",
    "To": "bob@example.org",
    "Subject": "Minutes",
    "Date": "Mon, 2 Nov 2026 10:00:00 +0000",
    "Message-ID": "<1@mail.example.com>",
    "MIME-Version": "1.0",
}


def mail(*fields, body="Hello\n", without=(), line_end="\r\n", **other):
    """A mail as octets.

    Args:
        fields (str or bytes): more of them, each without its line end.
        body (str or bytes): its line ends are LF, or already those of the mail.
        without (tuple of str): fields that it does not have.
        line_end (str): of all lines, but for those of a body of bytes.
        other (str): fields that it has instead, by name, "_" for "-".
    """
    header = {**HEADER, **{name.replace("_", "-"): value for name, value in other.items()}}
    lines = [f"{name}: {value}" for name, value in header.items() if name not in without]
    octets = [line if isinstance(line, bytes) else line.replace("\n", line_end).encode() for line in (*lines, *fields)]
    body = body if isinstance(body, bytes) else body.replace("\n", line_end).encode()
    return b"".join(line + line_end.encode() for line in (*octets, b"")) + body


def multipart(*parts, closed=True, kind="mixed", **options):
    """A multipart mail of these parts (str), each a header, an empty line and a body."""
    body = "".join(f"--limit\n{part}\n" for part in parts) + ("--limit--\n" if closed else "")
    return mail(f"Content-Type: multipart/{kind}; boundary=limit", body=body, **options)


def rules(message, **options):
    """The rules that it breaks (list of str)."""
    return [finding.rule for finding in msgidpolicy.audit(message, **options)]


def only(message, **options):
    """The one finding of a message."""
    (finding,) = msgidpolicy.audit(message, **options)
    return finding


def marked(finding):
    """The octets of the line that are at fault."""
    return finding.octets[finding.start : finding.end]


def fields_of(octets):
    """The fields (list of Field) of a message's own header."""
    return Mail(octets).entities[0].fields
