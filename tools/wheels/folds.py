"""One digest of folds, the same on every Python and machine, with nothing but the package itself.

    python folds.py

Each text of the benchmarks' corpus goes through seven kinds of field, with and without UTF-8, at three limits; then a message.
"""

import hashlib
import json
import platform
import struct
import sys
from pathlib import Path

import msgidpolicy
from msgidpolicy import _core

CORPUS = Path(__file__).resolve().parent.parent.parent / "tests" / "benchmarks" / "corpus.json"
NAMES = ("Subject", "To", "References", "Content-Type", "DKIM-Signature", "Keywords", "X-Thing")
LONGEST = 6000


def pairs(items):
    """Each pair (tuple of str) that is in what JSON has: a name and its text, or an address and its name."""
    if isinstance(items, dict):
        for name, item in items.items():
            if isinstance(item, str):
                yield name, item
            else:
                yield from pairs(item)
    elif isinstance(items, list):
        if len(items) == 2 and all(isinstance(item, str) for item in items):
            yield tuple(items)
        else:
            for item in items:
                yield from pairs(item)


def fold(name, value, limit, utf8):
    try:
        return _core.fold(name, value, limit, "\r\n", utf8, False, False, False)
    except msgidpolicy.FieldError as error:
        return repr((error.offset, error.reason)).encode()


def message():
    """A message with a text and a file, its boundary (bytes) aside."""
    made = msgidpolicy.EmailMessage()
    made["Subject"] = "Grüße aus Köln"
    made["To"] = "Zoë <zoe@example.com>"
    made["References"] = "<a@b> " * 30
    made["Message-ID"] = "<x@y>"
    made.set_content("Hällo\n")
    made.add_attachment(b"x", maintype="a", subtype="b", filename="Übersicht.pdf")
    octets = made.as_bytes()
    return octets.replace(made.get_boundary().encode(), b"B")


def main():
    digest, count = hashlib.sha256(), 0
    found = sorted(set(pairs(json.loads(CORPUS.read_text("utf-8"))["items"])))
    values = [text for _, text in found if len(text) <= LONGEST]
    for name in NAMES:
        for value in values:
            for utf8 in (False, True):
                for limit in (78, 0, 40):
                    digest.update(fold(name, value, limit, utf8))
                    count += 1
    digest.update(message())
    assert len(msgidpolicy.make_msgid(domain="example.com")) == 44
    python = f"{platform.python_implementation()} {platform.python_version()}{getattr(sys, 'abiflags', '')}"
    machine = f"{platform.machine()}, {struct.calcsize('P') * 8} bits, {sys.byteorder}"
    print(f"{digest.hexdigest()[:16]}  {count:,} folds  {python}, {machine}, {Path(_core.__file__).name}")


if __name__ == "__main__":
    main()
