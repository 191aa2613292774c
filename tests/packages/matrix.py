"""Print, for each package that is installed, what it breaks without msgidpolicy and with the line for it.

    python tests/packages/matrix.py [ROW …]

A row is a package: its version, the number of broken rules without and with, and what is written. Packages that are
not installed are said to be missing. Exit status 1 where a row breaks a rule with its line.
"""

import importlib.metadata
import importlib.util
import json
import os
import platform
import socket
import subprocess
import sys
import traceback
import warnings
from pathlib import Path
from typing import NamedTuple, Optional

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import hostile  # noqa: E402

INSTALL = "msgidpolicy.install()"
LEGACY = "msgidpolicy.install(legacy=True)"
FLATTEN = "msgidpolicy.flatten(message)"


class Row(NamedTuple):
    """A package and a way to send with it.

    Attributes:
        label (str): what is shown.
        sender (str): the function, ``module.name``.
        line (str): what is written for msgidpolicy.
        package (str): the distribution; none for the standard library.
        note (str): what is another's; the options have it.
        options (dict): other arguments for ``hostile.faults``.
    """

    label: str
    sender: str
    line: str
    package: Optional[str] = None
    note: str = ""
    options: dict = {}


APP = 'INSTALLED_APPS += ["msgidpolicy.django"]'
PLAIN = {  # it has no place for other fields, and names no recipients
    "meant": {"Subject": hostile.SUBJECT},
    "sender": ("Shop", hostile.SENDER[1]),
    "recipients": [("", address) for _, address in hostile.RECIPIENTS],
}
NO_LIMIT = "its as_string() asks for lines without a limit"
ROWS = [
    Row("smtplib, EmailMessage", "senders.smtplib_new", "EmailMessage(policy=msgidpolicy.SMTP)"),
    Row("smtplib, EmailMessage, a switch", "senders.smtplib_new_install", INSTALL),
    Row("smtplib, MIMEMultipart, Header", "senders.smtplib_old", "MIMEMultipart(policy=msgidpolicy.compat32)"),
    Row("smtplib, MIMEMultipart, str", "senders.smtplib_old_str", LEGACY),
    Row("smtplib, sendmail(octets)", "senders.smtplib_sendmail", FLATTEN),
    Row("mailbox.mbox", "senders.mbox", "msgidpolicy.flatten(message, policy=msgidpolicy.default)"),
    Row("mailbox.Maildir", "senders.maildir", "msgidpolicy.flatten(message, policy=msgidpolicy.default)"),
    Row("imaplib", "senders.imaplib_append", FLATTEN),
    Row("aiosmtplib, EmailMessage", "senders.aiosmtplib_new", FLATTEN, "aiosmtplib"),
    Row("aiosmtplib, its own policy", "senders.aiosmtplib_own_policy", "EmailMessage(policy=msgidpolicy.SMTP)", "aiosmtplib"),
    Row("aiosmtplib, MIMEMultipart", "senders.aiosmtplib_old", FLATTEN, "aiosmtplib"),
    Row("fastapi-mail", "senders.fastapi_mail", LEGACY, "fastapi-mail"),
    Row("redmail", "senders.redmail", INSTALL, "redmail"),
    Row("emails", "senders.emails", "emails.Message.policy = msgidpolicy.SMTP", "emails"),
    Row(
        "yagmail",
        "senders.yagmail",
        LEGACY,
        "yagmail",
        NO_LIMIT + ", and its names have no quotes",
        {"limit": 0, "recipients": None},
    ),
    Row("Apprise", "senders.apprise", LEGACY, "apprise", NO_LIMIT, {"limit": 0, "recipients": None, "filenames": ()}),
    Row("Flask-Mailman", "senders.flask_mailman", LEGACY, "Flask-Mailman"),
    Row("Flask-Mailing", "senders.flask_mailing", LEGACY, "Flask-Mailing", options=PLAIN),
    Row("Amazon SES by boto3", "senders.ses", FLATTEN, "boto3"),
    Row("Amazon SES v2 by boto3", "senders.ses_v2", FLATTEN, "boto3"),
    Row("Gmail's API", "senders.gmail", FLATTEN, "google-api-python-client"),
    Row("mailman", "senders.mailman", LEGACY, "mailman"),
    Row("the way of Odoo", "senders.odoo", INSTALL, None, "its policy asks for lines without a limit", {"limit": 0}),
    Row("the way of Frappe", "senders.frappe", INSTALL),
    Row("Django, SMTP", "django_senders.smtp", APP, "Django"),
    Row("Django, connection=", "django_senders.connection", APP, "Django"),
    Row("Django, a backend of its own", "django_senders.own_backend", APP, "Django"),
    Row("Django, EmailBackend", "django_senders.backend", 'EMAIL_BACKEND = "msgidpolicy.django.EmailBackend"', "Django"),
    Row("django-anymail, Amazon SES", "django_senders.anymail", APP, "django-anymail"),
    Row("django-ses", "django_senders.django_ses", APP + ", install()", "django-ses"),
    Row("django-mailer", "django_senders.mailer", APP, "django-mailer"),
    Row("django-post-office", "django_senders.post_office", APP, "django-post-office"),
    Row("djmail", "django_senders.djmail", APP, "djmail"),
    Row("django-celery-email", "django_senders.celery_email", APP, "django-celery-email"),
]


def version_of(row):
    """The version of a row's package; None where it is not installed."""
    try:
        return importlib.metadata.version(row.package) if row.package else platform.python_version()
    except importlib.metadata.PackageNotFoundError:
        return None


def faults_of(row, cure):
    """What is wrong with what the package sends, in a process of its own: a list of str."""
    command = [sys.executable, __file__, "--row", row.label, "with" if cure else "without"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"})
    lines = done.stdout.splitlines()
    return json.loads(lines[-1]) if done.returncode == 0 and lines else [done.stderr.strip()[-300:] or "no answer"]


def run(label, way):
    """What ``faults_of`` runs."""
    warnings.simplefilter("ignore")
    socket.getfqdn = lambda name="": hostile.HOST
    (row,) = [row for row in ROWS if row.label == label]
    module, name = row.sender.split(".")
    with hostile.Server() as server:
        try:
            octets = getattr(importlib.import_module(module), name)(server, way == "with")
            found = hostile.faults(octets, **row.options)
        except Exception as error:
            if "MATRIX_TRACEBACK" in os.environ:
                traceback.print_exc()
            found = [f"it raises {type(error).__name__}: {str(error)[:120]}"]
    print("\n" + json.dumps(found))


def main(labels):
    """Print the rows; 1 where one breaks a rule with its line."""
    failed = False
    print(f"{'package':33} {'version':9} {'without':>7} {'with':>5}  what is written")
    for row in ROWS:
        version = version_of(row)
        if labels and row.label not in labels:
            continue
        if version is None:
            print(f"{row.label:33} is not installed")
            continue
        without, with_line = faults_of(row, False), faults_of(row, True)
        is_refused = without and (without[0] == "it did not arrive" or "it raises" in without[0])
        shown = "refused" if is_refused else len(without)
        note = f" ({row.note})" if row.note else ""
        print(f"{row.label:33} {version:9} {shown:>7} {len(with_line):>5}  {row.line}{note}", flush=True)
        for fault in with_line:
            print(f"    {fault}")
        failed = failed or bool(with_line)
    return 1 if failed else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--row"]:
        run(*sys.argv[2:])
    else:
        sys.exit(main(sys.argv[1:]))
