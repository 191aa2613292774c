"""Mails that postfix hands to ``msgidpolicy fix``, by pipe(8) as docs/fix.rst has it, arrive mended.

    python postfix_filter.py PYTHON [MAIL …]     # as root; PYTHON has msgidpolicy; all of it on loopback

What is right arrives as it was sent, what CPython has broken as it was set, each once; and where the filter does not run,
the mail stays in the queue.  Of each MAIL, a file of ``.ci/receivers/fixed.py``, what is mended arrives as it was mended
there; postfix puts in fields that are missing.
"""

import contextlib
import json
import re
import smtplib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / ".ci/receivers"))
from cyrus import free_port  # noqa: E402
from hops import MAIN_CF, MASTER_CF, RECEIVED, Sink, answers, sink  # noqa: E402

DOCUMENTED = (ROOT / "docs/fix.rst").read_text("utf-8")
HEADER = (
    "From: ann@example.com\r\nTo: bob@example.org\r\nDate: Mon, 01 Jan 2024 00:00:00 +0000\r\nMessage-ID: <1@example.com>\r\n"
)
# Postfix changes these, or those beside them.
NOT_OURS = {"from", "to", "message-id", "resent-message-id", "return-path", "received", "disposition-notification-to"}


def documented(beginning):
    """The literal block of the documentation that begins with this line, without its indentation."""
    start = DOCUMENTED.index(f"    {beginning}")
    block = re.match(r"(?:    .*\n|\n)+", DOCUMENTED[start:])[0]
    return re.sub("^    ", "", block, flags=re.MULTILINE).rstrip() + "\n"


@contextlib.contextmanager
def allowed(folder):
    """Let sendmail work with this configuration, for as long as the test runs."""
    main = Path("/etc/postfix/main.cf")
    before = main.read_bytes() if main.exists() else None
    main.write_bytes((before or b"") + f"\nalternate_config_directories = {folder}\n".encode())
    try:
        yield
    finally:
        main.write_bytes(before) if before is not None else main.unlink()


@contextlib.contextmanager
def postfix(python, following):
    with tempfile.TemporaryDirectory() as folder:
        path, port = Path(folder), free_port()
        path.chmod(0o755)
        for name in ("queue", "data", "etc"):
            (path / name).mkdir()
        subprocess.run(["chown", "postfix", path / "data"], check=True)
        script = path / "fix-and-send"
        sendmail = f"/usr/sbin/sendmail -C {path}/etc"
        text = documented("#!/bin/sh").replace("/usr/sbin/sendmail", sendmail)
        script.write_text(text.replace("/opt/msgidpolicy/bin/python", python))
        script.chmod(0o755)
        # The same in a configuration of its own: on another port, without a chroot, by the script above.
        smtpd, pipe = documented("smtp      inet").split("msgidpolicy ", 1)
        smtpd = re.sub(r"\Asmtp +inet +n +- +y", f"127.0.0.1:{port} inet n - n", smtpd)
        pipe = "msgidpolicy " + pipe.replace("/usr/local/bin/fix-and-send", str(script)).replace("user=filter", "user=nobody")
        rest = MASTER_CF.replace("127.0.0.1:{port} inet n - n - - smtpd\n", "")
        (path / "etc/main.cf").write_text(MAIN_CF.format(folder=folder, next=following) + documented("smtputf8_autodetect"))
        (path / "etc/master.cf").write_text(f"{smtpd}{pipe}pickup unix n - n 1 1 pickup\nshowq unix n - n - - showq\n{rest}")
        command = ["postfix", "-c", path / "etc"]
        with allowed(path / "etc"):
            subprocess.run([*command, "start"], check=True, stderr=subprocess.DEVNULL)
            try:
                answers(port)
                yield port, path
            finally:
                subprocess.run([*command, "stop"], check=True, stderr=subprocess.DEVNULL)


def sent(port, mails):
    """Each mail to a recipient of its own; what arrived, in the same order, without what postfix puts in."""
    Sink.arrived.clear()
    with smtplib.SMTP("127.0.0.1", port) as client:
        for number, octets in enumerate(mails):
            client.sendmail("ann@example.com", [f"n{number}@sink.example"], octets)
    ended = time.monotonic() + 60
    while len(Sink.arrived) < len(mails) and time.monotonic() < ended:
        time.sleep(0.2)
    return [RECEIVED.sub(b"", Sink.arrived.get(f"n{number}@sink.example", b"")) for number in range(len(mails))]


def fixed(python, octets):
    command = [python, "-m", "msgidpolicy", "fix", "--quiet"]
    return subprocess.run(command, input=octets, capture_output=True, check=True, cwd="/").stdout


def fields(octets):
    """The fields of a mail (a set of bytes), but for those that are taken off what arrives."""
    header = RECEIVED.sub(b"", octets).partition(b"\r\n\r\n")[0]
    return set(re.split(rb"\r\n(?=[^ \t])", header))


def stays_in_the_queue(port, path):
    """Is a mail kept for later when the filter fails?"""
    script = path / "fix-and-send"
    script.write_text(script.read_text().replace("-m msgidpolicy fix", "-m nothing"))
    Sink.arrived.clear()
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.sendmail("ann@example.com", ["kept@sink.example"], (HEADER + "\r\nbody\r\n").encode())
    ended = time.monotonic() + 30
    while time.monotonic() < ended and not Sink.arrived:
        queue = subprocess.run(["postqueue", "-c", path / "etc", "-j"], capture_output=True, text=True).stdout
        if "deferred" in queue:
            return "kept@sink.example" in queue and not Sink.arrived
        time.sleep(0.5)
    return False


def main(python, *files):
    rows = json.loads((ROOT / "tests/written_by_cpython.json").read_text("utf-8"))
    rows = [row for row in rows if row["name"].lower() not in NOT_OURS and "\r" not in row["wire"].replace("\r\n", "")]
    mails = [(HEADER + row["wire"] + "\r\nbody\r\n.\r\n").encode() for row in rows]
    right = (HEADER + "Subject: =?utf-8?q?=C3=A9?= \r\n  and  more\r\n\r\nbody  \r\n\r\nFrom here\r\n").encode()
    files = [Path(file) for file in files]
    given = [file.read_bytes() for file in files]
    failed = mended = 0
    with sink() as last, postfix(python, last) as (port, path):
        arrived_mails = sent(port, [right, *mails, *given])
        for file, arrived in zip(files, arrived_mails[1 + len(mails) :]):
            mended_file = file.with_name(file.name.replace("before", "after"))
            missing = fields(mended_file.read_bytes()) - fields(file.read_bytes()) - fields(arrived)
            if not arrived or missing:
                failed += 1
                print(f"of {file} did not arrive: {missing or 'all'}")
        for octets, arrived in zip([right, *mails], arrived_mails):
            mended += arrived != octets
            if arrived != fixed(python, octets):
                failed += 1
                print(f"sent:\n{octets.decode('latin-1')}\narrived:\n{arrived.decode('latin-1')}")
        if not stays_in_the_queue(port, path):
            failed += 1
            print("a mail is lost, or goes on as it is, when the filter fails")
        if failed:
            print((path / "log").read_text("utf-8")[-5000:])
    print(f"postfix, msgidpolicy fix, postfix: {1 + len(mails) + len(given)} mails sent, {mended} mended, {failed} wrong")
    return 1 if failed or mended < len(rows) // 2 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
