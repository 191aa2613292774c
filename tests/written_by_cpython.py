"""Fields that email.policy.SMTP of some CPython breaks: what is set, and what it writes.

    python written_by_cpython.py FILE     # add to FILE what this Python writes, if it was not there

``written_by_cpython.json`` holds what CPython 3.6 to 3.15 wrote, each with the versions.  Runs on all of these.
"""
import email.policy
import json
import re
import sys
from email.message import EmailMessage

LONG = "x" * 90
REFERENCES = " ".join("<r%d.%s@%s.example.com>" % (number, "x" * (10 + number * 9), "host" * (number + 1)) for number in range(6))
NAMES = ", ".join("N\xe4me %d W\xf6rd <n%d@example.com>" % (number, number) for number in range(6))
VALUES = [
    ("Message-ID", "<%s.%s@%sa.example>" % ("m" * 40, "1" * 30, "host-" * 5)),
    ("Message-ID", "<%s@localhost>" % LONG),
    ("References", REFERENCES),
    ("References", "<a@b.example> <%s@example.com> <c@d.example>" % LONG),
    ("References", "<a.b_c-d=e=f@b.example> <%s@example.com>  <c@d.example>" % ("y_y" * 40)),
    ("In-Reply-To", "<%s@example.com>" % LONG),
    ("In-Reply-To", "<a@b.example> <%s@example.com>" % LONG),
    ("Content-ID", "<%s@example.com>" % LONG),
    ("Resent-Message-ID", "<%s@example.com>" % LONG),
    ("List-Unsubscribe", "<https://example.com/u/%s?a=b&c=d_e>, <mailto:u@example.com?subject=unsubscribe>" % LONG),
    ("List-Unsubscribe", "<mailto:u@example.com>, <https://example.com/u/%s?a=b&c=d_e>" % LONG),
    ("List-Help", "<https://example.com/%s>" % LONG),
    ("Archived-At", "<https://example.com/%s>" % LONG),
    ("DKIM-Signature", "v=1; a=rsa-sha256; d=example.com; s=s; h=from:to; bh=abc=; b=%s==" % ("A1b2" * 60)),
    ("Authentication-Results", "mx.example.com; dkim=pass header.d=%s.example.com; spf=pass" % LONG),
    ("Received", "from a.example (a.example [192.0.2.1]) by %s.example.com with ESMTP; Mon, 1 Jan 2024 00:00:00 +0000" % LONG),
    ("Return-Path", "<%s@example.com>" % LONG),
    ("Disposition-Notification-To", "Bob <%s@example.com>" % LONG),
    ("Content-Location", "https://example.com/%s" % LONG),
    ("Content-Type", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("Content-Type", 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet; name="x.xlsx"'),
    ("Feedback-ID", "%s:%s:%s" % ("a" * 30, "b" * 30, "c" * 30)),
    ("Autocrypt", "addr=a@b.example; keydata=" + "A1b2" * 60),
    ("Subject", "\xdcberraschung " * 8 + "!"),
    ("Subject", "\u65e5\u672c\u8a9e\u306e\u4ef6\u540d" * 10),
    ("Subject", "a " * 60 + "\xe9"),
    ("Subject", "\xe9" * 90),
    ("To", "J\xf6rg M\xfcller <j@example.com>, " + NAMES),
    ("To", '"M\xfcller, J\xf6rg" <j@example.com>, "A, B" <%s@example.com>' % LONG),
    ("To", "%s <j@example.com>" % ("\xe9" * 60)),
    ("From", "J\xf6rg <j@%sexample.com>" % ("sub." * 20)),
]


def written(name, value):
    """What this Python writes (str); empty where it raises, or writes an empty field."""
    message = EmailMessage(policy=email.policy.SMTP)
    try:
        message[name] = value
        octets = message.as_bytes()
    except Exception:
        return ""
    fields = re.split("\r\n(?=[^ \t])", octets.decode("ascii"))
    return next((field + "\r\n" for field in fields if field.lower().startswith(name.lower() + ":")), "")


def main(path):
    with open(path) as stream:
        rows = json.load(stream)
    version = "%d.%d.%d" % sys.version_info[:3]
    for name, value in VALUES:
        wire = written(name, value)
        row = next((row for row in rows if (row["name"], row["value"], row["wire"]) == (name, value, wire)), None)
        if row is None and wire:
            row = {"name": name, "value": value, "wire": wire, "by": []}
            rows.append(row)
        if row is not None and version not in row["by"]:
            row["by"].append(version)
    with open(path, "w") as stream:
        json.dump(rows, stream, indent=1, sort_keys=True)
        stream.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
