"""Broken mails, as each receiver reads them before and after ``msgidpolicy.fix``: after it as they were meant.

    python fixed.py TOOLS CORPUS [FOLDER]     # of each mail of broken.toml who reads it right; exit status 1 where not all do

FOLDER, which is made, keeps the mails as they were before and after.

What is meant stands there, too; no line of it is made by the code under test.
"""

import collections
import re
import shutil
import sys
import tempfile
from pathlib import Path

import tomllib
from compare import HERE, RECEIVERS, Accepted, Check, Threads, differences

import msgidpolicy

FIELDS = b"From: ann@example.com\r\nTo: bob@example.org\r\nDate: Mon, 01 Jan 2024 00:00:00 +0000\r\n"
ENCLOSED = b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=outer\r\n\r\n--outer\r\n%b\r\n--outer--\r\n"


def records(octets):
    """{path: header block} of a file of the corpus (its MANIFEST.md)."""
    at, found = 0, {}
    while at < len(octets):
        end = octets.index(b"\n", at)
        size, path = octets[at:end].split(b" ", 1)
        found[path.decode()] = octets[end + 1 : end + 1 + int(size)]
        at = end + 1 + int(size) + 1
    return found


def broken(entry, corpus):
    """The octets of a mail, with CRLF. What shows in a part only is in one."""
    if "text" in entry:
        header = entry["text"].strip("\n").encode()
    else:
        header = records((corpus / entry["corpus"]).read_bytes())[entry["path"]].replace(b"\r\n", b"\n").rstrip(b"\n")
    header = header.replace(b"\n", b"\r\n") + b"\r\n"
    if set(entry["meant"]) & {"filename", "content-id"}:
        return FIELDS + ENCLOSED % (header + b"\r\nbody")
    boundary = re.search(rb'boundary="?([^\s";]+)', header)
    parts = b"--%b\r\n\r\nbody\r\n--%b--\r\n" % (boundary[1], boundary[1]) if boundary else b"body\r\n"
    return (FIELDS if "text" in entry else b"") + header + b"\r\n" + parts


def meant(entry):
    """As compare.py has it."""
    kinds = {"kinds": ["what was mended"]}
    return {field: [{"is": value, **kinds} for value in values] for field, values in entry["meant"].items()}


def wrong(receiver, entry, seen, accepted):
    """The differences of what a receiver reads, but for its own known faults."""
    found = differences(meant(entry), seen, receiver.blind)
    return [one for one in found if not accepted.fault(receiver.name, one[0], one[1], *one[2:])]


def readings(tools, folder, files):
    """{receiver: {file: what it reads}}"""
    readers = [receiver for receiver in RECEIVERS if not isinstance(receiver, (Threads, Check))]
    return {receiver: read_all(receiver, tools, folder, files) for receiver in readers}


def read_all(receiver, tools, folder, files):
    """Some of the programs end with an error at what is broken; they are then asked for each file alone."""
    if len(files) == 1:
        try:
            return receiver.read(files, tools, folder)
        except SystemExit as error:
            return {files[0]: {"error": str(error)}}
    try:
        return receiver.read(files, tools, folder)
    except SystemExit:
        return {file: seen for one in files for file, seen in read_all(receiver, tools, folder, [one]).items()}


def main(tools, corpus, kept=None):
    tools = Path(tools).resolve()
    entries = tomllib.loads((HERE / "broken.toml").read_text("utf-8"))["mail"]
    if not corpus:  # which is not there in a clone alone
        entries = [entry for entry in entries if "corpus" not in entry]
    corpus = Path(corpus)
    accepted, failed = Accepted(), 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        changes, found = [], []
        for number, entry in enumerate(entries):
            before = broken(entry, corpus)
            fixed = msgidpolicy.fix(before)
            (folder / f"{number}-before").write_bytes(before)
            (folder / f"{number}-after").write_bytes(fixed.message)
            changes.append(fixed.changes)
            found.append(sorted({f"{finding.field} {finding.rule}" for finding in msgidpolicy.audit(before)}))
        files = sorted(path.name for path in folder.iterdir())
        read = readings(tools, folder, files)
        if kept:
            shutil.copytree(folder, kept)
    for number, entry in enumerate(entries):
        faults = collections.defaultdict(list)
        count = 0
        for receiver, seen in read.items():
            if set(entry["meant"]) <= set(receiver.blind):
                continue
            if "error" in seen[f"{number}-before"] and "error" in seen[f"{number}-after"]:
                continue  # at something else, of which fix knows not what was meant
            count += 1
            for when in ("before", "after"):
                for difference in wrong(receiver, entry, seen[f"{number}-{when}"], accepted)[:1]:
                    faults[when].append((receiver.name, difference))
        rules = ", ".join(f"{change.field}: {' '.join(change.rules)}" for change in changes[number])
        title = entry.get("name") or f"{entry['corpus']} {entry['path'].rpartition('/')[2]}"
        before, after = (count - len(faults[when]) for when in ("before", "after"))
        print(f"{title}\n    found: {', '.join(found[number])}\n    mended: {rules}")
        print(f"    read right by {before} of {count}, then by {after}")
        for name, (field, _, is_meant, is_seen) in faults["after"]:
            print(f"    {name}, {field}:\n      {is_meant!r}\n      {is_seen!r}")
        failed += len(faults["after"])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
