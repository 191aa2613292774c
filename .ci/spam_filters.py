"""SpamAssassin and rspamd on 10,000 Message-IDs over 20 kinds of domain: none may hold one against us.

    python spam_filters.py          # with Debian's spamassassin and rspamd; rspamd serves on loopback

Each filter is first shown an id that it must object to.
"""
import concurrent.futures
import contextlib
import http.client
import json
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from test_message_id import DOMAINS  # noqa: E402

from msgidpolicy import make_msgid  # noqa: E402

BAD = "<ABCDEFGH@localhost>"
ABOUT_IDS = ("MID", "MSGID", "RATWARE", "FORGED")


def about_ids(rules):
    """The rules that speak of the Message-ID, those that say what is right aside."""
    good = {"MID_RHS_MATCH_FROM", "MID_RHS_MATCH_FROMTLD"}
    return sorted(rule for rule in rules if any(word in rule for word in ABOUT_IDS) and rule not in good)


def spamassassin(ids):
    script = Path(__file__).with_name("spamassassin.pl")
    done = subprocess.run(["perl", str(script)], input="\n".join(ids) + "\n", capture_output=True, text=True, check=True)
    counts = dict(line.split() for line in done.stdout.splitlines())
    assert int(counts.pop("messages")) == len(ids)
    return counts


def rspamd(ids):
    counts = {}
    connection = http.client.HTTPConnection("127.0.0.1", 11333, timeout=60)
    for one in ids:
        message = (
            "From: Ann <ann@example.org>\r\nTo: bob@example.net\r\nSubject: Lunch\r\n"
            f"Date: Mon, 23 Nov 2026 17:09:54 +0000\r\nMessage-ID: {one}\r\nMIME-Version: 1.0\r\n"
            "Content-Type: text/plain\r\n\r\nSee you.\r\n"
        )
        connection.request("POST", "/checkv2", message.encode())
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
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
