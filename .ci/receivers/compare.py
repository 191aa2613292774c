"""What each receiver reads in our messages is what was meant by them.

    newest-pythons NEWEST; set_up.sh TOOLS NEWEST     # installs and builds the receivers
    python make_messages.py MESSAGES                  # the messages, and what is meant
    python compare.py TOOLS MESSAGES [RECEIVER …]     # a line each; exit status 1 where there is a difference
    python compare.py --table TOOLS NAME=MESSAGES …   # the table of docs/receivers.rst (table.sh)

Each receiver has a small program of its own here that prints, for each file, a line of JSON: {field: [value, …]}.
A field that a receiver shows otherwise than it was meant is a difference, unless ``accepted.toml`` has a row
for that receiver and that kind of value, which names the receiver's own fault.  Of a header block of the
corpus nobody knows what was meant: there, what a receiver reads in it as it came has to be what it reads in it
sent on.
"""

import collections
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import tomllib

HERE = Path(__file__).parent
TEXT = ["subject", "comments", "x-text"]
ADDRESSES = ["from", "to", "cc", "reply-to"]
IDS = ["message-id", "references", "in-reply-to"]
TOKENS = ["list-unsubscribe", "dkim-signature"]
PARTS = ["filename", "content-id"]
FIELDS = [*TEXT, *ADDRESSES, *IDS, *TOKENS, *PARTS]


class Receiver:
    """A program that reads messages: its name, its command, and the fields that it has no way to show.

    At most so many messages, where it is slow; the corpus is then left out.
    """

    def __init__(self, name, *command, blind=(), most=None):
        self.name, self.command, self.blind, self.most = name, command, blind, most

    def files(self, meant):
        files = [entry["file"] for entry in meant["messages"] if "file" in entry][: self.most]
        return files if self.most else files + [file for pair in meant["corpus"] for file in pair]

    def pairs(self, meant, readings):
        """(file, what was meant, what was seen) of each message that the receiver read."""
        for entry in meant["messages"]:
            if entry.get("file") in readings:
                yield entry["file"], entry["meant"], readings[entry["file"]]
        for came, sent in meant["corpus"]:
            if sent in readings and "error" not in readings[came]:
                yield sent, as_items(readings[came]), readings[sent]

    def read(self, files, tools, messages):
        """{file: {field: [value, …]}}"""
        command = [part.replace("TOOLS", str(tools)).replace("HERE", str(HERE)) for part in self.command]
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8:surrogateescape"}
        run = subprocess.run([*command, *files], capture_output=True, cwd=messages, env=environment)
        lines = run.stdout.decode("utf-8", "replace").split("\n")[:-1]
        if run.returncode or len(lines) != len(files):
            sys.stderr.buffer.write(run.stderr[-2000:])
            raise SystemExit(f"{self.name}: exit status {run.returncode}, {len(lines)} lines for {len(files)} files")
        return dict(zip(files, map(json.loads, lines)))


class Threads(Receiver):
    """A server that shows which messages it has in one thread: each three belong together, and no two threes."""

    def files(self, meant):
        return meant["threads"]

    def pairs(self, meant, readings):
        threads = collections.defaultdict(list)
        for file in meant["threads"]:
            threads[tuple(readings[file]["thread"])].append(file)
        for at in range(0, len(meant["threads"]), 3):
            three = meant["threads"][at : at + 3]
            together = threads[tuple(readings[three[0]]["thread"])]
            yield three[0], {"thread": [item(one) for one in three]}, {"thread": together}


class Check(Receiver):
    """A filter that says what it objects to: nothing."""

    def files(self, meant):
        return [entry["file"] for entry in meant["messages"] if "file" in entry]

    def pairs(self, meant, readings):
        for file, seen in readings.items():
            yield file, {"objections": []}, seen


def item(value):
    return {"is": value, "kinds": ["a thread"]}


