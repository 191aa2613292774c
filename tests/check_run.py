"""A run of ``msgidpolicy check`` as a user has it, and mails for it."""

import json
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor

import pytest

from msgidpolicy.check.rule import RULES

CHECK = [sys.executable, "-m", "msgidpolicy", "check"]
MAIL = (
    b"From: Ann <ann@example.com>\r\n"
    b"To: bob@example.org\r\n"
    b"Date: Fri, 08 Jul 2011 12:08:34 +0000\r\n"
    b"Message-ID: <1@example.com>\r\n"
    b"Subject: dinner\r\n"
    b"\r\n"
    b"At eight?\r\n"
)
ENCODED = b"=?utf-8?q?=3C1=40example=2Ecom=3E?="  # as Python 3.7 writes a long one
ENCODED_REASON = RULES["msg-id-encoded"].reason
BROKEN = MAIL.replace(b"<1@example.com>", ENCODED)
FROM_LINE = b"From ann@example.com Fri Jul  8 12:08:34 2011\n"
FORMS = {"CRLF": lambda mail: mail, "LF": lambda mail: mail.replace(b"\r\n", b"\n")}

# The pool of PyPy 3.9 (7.3.11) calls what starts a process by a name that it does not have.
in_processes = pytest.mark.skipif(not hasattr(ProcessPoolExecutor, "_adjust_process_count"), reason="no pool can be started")
JOBS = ["1", pytest.param("2", marks=in_processes)]
on_unix = pytest.mark.skipif(os.name != "posix", reason="needs pipes and terminals of Unix")


def lf(mail):
    return mail.replace(b"\r\n", b"\n")


def mbox_of(*mails):
    return b"".join(FROM_LINE + lf(mail) + b"\n" for mail in mails)


def check(*arguments, **keywords):
    """A finished process; what it wrote is kept as bytes."""
    keywords = {"capture_output": True, "stdin": None if "input" in keywords else subprocess.DEVNULL, **keywords}
    return subprocess.run([*CHECK, *map(str, arguments)], timeout=300, **keywords)


def places(run):
    """Path, line and rule of each finding that was told as JSON."""
    found = [json.loads(line) for line in run.stdout.splitlines()]
    return [(finding["path"], finding["line"], finding["rule"]) for finding in found]
