"""Messages and fields, by the standard library of this Python and by msgidpolicy, in one run.

    python messages.py -o results.json && python ratios.py results.json

Needs pyperf.  Every row is measured for both policies, with values that vary from call to call.  The message is
that of corpus.json, full15: 15 fields of a shop's mail.
"""

import email
import email.policy
import email.utils
import itertools
import json
import os
import smtplib
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path

import flask
import flask_mail
import pyperf
import sink

import msgidpolicy

try:
    import django
except ImportError:
    django = None

POLICIES = {"standard library": email.policy.SMTP, "msgidpolicy": msgidpolicy.SMTP}
MSG_ID = f"<{'0123456789abcdef' * 5}@mail.example.com>"
CORPUS = json.loads(Path(__file__).with_name("corpus.json").read_text("utf-8"))["items"]
FIELDS = next(item["headers"] for item in CORPUS if item["id"] == "full15")
VARYING = ("154810422972", "559009419515", "48213", "1706700000", "faPdijbeHj")  # in ids, the subject, a tag, a URL
VARIANTS = 100
TEXT = "A line of the text that people write to each other.\n" * 23
HTML = "<p>Ein Absatz eines Briefes, größer als eine Zeile, und mit einem Verweis: https://example.com/</p>\n" * 200
PICTURE, PDF, LARGE_PDF = os.urandom(8_000), os.urandom(51_000), os.urandom(100_000)
NAMES = ("Zoë Müller {0} <z{0}@x{{}}.example>", "Ann Author {0} <a{0}@x{{}}.example>", '"Author, {0}" <b{0}@x{{}}.example>')
RECIPIENTS = ", ".join(NAMES[number % 3].format(number) for number in range(1000))
ONE_FIELD = {
    "text in US-ASCII": ("Subject", "Minutes of the meeting number {} and what came of it in the end, at last"),
    "text to encode": ("Subject", "Das Protokoll der Sitzung Nummer {} über die Änderungen in Köln und Düsseldorf"),
    "a msg-id": ("Message-ID", "<{}.0123456789abcdef@mail.example.com>"),
    "ten msg-ids": ("References", " ".join(f"<{{}}.{number}.0123456789abcdef@mail.example.com>" for number in range(10))),
    "ten addresses": ("To", ", ".join(f"Ann Author {number} <a{{}}.{number}@example.com>" for number in range(10))),
    "ten names to encode": ("To", ", ".join(f"Zoë Müller {number} <a{{}}.{number}@example.com>" for number in range(10))),
    "a signature": ("DKIM-Signature", "v=1; a=rsa-sha256; d=example.com; s=x; t={}; bh=" + "A" * 43 + "=; b=" + "B" * 60),
    "parameters": ("Content-Disposition", 'attachment; filename="report number {}.pdf"'),
    "parameters to encode": ("Content-Disposition", 'attachment; filename="Übersicht Nummer {}.pdf"'),
}
GROWTH = {
    f"{size:,} {kind}": (name, piece * (size // len(piece)))
    for kind, name, piece in (
        ("octets of ASCII text", "Subject", "word {} and "),
        ("octets of encoded text", "Subject", "größer {} "),
        ("octets of ids", "References", "<{}.0123456789abcdef@mail.example.com> "),
        ("octets of addresses", "To", "Ann Author <a{}@example.com>, "),
    )
    for size in (1000, 10000)
}


def varied_fields():
    """The fields of the message in as many variants as come one after the other, again and again."""
    for number in range(VARIANTS):
        fields = []
        for name, value in FIELDS:
            for varying in VARYING:
                value = value.replace(varying, f"{number:0{len(varying)}}")
            fields.append((name, value))
        yield fields


def varied(value):
    return itertools.cycle([value.rstrip(" ,").replace("{}", f"{number:05}") for number in range(VARIANTS)])


def headers(policy, fields):
    message = EmailMessage(policy=policy)
    for name, value in fields:
        message[name] = value
    return message


def set_and_send(policy, messages):
    return headers(policy, next(messages)).as_bytes()


def with_content(policy, messages):
    message = headers(policy, next(messages))
    message.set_content(TEXT)
    return message.as_bytes()


def made_by_class(fill, messages):
    message = msgidpolicy.EmailMessage()
    for name, value in next(messages):
        message[name] = value
    if fill:
        fill(message)
    return message.as_bytes()


def class_rows(runner):
    rows = {
        "15 headers set, as_bytes()": None,
        "15 headers, set_content(), as_bytes()": a_text,
        "15 headers, HTML, a picture, a PDF of 100 kB, as_bytes()": html_a_picture_and_a_pdf,
    }
    for row, fill in rows.items():
        messages = itertools.cycle(list(varied_fields()))
        runner.bench_func(f"{row} / msgidpolicy.EmailMessage", made_by_class, fill, messages)


def with_parts(policy, messages):
    message = headers(policy, next(messages))
    html_a_picture_and_a_pdf(message)
    return message.as_bytes()


def addresses_of(policy, values):
    message = EmailMessage(policy=policy)
    message["To"] = next(values)
    return message["To"].addresses


def set_address(policy, numbers):
    message = EmailMessage(policy=policy)
    message["To"] = Address("Ann Author", f"ann{next(numbers)}", "example.com")
    return message


def set_list(mailboxes, numbers):
    message = EmailMessage(policy=msgidpolicy.SMTP)
    message["To"] = f"first{next(numbers)}@example.com, {mailboxes}"
    return message


def attribute_rows(runner):
    mailboxes = ", ".join(f"Ann Author {number} <a{number}@example.com>" for number in range(16_000))
    for label, policy in POLICIES.items():
        two = varied('Ann Author <a{}@example.com>, "Author, B." <b@example.org>')
        runner.bench_func(f".addresses of two mailboxes, set / {label}", addresses_of, policy, two)
        runner.bench_func(f"To set to an Address / {label}", set_address, policy, itertools.count())
    for row, value in (("", mailboxes), (", one of them unusual", mailboxes + ', "Jim \\"J\\" Doe" <j@example.com>')):
        runner.bench_func(f"16,000 mailboxes set{row} / msgidpolicy", set_list, value, itertools.count())


def send_on(policy, sources):
    return email.message_from_bytes(next(sources), policy=policy).as_bytes()


def parse_and_refold(policy, refold, sources):
    message = email.message_from_bytes(next(sources), policy=policy)
    for name in ("From", "To", "Subject", "Date", "Message-ID"):
        str(message[name])
    return message.as_bytes(policy=refold)


def set_and_fold(policy, name, values):
    message = EmailMessage(policy=policy)
    message[name] = next(values)
    return policy.fold_binary(name, message[name])


def a_text(message):
    message.set_content(TEXT)


def a_newsletter(message):
    message.set_content(TEXT)
    message.add_alternative(HTML, subtype="html")


def a_pdf(message):
    message.set_content(TEXT)
    message.add_attachment(PDF, maintype="application", subtype="pdf", filename="report.pdf")


def html_a_picture_and_a_pdf(message):
    message.set_content(TEXT)
    message.add_alternative(HTML[:2000], subtype="html")
    message.get_payload()[1].add_related(PICTURE, "image", "png", cid=MSG_ID)
    message.add_attachment(LARGE_PDF, maintype="application", subtype="pdf", filename="report.pdf")


PROGRAMS = {
    "a text": a_text,
    "a newsletter of 20 kB": a_newsletter,
    "a text and a PDF of 51 kB": a_pdf,
    "HTML, a picture, a PDF of 100 kB": html_a_picture_and_a_pdf,
}
FIELDS_OF_A_LETTER = {
    "From": "Ann Author <ann@example.com>",
    "To": "Zoë Müller <zoe@example.org>, bob@example.org",
    "Subject": "Minutes {} of the Sitzung über alles",
    "Date": "Thu, 26 Nov 2026 04:47:30 +0000",
    "In-Reply-To": MSG_ID,
    "References": f"{MSG_ID} {MSG_ID}",
    "List-Unsubscribe": "<https://example.com/leave?t={}>",
}


def letter(make, fill, numbers):
    number = str(next(numbers))
    message = make()
    for name, value in FIELDS_OF_A_LETTER.items():
        message[name] = value.replace("{}", number)
    message["Message-ID"] = f"<{number}.0123456789abcdef@mail.example.com>"
    fill(message)
    return message


def by_send_message(client, make, fill, numbers):
    client.send_message(letter(make, fill, numbers))


def by_octets(client, make, fill, numbers):
    octets = letter(make, fill, numbers).as_bytes()
    client.sendmail("ann@example.com", ["zoe@example.org", "bob@example.org"], octets)


def program_rows(runner):
    client = smtplib.SMTP("127.0.0.1", sink.start()) if runner.args.worker else None
    ways = {
        "standard library": (by_send_message, lambda: EmailMessage(policy=email.policy.SMTP)),
        "msgidpolicy": (by_send_message, lambda: EmailMessage(policy=msgidpolicy.SMTP)),
        "msgidpolicy.EmailMessage": (by_octets, msgidpolicy.EmailMessage),
    }
    for row, fill in PROGRAMS.items():
        for label, (send, make) in ways.items():
            runner.bench_func(f"{row}; made and sent / {label}", send, client, make, fill, itertools.count(10_000_000))


def django_message(mail, app, numbers):
    message = mail.EmailMessage(
        f"Minutes {next(numbers)} of the Sitzung", TEXT, "Ann <ann@example.com>", ["Zoë <zoe@example.com>"]
    )
    return message.message(policy=email.policy.SMTP).as_bytes()


def django_rows(runner):
    """Each in a process of its own, as the app changes Django's messages for good; ``pyperf`` starts one for each row."""
    from django.conf import settings
    from django.core import mail

    settings.configure(USE_TZ=True, SECRET_KEY="x", INSTALLED_APPS=[])
    django.setup()
    row = f"Django {django.get_version()}, message() and as_bytes()"
    runner.bench_func(f"{row} / standard library", django_message, mail, False, itertools.count())
    settings.INSTALLED_APPS.append("msgidpolicy.django")
    if runner.args.worker:
        django.apps.apps.set_installed_apps(settings.INSTALLED_APPS)
    runner.bench_func(f"{row} / msgidpolicy", django_message, mail, True, itertools.count())


def flask_message(make, app, html, numbers):
    with app.app_context():
        return make(
            f"Minutes {next(numbers)} of the Sitzung über alles",
            ["bob@example.org", ("Zoë Müller", "zoe@example.com")],
            sender=("Ann Author", "ann@example.com"),
            body=TEXT,
            html=html,
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
        for row, html in (("Flask-Mail, made and rendered", None), ("Flask-Mail with HTML, made and rendered", HTML[:2000])):
            runner.bench_func(f"{row} / {label}", flask_message, make, app, html, itertools.count())


def main():
    runner = pyperf.Runner(processes=3, values=5)
    runner.parse_args()
    program_rows(runner)
    for label, policy in POLICIES.items():
        refold = policy.clone(refold_source="all")
        messages = itertools.cycle(list(varied_fields()))
        sources = itertools.cycle([headers(msgidpolicy.SMTP, fields).as_bytes() for fields in varied_fields()])
        one = EmailMessage(policy=policy)
        one["References"] = MSG_ID
        many = EmailMessage(policy=policy)
        many["References"] = " ".join([MSG_ID] * 1000)
        runner.bench_func(f"15 headers set, as_bytes() / {label}", set_and_send, policy, messages)
        runner.bench_func(f"15 headers, set_content(), as_bytes() / {label}", with_content, policy, messages)
        runner.bench_func(f"15 headers, HTML, a picture, a PDF of 100 kB, as_bytes() / {label}", with_parts, policy, messages)
        runner.bench_func(f"15 headers parsed, 5 read, all refolded / {label}", parse_and_refold, policy, refold, sources)
        runner.bench_func(f"15 headers parsed and sent on / {label}", send_on, policy, sources)
        runner.bench_func(f"fold_binary of an id / {label}", policy.fold_binary, "References", one["References"])
        runner.bench_func(f"fold_binary of 1,000 ids / {label}", policy.fold_binary, "References", many["References"])
        runner.bench_func(f"To with 1,000 names / {label}", set_and_fold, policy, "To", varied(RECIPIENTS))
        for kind, (name, value) in {**ONE_FIELD, **GROWTH}.items():
            runner.bench_func(f"{kind}, set and folded / {label}", set_and_fold, policy, name, varied(value))
    class_rows(runner)
    attribute_rows(runner)
    flask_rows(runner)
    if django and django.VERSION >= (6,):
        django_rows(runner)
    runner.bench_func("make_msgid(domain=…) / standard library", email.utils.make_msgid, None, "example.com")
    runner.bench_func("make_msgid(domain=…) / msgidpolicy", msgidpolicy.make_msgid, None, "example.com")


if __name__ == "__main__":
    main()
