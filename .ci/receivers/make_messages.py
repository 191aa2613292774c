"""Make messages, and say beside them what is meant by each field.

    python make_messages.py FOLDER [--policy MODULE:NAME] [--count N] [--seed N]

FOLDER gets the messages, a file each, and ``meant.json``: what was put in, before anything folded it.  The
code under test has no part in that.  The same seed makes the same values on every Python, so that the
messages of two policies can be compared.  Where MSGIDPOLICY_CORPUS names a folder of real header blocks,
each is also written as it came and as the policy sends it on.

``meant.json`` holds for each message {"file": …, "meant": {field: [item, …]}}.  An item is
{"is": value, "kinds": [what is special about it, …]}, an address's value [name, addr-spec]; "or" is
another right reading.  A message that the policy refuses to write has "refused" instead of a file.
"""

import argparse
import email
import importlib
import json
import os
import random
import re
from email.headerregistry import Address, Group
from email.message import EmailMessage
from pathlib import Path

WORDS = [
    "a",
    "of",
    "the",
    "report",
    "meeting",
    "on",
    "Monday",
    "about",
    "Q3",
    "(draft)",
    "it's",
    "50%",
    "x-y",
    "Re:",
    "[list]",
    "see",
    "below,",
    "please.",
    "ok!",
    "12:30",
    "&",
    "more",
]
SCRIPTS = {
    "Latin": ["Müller", "Zoë", "naïve", "Übersicht", "Ærøskøbing", "ľúbiť", "ﬁn", "a\u0301"],
    "CJK": ["日本語", "お知らせ", "会议纪要", "회의록", "東京都千代田区"],
    "right to left": ["שלום", "מכתב", "مرحبا", "تقرير"],
    "emoji": ["🎉", "👩\u200d👩\u200d👧", "👍🏽", "🇩🇪"],
    "Greek and Cyrillic": ["Привет", "отчёт", "Ελλάδα"],
}
NO_ENCODED_WORD = ["=?", "=?foo?=", "a=?b", "https://x.example/?a=?&b=1", "=?utf-8?x?abc?=", "=?utf-8?q?"]
HOSTS = ["example.com", "mail.example.org", "dest.example", "a" * 40 + ".example"]
SAFE = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-!*+/ "  # RFC 2047, 4.2 and 5 (3)
ATOM = "abcdefghijklmnopqrstuvwxyz0123456789"


def item(value, *kinds, **more):
    return {"is": value, "kinds": list(kinds), **more}