IMAP = ["env", "CYRUS=TOOLS/cyrus", "TOOLS/newest/bin/python3.15", "HERE/imap.py"]
NOT_IN_ENVELOPE = ["comments", "x-text", "references", *TOKENS, *PARTS]
RECEIVERS = [
    Receiver("Thunderbird's JSMime", "node", "TOOLS/thunderbird.mjs"),
    Receiver("postal-mime", "node", "TOOLS/postal_mime.mjs"),
    Receiver("GMime", "TOOLS/gmime"),
    Receiver("Go net/mail", "TOOLS/net_mail"),
    Receiver("Email::MIME", "perl", "HERE/email_mime.pl"),
    Receiver("MIME::Parser", "perl", "HERE/mime_parser.pl", blind=ADDRESSES),
    Receiver("Ruby mail", "ruby", "HERE/mail.rb"),
    Receiver("Jakarta Mail", "java", "-cp", "TOOLS/classes:TOOLS/jars/*", "JakartaMail"),
    Receiver("mime4j", "java", "-cp", "TOOLS/classes:TOOLS/jars/*", "Mime4j"),
    Receiver("CPython 3.15", "TOOLS/newest/bin/python3.15", "HERE/cpython.py"),
    Receiver("go-message", "TOOLS/go_message"),
    Receiver("Horde", "php", "HERE/horde.php"),
    Receiver("libetpan", "TOOLS/libetpan", blind=PARTS),
    Receiver("Dovecot ENVELOPE", *IMAP, "dovecot", "fields", blind=NOT_IN_ENVELOPE),
    Threads("Dovecot THREAD", *IMAP, "dovecot", "threads"),
    Receiver("Cyrus ENVELOPE", *IMAP, "cyrus", "fields", blind=NOT_IN_ENVELOPE, most=60),
    Threads("Cyrus THREAD", *IMAP, "cyrus", "threads"),
    Check("amavis", "perl", "-I", "TOOLS/amavis/usr/share/perl5", "HERE/amavis.pl"),
]


class Accepted:
    """The rows of accepted.toml, and how often each was needed."""

    def __init__(self):
        rows = tomllib.loads((HERE / "accepted.toml").read_text("utf-8")).get("accepted", [])
        self.rows = {(row["receiver"], row["kind"]): row for row in rows}
        self.needed = collections.Counter()

    def fault(self, receiver, field, kinds, meant, seen):
        for kind in kinds:
            row = self.rows.get((receiver, kind))
            if row and SHOWN[row.get("shown", "in any way")](meant, seen) and re.search(row.get("meant", ""), str(meant)):
                self.needed[receiver, kind] += 1
                return row["fault"]
        return None


SHOWN = {
    "in any way": lambda meant, seen: True,
    "with other white space": lambda meant, seen: squeezed(meant) == squeezed(seen),
}


def squeezed(value):
    return [squeezed(one) for one in value] if isinstance(value, list) else " ".join(str(value).split())


def plain(field, value):
    """A value in the one shape that is compared."""
    if field in ADDRESSES and isinstance(value, list):
        return [value[0] or "", value[1] or ""]
    value = value or ""
    if field in IDS or field == "content-id":
        return value[1:-1] if value.startswith("<") and value.endswith(">") else value
    return value


def is_right(field, item, value):
    if "the corpus" in item["kinds"]:  # it has folds of many blanks, which some receivers read as one and some as many
        return squeezed(plain(field, item["is"])) == squeezed(plain(field, value))
    return plain(field, value) in [plain(field, right) for right in (item["is"], item.get("or", item["is"]))]


def differences(meant, seen, blind):
    """(field, kinds, what was meant, what was seen) of each value that is not as it was meant."""
    if "error" in seen:
        yield "message", ["a message"], "a message", seen["error"]
        return
    for field, items in meant.items():
        if field in blind:
            continue
        values = seen.get(field) or []
        if not values and [one["is"] for one in items] == [""]:
            continue
        if len(items) != len(values):  # so every kind of the field's may be why
            yield field, sorted({kind for one in items for kind in one["kinds"]}), [one["is"] for one in items], values
            continue
        for one, value in zip(items, values):
            if not is_right(field, one, value):
                yield field, one["kinds"], one.get("or", one["is"]), value


