"""What programs that are not Python read in our messages is what was meant.

    python read_back.py FOLDER [COUNT [SEED]]     # where set_up.sh built the readers

COUNT messages are made at random, folded and read by each reader; so are those of the corpus, as they
came and folded again, which have to be read alike.  Exit status 1 where they are not.
"""
import collections
import email
import json
import random
import re
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "tests"))
from test_corpus import BLOCKS  # noqa: E402

import msgidpolicy  # noqa: E402

READERS = {"Go net/mail": ["./net_mail"], "GMime": ["./gmime"], "postal-mime": ["node", "postal_mime.mjs"]}
ASCII = ["a", "report", "Re:", "[list]", "x-y", "50%", "(see", "below)", "it's", "1234567890", "x" * 60]
FOREIGN = ["é", "Zoë", "naïve", "Übersicht", "日本語", "お知らせ", "👩\u200d👩\u200d👧", "Привет", "a\u0301", "€5", "é" * 40]
HOSTS = ["example.com", "mail.example.org", "a" * 40 + ".example"]
LIMITS = [78] * 5 + [60, 998, 0]


class Meanings:
    """What makes messages: what is meant, and the message."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def words(self, most):
        kinds = [ASCII, FOREIGN] if self.random.random() < 0.6 else [ASCII]
        return " ".join(self.random.choice(self.random.choice(kinds)) for _ in range(self.random.randint(1, most)))

    def atom(self):
        return "".join(self.random.choice("abcdefgh0123456789-_") for _ in range(self.random.randint(1, 14)))

    def mailbox(self):
        """(what is written, name, addr-spec)"""
        spec = f"{self.atom()}@{self.random.choice(HOSTS)}"
        kind = self.random.random()
        if kind < 0.2:
            return spec, "", spec
        if kind < 0.6:
            name = " ".join(self.random.choice([self.atom(), *FOREIGN]) for _ in range(self.random.randint(1, 4)))
            return f"{name} <{spec}>", name, spec
        name = f"{self.words(3)}, {self.atom()}"
        return f'"{name}" <{spec}>', name, spec

    def mailboxes(self, most):
        return [self.mailbox() for _ in range(self.random.randint(1, most))]

    def msg_id(self):
        return f"<{'.'.join(self.atom() for _ in range(self.random.choice([1, 2, 3, 20])))}@{self.random.choice(HOSTS)}>"

    def filename(self):
        return self.words(self.random.choice([1, 4, 10])).replace("/", "_") + ".pdf"

    def __call__(self):
        senders, recipients = self.mailboxes(1), self.mailboxes(12)
        ids, subject, filename = [self.msg_id() for _ in range(self.random.randint(1, 30))], self.words(14), self.filename()
        to = ", ".join(written for written, _, _ in recipients)
        if self.random.random() < 0.1:
            to = f"{self.random.choice(['friends', 'Büro', 'a b'])}: {to};"
        message = EmailMessage(policy=msgidpolicy.SMTP.clone(max_line_length=self.random.choice(LIMITS)))
        message["From"] = senders[0][0]
        message["To"] = to
        message["Subject"] = subject
        message["References"] = " ".join(ids)
        message["MIME-Version"] = "1.0"
        message["Content-Type"] = "application/pdf"
        message["Content-Disposition"] = f'attachment; filename="{filename}"'
        meant = {
            "subject": subject,
            "from": [list(one[1:]) for one in senders],
            "to": [list(one[1:]) for one in recipients],
            "ids": ids,
            "filename": filename,
        }
        return meant, message.as_bytes() + b"x\r\n"


def read(reader, messages, folder):
    """What a reader sees in each message."""
    stream = b"".join(b"%d\n%s" % (len(octets), octets) for octets in messages)
    run = subprocess.run(READERS[reader], input=stream, capture_output=True, cwd=folder, check=True)
    seen = [json.loads(line) for line in run.stdout.decode("utf-8", "replace").splitlines()]
    if len(seen) != len(messages):
        raise SystemExit(f"{reader}: {len(seen)} messages of {len(messages)}")
    return seen


def squeezed(value):
    """Without runs of white space; what is not there as an empty str."""
    if isinstance(value, list):
        return [squeezed(one) for one in value]
    return " ".join((value or "").split())


def known(reader, meant):
    """The name of what a reader cannot do, where that is why it sees another value; else None."""
    if reader == "Go net/mail" and re.match("error: mime: unhandled charset", str(meant)):
        return "charsets that it has no decoder for, and we have encoded anew in UTF-8"
    return None


def compare(reader, pairs, exceptions):
    """The pairs of which a reader does not see the same; those with an exception are counted in that."""
    different = []
    for meant, seen in pairs:
        for key in meant:
            if squeezed(meant[key]) == squeezed(seen[key]):
                continue
            exception = known(reader, meant[key])
            exceptions[exception] += 1
            if exception is None:
                different.append((key, meant[key], seen[key]))
    return different


def corpus_messages():
    """The fields of each block of the corpus that is US-ASCII, as they came and folded again.

    Python's parser takes what stands behind a line that is no field for the body: there is nothing
    to fold in that.
    """
    policy = msgidpolicy.SMTP.clone(refold_source="all")
    for _, block in BLOCKS:
        if block.isascii():
            fields = list(email.message_from_bytes(block + b"\r\n\r\n", policy=policy).raw_items())
            source = "".join(f"{name}: " + re.sub("\r\n?|\n", "\r\n", value) + "\r\n" for name, value in fields)
            folded = b"".join(policy.fold_binary(name, value) for name, value in fields)
            yield source.encode() + b"\r\n", folded + b"\r\n"


def main(folder, count=10_000, seed=1):
    meanings = Meanings(seed)
    meant, messages = zip(*(meanings() for _ in range(count)))
    sources, folded = zip(*corpus_messages())
    different_in_all = 0
    for reader in READERS:
        exceptions = collections.Counter()
        different = compare(reader, zip(meant, read(reader, messages, folder)), exceptions)
        different += compare(reader, zip(read(reader, sources, folder), read(reader, folded, folder)), exceptions)
        for key, wanted, seen in different[:10]:
            print(f"{reader}, {key}:\n  {wanted!r}\n  {seen!r}")
        print(f"{reader}: {count:,} generated, {len(sources)} of the corpus: {len(different)} differences")
        for exception, times in sorted((name, times) for name, times in exceptions.items() if name):
            print(f"  {times:,} {exception}")
        different_in_all += len(different)
    return 1 if different_in_all else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:])))
