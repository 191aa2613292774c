"""What our policies write, as `msgidpolicy.audit` sees it: messages made at random.

    python checked.py [COUNT [SEED]]

No finding that is an error or a warning may be there, but for what a value says itself, which a policy does not change:
`OF_THE_VALUE` says which rules these are, and when. The count of each is printed. Exit status 1 where there is another.
"""

import collections
import re
import sys
import warnings
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "tests")]
from generated import BESIDE, Fields  # noqa: E402

import msgidpolicy  # noqa: E402
from msgidpolicy import FieldError, LimitError  # noqa: E402

LINES = [
    "",
    "Hello",
    "From here on",
    ".",
    "..",
    "Grüße",
    "日本語 " * 20,
    "x" * 500,
    "y" * 1200,
    "é" * 700,
    "a = b\tc ",
    "-- ",
    "--==",
    "👩‍👩‍👧",
]
CONTENT = ("Content-Type", "Content-Disposition")  # of parts


def text(chosen):
    return "\n".join(chosen.choice(LINES) for _ in range(chosen.randint(0, 12))) + chosen.choice(["", "\n"])


def octets(chosen):
    return bytes(chosen.getrandbits(8) for _ in range(chosen.choice([0, 1, 2, 57, 58, 200])))


def file_name(fields):
    return fields.word().replace("\0", "").replace("=?", "")


def new_kind(policy, fields):
    """A message of EmailMessage with a body, other forms of it, and attachments."""
    chosen, message = fields.random, msgidpolicy.EmailMessage(policy=policy)
    message.set_content(text(chosen), cte=chosen.choice([None, None, "quoted-printable", "base64"]))
    if chosen.random() < 0.3:
        message.add_alternative(f"<p>{text(chosen)}</p>", subtype="html")
    for _ in range(chosen.choice([0, 0, 1, 2])):
        message.add_attachment(octets(chosen), "application", "octet-stream", filename=file_name(fields))
    return message


def old_kind(policy, fields):
    """A message of email.mime."""
    chosen, body = fields.random, MIMEText(text(fields.random), "plain", "utf-8", policy=policy)
    if chosen.random() < 0.5:
        return body
    message = MIMEMultipart(policy=policy)
    message.attach(body)
    message.attach(
        MIMEText(text(chosen), "html", "utf-8", policy=policy) if chosen.random() < 0.5 else MIMEText("a\n", policy=policy)
    )
    return message


KINDS = [
    lambda fields: new_kind(msgidpolicy.SMTP, fields),
    lambda fields: new_kind(msgidpolicy.SMTP, fields),
    lambda fields: new_kind(msgidpolicy.default, fields),
    lambda fields: old_kind(msgidpolicy.compat32.clone(linesep="\r\n"), fields),
]


def made(fields, number):
    """A message, and the values (dict) that it was given, by the names of the fields in lower case."""
    message, given = KINDS[number % len(KINDS)](fields), {}
    needed = {"From": "a@example.com", "Date": "Mon, 2 Nov 2026 10:00:00 +0000", "Message-ID": f"<{number}.a@example.com>"}
    for name, value in [fields() for _ in range(fields.random.randint(1, 6))] + list(needed.items()):
        parts = [part for part in message.walk() if part.get_filename()] if name in CONTENT else [message]
        if name.lower() in given or not parts:
            continue
        try:
            msgidpolicy.fold(name, value)  # which refuses what it would refuse when all is written
            del parts[0][name]
            parts[0][name] = value
        except (FieldError, LimitError):
            continue
        given[name.lower()] = value
    return message, given


def holds(pattern):
    return re.compile(pattern, re.DOTALL).search


# Rules that a value breaks as it was given, and what it holds then.
OF_THE_VALUE = {
    "address-syntax": holds(f"[{''.join(BESIDE)}]"),  # which outside of a name is encoded where it stands
    "encoded-word-in-parameter": holds(r"=\?[^\s?]+\?[BQbq]\?\S*\?="),
    "encoded-word-line": holds(r"[ \t]{20}$"),  # the last line cannot be broken before them
    "encoded-word-padding": holds(r"=\?[^\s?]+\?[Bb]\?\S*=\?="),  # a legal one stays
    "msg-id-domain": holds(r"@\["),
    "msg-id-syntax": holds(r">\s*<"),  # of a field that holds one
}


def is_of_the_value(finding, given):
    holds_it = OF_THE_VALUE.get(finding.rule)
    return holds_it is not None and holds_it(given.get(finding.field.lower(), "")) is not None


def main(count=2_000, seed=1):
    fields, rows, total = Fields(seed), collections.Counter(), 0
    warnings.simplefilter("ignore")
    for number in range(count):
        message, given = made(fields, number)
        for finding in msgidpolicy.audit(message, severity="warning"):
            if is_of_the_value(finding, given):
                rows[finding.rule] += 1
                continue
            total += 1
            print(
                f"{number}: {finding.rule}: {finding.reason}\n  {given.get(finding.field.lower())!r}\n  {finding.was or finding.octets!r}"
            )
    for rule, times in rows.most_common():
        print(f"{times:7,} {rule}, of the value")
    print(f"{sys.version.split()[0]}: {count:,} messages, {total} findings that are not of a value")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
