"""SpamAssassin and rspamd on 10,000 Message-IDs over 20 kinds of domain: none may hold one against us; and on 20
messages of .ci/receivers: no rule about the form of a header may be hit.

    python spam_filters.py          # with Debian's spamassassin and rspamd; rspamd serves on loopback

Each filter is first shown an id, and a message, that it must object to.
"""

import concurrent.futures
import contextlib
import http.client
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).parent / "receivers"))

from make_messages import make  # noqa: E402
from test_message_id import DOMAINS  # noqa: E402

from msgidpolicy import SMTP, make_msgid  # noqa: E402

BAD = "<ABCDEFGH@localhost>"
ABOUT_IDS = ("MID", "MSGID", "RATWARE", "FORGED")
ABOUT_FORM = re.compile(
    r"HEADER_\w+_(EMPTY_)?DELIMITER|_EXCESS_|INVALID_MSGID|BROKEN_HEADERS|MULTIPLE_UNIQUE_HEADERS|"
    r"_NEEDS_ENCODING|_ILLEGAL_CHARS|MISSING_(?!MIMEOLE|XM_UA)\w+|HEAD_ILLEGAL|UNRESOLVED_TEMPLATE"
)
BAD_MESSAGE = (
    b"From:\r\n ann@example.org\r\nTo: bob@example.net\r\nSubject: =?utf-8?q?a?= =?utf-8?q?a?=\r\n"
    b"Message-ID: <left@\r\n example.org>\r\nMessage-ID: <b@example.org>\r\n\r\nSee you.\r\n"
)


def about_ids(rules):
    """The rules that speak of the Message-ID, those that say what is right aside."""
    good = {"MID_RHS_MATCH_FROM", "MID_RHS_MATCH_FROMTLD"}
    return sorted(rule for rule in rules if any(word in rule for word in ABOUT_IDS) and rule not in good)


def about_form(rules):
    return sorted(rule for rule in rules if ABOUT_FORM.search(rule))


def spamassassin(ids):
    return spamassassin_hits([], "\n".join(ids) + "\n", len(ids))


def spamassassin_hits(files, ids, number):
    script = Path(__file__).with_name("spamassassin.pl")
    done = subprocess.run(["perl", script, *files], input=ids, capture_output=True, text=True, check=True)
    counts = dict(line.split() for line in done.stdout.splitlines())
    assert int(counts.pop("messages")) == number
    return counts


def rspamd(ids):
    return rspamd_hits(
        (
            "From: Ann <ann@example.org>\r\nTo: bob@example.net\r\nSubject: Lunch\r\n"
            f"Date: Mon, 23 Nov 2026 17:09:54 +0000\r\nMessage-ID: {one}\r\nMIME-Version: 1.0\r\n"
            "Content-Type: text/plain\r\n\r\nSee you.\r\n"
        ).encode()
        for one in ids
    )


def rspamd_hits(messages):
    counts = {}
    connection = http.client.HTTPConnection("127.0.0.1", 11333, timeout=60)
    for message in messages:
        connection.request("POST", "/checkv2", message)
        answer = json.loads(connection.getresponse().read())
        for symbol in answer["symbols"]:
            counts[symbol] = counts.get(symbol, 0) + 1
    return counts


@contextlib.contextmanager
def rspamd_serving():
    """rspamd with the configuration that Debian ships, which listens on loopback alone."""
    arguments = ["rspamd", "--no-fork", "--user", "_rspamd", "--group", "_rspamd"]
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(120):
            try:
                rspamd([BAD])
                break
            except OSError:
                time.sleep(1)
        yield
    finally:
        process.terminate()
        process.wait(60)


def rules_about_form(folder, count):
    """By each filter, of messages; it has to object to BAD_MESSAGE."""
    bad = Path(folder, "bad.eml")
    bad.write_bytes(BAD_MESSAGE)
    files = [Path(folder, entry["file"]) for entry in make(Path(folder), SMTP, count, 2)["messages"]]
    for name, check in {
        "SpamAssassin": lambda files: spamassassin_hits(files, None, len(files)),
        "rspamd": lambda files: rspamd_hits(path.read_bytes() for path in files),
    }.items():
        if not about_form(check([bad])):
            raise SystemExit(f"{name} objects to the form of nothing")
        yield name, about_form(check(files))


def main():
    filters = {"SpamAssassin": spamassassin, "rspamd": rspamd}
    ids = [make_msgid(domain=domain) for domain in DOMAINS for _ in range(500)]
    failed = False
    with rspamd_serving(), concurrent.futures.ThreadPoolExecutor(2) as pool:
        for name, check in filters.items():
            if not about_ids(check([BAD])):
                raise SystemExit(f"{name} objects to nothing")
        for name, future in {name: pool.submit(check, ids) for name, check in filters.items()}.items():
            rules = about_ids(future.result())
            failed = failed or bool(rules)
            print(f"{name}: {len(ids)} ids, {len(DOMAINS)} domains, rules against one: {rules or 'none'}")
        with tempfile.TemporaryDirectory() as folder:
            for name, rules in rules_about_form(folder, 20):
                failed = failed or bool(rules)
                print(f"{name}: 20 messages, rules about the form of a header: {rules or 'none'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
