"""Messages and fields, by the standard library of this Python and by msgidpolicy, in one run.

    python messages.py -o results.json && python ratios.py results.json

Needs pyperf.  Every row is measured for both policies, with values that vary from call to call.
"""
import email
import email.policy
import email.utils
import itertools
from email.message import EmailMessage

import flask
import flask_mail
import pyperf

import msgidpolicy

POLICIES = {"standard library": email.policy.SMTP, "msgidpolicy": msgidpolicy.SMTP}
MSG_ID = f"<{'0123456789abcdef' * 5}@mail.example.com>"
FIELDS = [
    ("From", "Ann Author <ann@example.com>"),
    ("To", "Bob Builder <bob@example.com>, carol@example.org"),
    ("Cc", '"Builder, Dave" <dave@example.com>'),
    ("Subject", "Minutes of the meeting number {} and what came of it in the end"),
    ("Date", "Mon, 23 Nov 2026 10:00:00 +0000"),
    ("Message-ID", "<{}.0123456789abcdef@mail.example.com>"),
    ("In-Reply-To", "<{}.aaaaaaaaaaaaaaaaaaaaaaaa@mail.example.com>"),
    ("References", "<{0}.1@mail.example.com> <{0}.2@mail.example.com> <{0}.3@mail.example.com>"),
    ("Reply-To", "list@example.com"),
    ("List-ID", "The list <list.example.com>"),
    ("List-Unsubscribe", "<https://example.com/unsubscribe/{}>, <mailto:leave@example.com>"),
    ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    ("DKIM-Signature", "v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=x; bh=" + "A" * 43 + "=; b=" + "B" * 60),
    ("Auto-Submitted", "auto-generated"),
    ("X-Note", "Zoë number {}"),
]
TEXT = "A line of the text that people write to each other.\n" * 23
NAMES = ("Zoë Müller {0} <z{0}@example.com>", "Ann Author {0} <a{0}@example.com>", '"Author, {0}" <b{0}@example.com>')
RECIPIENTS = ", ".join(NAMES[number % 3].format(number) for number in range(1000))
ONE_FIELD = {
    "text in US-ASCII": ("Subject", "Minutes of the meeting number {} and what came of it in the end, at last"),
    "text to encode": ("Subject", "Das Protokoll der Sitzung Nummer {} über die Änderungen in Köln und Düsseldorf"),
    "a msg-id": ("Message-ID", "<{}.0123456789abcdef@mail.example.com>"),
    "ten msg-ids": ("References", " ".join(f"<{{0}}.{number}.0123456789abcdef@mail.example.com>" for number in range(10))),
    "ten addresses": ("To", ", ".join(f"Ann Author {number} <a{{0}}.{number}@example.com>" for number in range(10))),
    "ten names to encode": ("To", ", ".join(f"Zoë Müller {number} <a{{0}}.{number}@example.com>" for number in range(10))),
    "a signature": FIELDS[12],
    "parameters": ("Content-Disposition", 'attachment; filename="report number {}.pdf"'),
    "parameters to encode": ("Content-Disposition", 'attachment; filename="Übersicht Nummer {}.pdf"'),
}


def headers(policy, number):
    message = EmailMessage(policy=policy)
    for name, value in FIELDS:
        message[name] = value.format(number)
    return message


def set_and_send(policy, numbers):
    return headers(policy, next(numbers)).as_bytes()


def with_content(policy, numbers):
    message = headers(policy, next(numbers))
    message.set_content(TEXT)
    return message.as_bytes()


def parse_and_refold(policy, refold, sources):
    message = email.message_from_bytes(next(sources), policy=policy)
    for name in ("From", "To", "Subject", "Date", "Message-ID"):
        str(message[name])
    return message.as_bytes(policy=refold)


def set_and_fold(policy, name, value, numbers):
    message = EmailMessage(policy=policy)
    message[name] = value.format(next(numbers))
    return policy.fold_binary(name, message[name])


def flask_message(make, app, numbers):
    with app.app_context():
        return make(
            f"Minutes {next(numbers)} of the Sitzung über alles",
            ["bob@example.org", ("Zoë Müller", "zoe@example.com")],
            sender=("Ann Author", "ann@example.com"),
            body=TEXT,
            extra_headers={"In-Reply-To": MSG_ID, "References": f"{MSG_ID} {MSG_ID}"},
        ).as_bytes()


def flask_rows(runner):
    app = flask.Flask("benchmark")
    app.config.update(MESSAGE_ID_DOMAIN="example.com", TESTING=True)
    flask_mail.Mail(app)
    rows = [
        ("standard library", flask_mail.Message, email.policy.SMTP),
        ("msgidpolicy", flask_mail.Message, msgidpolicy.SMTP),
        ("msgidpolicy.Message", msgidpolicy.Message, msgidpolicy.SMTP),
    ]
    for label, make, policy in rows:
        flask_mail.message_policy = policy
        runner.bench_func(f"Flask-Mail, made and rendered / {label}", flask_message, make, app, itertools.count())


def main():
    runner = pyperf.Runner(processes=3, values=5)
    for label, policy in POLICIES.items():
        refold = policy.clone(refold_source="all")
        sources = itertools.cycle([headers(msgidpolicy.SMTP, number).as_bytes() for number in range(100)])
        message_id = headers(policy, 0)
        del message_id["References"]
        message_id["References"] = MSG_ID
        many = EmailMessage(policy=policy)
        many["References"] = " ".join([MSG_ID] * 1000)
        runner.bench_func(f"15 headers set, as_bytes() / {label}", set_and_send, policy, itertools.count())
        runner.bench_func(f"15 headers, set_content(), as_bytes() / {label}", with_content, policy, itertools.count())
        runner.bench_func(f"15 headers parsed, 5 read, all refolded / {label}", parse_and_refold, policy, refold, sources)
        runner.bench_func(f"fold_binary of an id / {label}", policy.fold_binary, "References", message_id["References"])
        runner.bench_func(f"fold_binary of 1,000 ids / {label}", policy.fold_binary, "References", many["References"])
        runner.bench_func(f"To with 1,000 names / {label}", set_and_fold, policy, "To", RECIPIENTS, itertools.count())
        for kind, (name, value) in ONE_FIELD.items():
            runner.bench_func(f"{kind}, set and folded / {label}", set_and_fold, policy, name, value, itertools.count())
    flask_rows(runner)
    runner.bench_func("make_msgid(domain=…) / standard library", email.utils.make_msgid, None, "example.com")
    runner.bench_func("make_msgid(domain=…) / msgidpolicy", msgidpolicy.make_msgid, None, "example.com")


if __name__ == "__main__":
    main()