def length(comment):
    """Kinds of a comment: whether an encoded-word of a line of 76 octets (RFC 2047, 2) can hold it."""
    octets = comment.encode()
    b = 4 * -(-len(octets) // 3)
    q = sum(1 if chr(octet) in SAFE else 3 for octet in octets)
    too_long = min(b, q) + len(" (=?utf-8?q??=)") > 76 and not comment.isascii()
    return ["a comment that no encoded-word holds" if too_long else "a comment"]


def marked(items):
    """An =? in one item, where another has encoded-words: a reader that looks for its ?= finds one of theirs."""
    names = [name for one in items for name in (one["is"][0], one.get("or", [""])[0])]
    if any("=?" in name and name.isascii() for name in names) and not all(name.isascii() for name in names):
        for one in items:
            one["kinds"].append("=? in one name, encoded-words in another")
    return list(items)


def in_a_group(items):
    semicolon = ["a semicolon in a group"] if any(";" in one["is"][0] for one in items) else []
    for one in items:
        one["kinds"] += ["a group", *semicolon]
    return list(items)


class Values:
    """What makes values: for each what is to be set, and the items that are meant by it."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.one_of = self.random.choice

    def atom(self, least=1, most=12):
        return "".join(self.one_of(ATOM) for _ in range(self.random.randint(least, most)))

    def words(self, least, most, script=None):
        """Words of US-ASCII, and one in two of the script's."""
        count = self.random.randint(least, most)
        return [self.one_of(SCRIPTS[script] if script and self.random.random() < 0.5 else WORDS) for _ in range(count)]

    def script(self):
        return self.one_of([None, *SCRIPTS])

    # Unstructured text

    def text(self):
        script, kind = self.script(), self.one_of(["words", "words", "many words", *self.ODD_TEXT])
        words = self.words(2, 60 if kind == "many words" else 14, script)
        join = " ".join
        if kind in self.ODD_TEXT:
            words, join = self.ODD_TEXT[kind](self, words), join
        text = self.blanks(words) if kind in ("a run of blanks", "a TAB") else join(words)
        if kind == "a run of blanks":
            text = text.replace("\t", "  ")
        elif kind == "a TAB":
            text = re.sub(" {2,}", "\t", text)
        if kind == "=? that begins no encoded-word" and text.isascii():
            kind = "=? in US-ASCII text"
        return text, [item(text, kind, script or "US-ASCII")]

    def blanks(self, words):
        """The words, and between some of them more than one SP: a line has single ones to be broken at."""
        text = ""
        for place, word in enumerate(words):
            text += word + (self.one_of(["  ", "   ", "\t"]) if place % 5 == 1 else " ")
        return text.rstrip()

    def some(self, words, make):
        """The words with one in four made another."""
        return [make(word) if self.random.random() < 0.25 else word for word in words] + [make("end")]

    ODD_TEXT = {
        "a long word": lambda self, words: self.some(words, lambda _: "https://x.example/" + self.atom(60, 300)),
        "=? that begins no encoded-word": lambda self, words: self.some(words, lambda _: self.one_of(NO_ENCODED_WORD)),
        "?= that ends no encoded-word": lambda self, words: self.some(words, lambda word: self.one_of(["?=", f"{word}?="])),
        "a run of blanks": lambda self, words: words,
        "a TAB": lambda self, words: words,
        "a backslash": lambda self, words: self.some(words, lambda word: self.one_of([f"C:\\{word}\\", f"{word}\\", "\\"])),
        "quotes": lambda self, words: self.some(words, lambda word: f'"{word}"'),
    }

    # Addresses

    def addr_spec(self):
        return f"{self.atom()}{self.one_of(['', '.' + self.atom(), '+' + self.atom(30, 60)])}@{self.one_of(HOSTS)}"

    def name(self):
        """(the name, kinds of it)"""
        kind = self.one_of(["atoms", "atoms", "script", "script", "specials", "a long name", "=?", "a quoted-pair"])
        script = None if kind == "atoms" else self.script()
        words = [self.atom() for _ in range(self.random.randint(1, 3))]
        if script:
            words.insert(self.random.randint(0, len(words)), self.one_of(SCRIPTS[script]))
        if kind == "specials":
            words[0] += self.one_of([",", ";", " (Ltd)", "@home", ":"])
        elif kind == "a long name":
            words += [self.atom() for _ in range(14)]
        elif kind == "=?":
            words.append(self.one_of(["=?", "=?foo?=", "a=?b"]))
            kind = "=? in a US-ASCII name" if " ".join(words).isascii() else "=? that begins no encoded-word"
        elif kind == "a quoted-pair":
            words.append(self.one_of(['"Nan"', "back\\slash"]))
        return " ".join(words), [kind, script or "US-ASCII"]

    def mailbox(self):
        """(what is written, item)"""
        spec, kind = self.addr_spec(), self.random.random()
        if kind < 0.2:
            return spec, item(["", spec], "an addr-spec")
        if kind < 0.35:
            script = self.script()
            comment = " ".join(self.one_of([self.atom(), *SCRIPTS.get(script, ())]) for _ in range(self.random.randint(1, 3)))
            if self.random.random() < 0.15:
                comment += " =?"
                return f"{spec} ({comment})", item(["", spec], "=? in a comment", *length(comment), **{"or": [comment, spec]})
            return f"{spec} ({comment})", item(["", spec], *length(comment), **{"or": [comment, spec]})
        name, kinds = self.name()
        bare = re.fullmatch(r"[\w' \u0300-\u036f-]+", name)  # RFC 5322's atext, and what stands for itself
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f"{name} <{spec}>" if bare else f'"{quoted}" <{spec}>', item([name, spec], *kinds)

    def address(self):
        """An Address object, and the item that is meant."""
        name, kinds = self.name()
        spec = self.addr_spec()
        return Address(name, addr_spec=spec), item([name, spec], *kinds)

    def addresses(self, most):
        count = self.random.randint(1, self.one_of([1, 3, most]))
        if self.random.random() < 0.2:
            objects, items = zip(*(self.address() for _ in range(count)))
            if self.random.random() < 0.2:
                return [Group("Team", objects)], marked(in_a_group(items))
            return list(objects), marked(items)
        written, items = zip(*(self.mailbox() for _ in range(count)))
        between = self.one_of([", ", ", ", ", ", ",", ",  "])
        value = between.join(written)
        kinds = [] if between == ", " else [f"a list joined by {between!r}"]
        if self.random.random() < 0.1:
            group = self.one_of(["friends", "Büro", "a b", '"a, b"', "日本語"])
            value, items = f"{group}: {value};", in_a_group(items)
        for one in items:
            one["kinds"] += kinds
        return value, marked(items)

    def mailbox_list(self):
        """From holds no group (RFC 5322, 3.6.2)."""
        written, one = self.mailbox()
        return written, [one]

    # Msg-ids, and what programs read

    def msg_id(self):
        if self.random.random() < 0.05:
            return f"<{self.atom(700, 900)}@{self.one_of(HOSTS)}>"
        return f"<{'.'.join(self.atom() for _ in range(self.one_of([1, 2, 3, 3, 12])))}@{self.one_of(HOSTS)}>"

    def msg_ids(self, most):
        ids = [self.msg_id() for _ in range(self.random.randint(1, self.one_of([1, 10, most])))]
        return " ".join(ids), [item(one, "a msg-id") for one in ids]

    def one_msg_id(self):
        one = self.msg_id()
        return one, [item(one, "a msg-id")]

    def list_unsubscribe(self):
        value = f"<https://lists.example.com/u/{self.atom(40, 800)}>, <mailto:leave+{self.atom(20, 60)}@example.com>"
        return value, [item(value, "a URL")]

    def dkim_signature(self):
        tags = {
            "v": "1",
            "a": "rsa-sha256",
            "c": "relaxed/simple",
            "d": "example.com",
            "s": self.atom(),
            "h": "from:to:cc:subject:message-id:references:list-unsubscribe",
            "bh": self.atom(43, 43) + "=",
            "b": " ".join(self.atom(70, 70) for _ in range(5)),
        }
        value = "; ".join(f"{tag}={text}" for tag, text in tags.items())
        return value, [item(value, "tags")]

    # Parts

    FILE_NAMES = ["words", "words", "a long name", "quotes", "specials", "no name"]

    def filename(self):
        kind, script = self.one_of(self.FILE_NAMES), self.script()
        if kind == "no name":
            return "", [item("", kind)]
        words = [word for word in self.words(1, 4, script) if not set(word) & set('.,:;"')] or ["report"]
        if kind == "a long name":
            words = [self.one_of(SCRIPTS[script]) * 2 if script else self.atom(6, 12) for _ in range(12)]
        elif kind == "quotes":
            words.append(self.one_of(['the "last" one', "back\\slash", '"x"']))
        elif kind == "specials":
            words.append(self.one_of(["a;b=c", "100%25", "it's", "a, b", "x(1)", "a*b"]))
        name = " ".join(words) + self.one_of([".pdf", ".docx", ".tar.gz"])
        more = ["two apostrophes in a token or quoted-string"] if name.isascii() and name.count("'") > 1 else []
        more += ["a quoted-pair in a file name"] if name.isascii() and set(name) & set('"\\') else []
        return name, [item(name, kind, script or "US-ASCII", *more)]

    def message(self):
        """{field: (value, items)} of a message."""
        fields = {"From": self.mailbox_list(), "To": self.addresses(12), "Subject": self.text()}
        fields["Message-ID"] = self.one_msg_id()
        fields["References"] = self.msg_ids(self.one_of([30, 200]))
        fields["In-Reply-To"] = self.one_msg_id()
        for name, make in {
            "Cc": lambda: self.addresses(6),
            "Reply-To": lambda: self.addresses(2),
            "Comments": self.text,
            "X-Text": self.text,
            "List-Unsubscribe": self.list_unsubscribe,
            "DKIM-Signature": self.dkim_signature,
        }.items():
            if self.random.random() < 0.5:
                fields[name] = make()
        if self.random.random() < 0.6:
            fields["filename"] = self.filename()
            fields["Content-ID"] = self.one_msg_id()
        return fields


def written(fields, policy):
    """The octets of a message, as the policy folds them."""
    message = EmailMessage(policy=policy)
    for name, (value, _) in fields.items():
        if name not in ("filename", "Content-ID"):
            message[name] = value
    message["Date"] = "Mon, 23 Nov 2026 17:09:54 +0000"
    message.set_content("See you.\n")
    if "filename" in fields:
        message.add_attachment(b"x", "application", "octet-stream", filename=fields["filename"][0], cid=fields["Content-ID"][0])
        message.set_boundary("----=_boundary")  # CPython's is another one each time
    return message.as_bytes()


def threads(values, count):
    """Roots, each with an answer and an answer to that: fields as of message()."""
    for number in range(count):  # which is in each id: a short one may be there twice
        ids = [f"<{number}.{values.msg_id()[1:]}" for _ in range(3)]
        older = [f"<{number}.{values.msg_id()[1:]}" for _ in range(values.random.randint(0, values.one_of([2, 10, 150])))]
        for place, own in enumerate(ids):
            fields = {"From": ("ann@example.com", []), "Subject": (f"thread {ids[0]}"[:60], []), "Message-ID": (own, [])}
            if place:
                fields["References"] = " ".join(older + ids[:place]), []
                fields["In-Reply-To"] = ids[place - 1], []
            yield fields


def header_blocks(folder):
    """The records of the corpus: ``<octets> <path>\\n<header block>\\n`` each."""
    for path in sorted(Path(folder).glob("*.hdrs")):
        octets, at = path.read_bytes(), 0
        while at < len(octets):
            end = octets.index(b"\n", at)
            size = int(octets[at:end].split()[0])
            yield octets[end + 1 : end + 1 + size]
            at = end + 2 + size


def sent_on(block, policy):
    """A header block as it came, and read and folded anew.

    Python's parser takes what stands behind a line that is no field for the body: there is nothing
    to fold in that.
    """
    policy = policy.clone(refold_source="all")
    fields = list(email.message_from_bytes(block + b"\r\n\r\n", policy=policy).raw_items())
    source = "".join(f"{name}: " + re.sub("\r\n?|\n", "\r\n", value) + "\r\n" for name, value in fields)
    folded = b"".join(policy.fold_binary(name, value) for name, value in fields)
    return source.encode() + b"\r\n", folded + b"\r\n"


def make(folder, policy, count, seed):
    values = Values(seed)
    meant = {"messages": [], "threads": [], "corpus": []}

    def save(kind, number, octets):
        name = f"{kind}-{number:05}.eml"
        (folder / name).write_bytes(octets)
        return name

    for number in range(count):
        fields = values.message()
        entry = {"meant": {name.lower(): items for name, (_, items) in fields.items()}}
        try:
            entry["file"] = save("message", number, written(fields, policy))
        except Exception as error:  # whatever a policy raises, it did not write the message
            entry["refused"] = f"{type(error).__name__}: {error}"
        meant["messages"].append(entry)
    for number, fields in enumerate(threads(values, count // 10)):
        meant["threads"].append(save("thread", number, written(fields, policy)))
    if os.environ.get("MSGIDPOLICY_CORPUS"):
        for number, block in enumerate(header_blocks(os.environ["MSGIDPOLICY_CORPUS"])):
            if (
                block.isascii() and b"=?utf-16?" not in block.lower()
            ):  # which few can read as it came, and all when we sent it on
                try:
                    came, sent = sent_on(block, policy)
                except Exception:  # the standard library's may; a test of ours says that ours does not
                    continue
                meant["corpus"].append([save("came", number, came), save("sent", number, sent)])
    (folder / "meant.json").write_text(json.dumps(meant, ensure_ascii=False, indent=0), "utf-8")
    return meant


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--policy", default="msgidpolicy:SMTP")
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    module, _, name = given.policy.partition(":")
    given.folder.mkdir(parents=True)
    meant = make(given.folder, getattr(importlib.import_module(module), name), given.count, given.seed)
    refused = sum("refused" in entry for entry in meant["messages"])
    print(
        f"{given.policy}: {len(meant['messages']) - refused} messages, {refused} refused, "
        f"{len(meant['threads']) // 3} threads, {len(meant['corpus'])} of the corpus"
    )


if __name__ == "__main__":
    main()