def as_items(seen):
    """What was seen in a header block that came, as what is meant by it when it is sent on."""
    there = {field: values for field, values in seen.items() if field in FIELDS and values}
    return {field: [{"is": value, "kinds": ["the corpus"]} for value in values] for field, values in there.items()}


class Result:
    """What a receiver made of a folder of messages."""

    def __init__(self, receiver, tools, messages, meant, accepted):
        files = receiver.files(meant)
        began = time.monotonic()
        readings = receiver.read(files, tools, messages)
        self.seconds = time.monotonic() - began
        self.receiver, self.read, self.accepted, self.open = receiver, 0, set(), []
        for file, wanted, seen in receiver.pairs(meant, readings):
            self.read += 1
            for field, kinds, is_meant, is_seen in differences(wanted, seen, receiver.blind):
                if accepted.fault(receiver.name, field, kinds, is_meant, is_seen):
                    self.accepted.add(file)
                else:
                    self.open.append((file, field, kinds, is_meant, is_seen))
        self.different = {difference[0] for difference in self.open}


def around(meant, seen):
    """Both, cut to where they begin to differ."""
    meant, seen = repr(meant), repr(seen)
    at = max(0, len(os.path.commonprefix([meant, seen])) - 40)
    return meant[at : at + 100], seen[at : at + 100]


def show(result):
    kinds = collections.Counter(f"{field}: {', '.join(kinds[:3])}" for _, field, kinds, _, _ in result.open)
    for kind, times in kinds.most_common(20):
        print(f"  {times:5} {kind}")
    for file, field, _, meant, seen in result.open[: int(os.environ.get("SHOW", 10))]:
        print("  {}, {}:\n    {}\n    {}".format(file, field, *around(meant, seen)))


def meant_by(messages):
    return json.loads((messages / "meant.json").read_text("utf-8"))


def results(tools, messages, accepted, receivers):
    meant = meant_by(messages)
    for receiver in receivers:
        yield Result(receiver, tools, messages, meant, accepted)


def main(tools, messages, *names):
    accepted, failed = Accepted(), False
    chosen = [receiver for receiver in RECEIVERS if not names or receiver.name in names]
    assert len(chosen) == len(names or RECEIVERS), "a receiver of that name is not there"
    print(f"{'receiver':24} {'read':>6} {'differ':>7} {'accepted':>9} {'seconds':>8}")
    for result in results(Path(tools).resolve(), Path(messages).resolve(), accepted, chosen):
        different = len(result.different)
        print(
            f"{result.receiver.name:24} {result.read:6,} {different:7,} {len(result.accepted):9,} {result.seconds:8.1f}",
            flush=True,
        )
        show(result)
        failed = failed or bool(different)
    has_corpus = bool(meant_by(Path(messages))["corpus"])  # which is not there in a clone alone
    for receiver, kind in accepted.rows:
        if kind == "the corpus" and not has_corpus:
            continue
        if receiver in [one.name for one in chosen] and not accepted.needed[receiver, kind]:
            print(f"accepted.toml: {receiver} has no longer trouble with {kind}")
            failed = True
    return 1 if failed else 0


def table(tools, *columns):
    """The table of docs/receivers.rst: of each NAME=MESSAGES, how many are not read as they were meant."""
    names, folders = zip(*(column.split("=", 1) for column in columns))
    print(".. list-table::\n   :header-rows: 1\n\n   * - receiver\n" + "\n".join(f"     - {name}" for name in names))
    cells = []
    for folder in folders:
        read = results(Path(tools).resolve(), Path(folder).resolve(), Accepted(), RECEIVERS)
        cells.append([f"{len(result.different):,} of {result.read:,}" for result in read])
    for receiver, *row in zip(RECEIVERS, *cells):
        print(f"   * - {receiver.name}\n" + "\n".join(f"     - {cell}" for cell in row))


if __name__ == "__main__":
    sys.exit(table(*sys.argv[2:]) if sys.argv[1] == "--table" else main(*sys.argv[1:]))
