"""Fields made at random: judged, and compared with what the standard library of this Python makes of them.

    python generated.py [COUNT [SEED]]

Every field has to pass the judge, and every difference has to be in a row of docs/deviations.rst; the
count of each row is printed.  Exit status 1 where one is not.
"""
import collections
import email.policy
import random
import re
import sys
import warnings
from email.message import EmailMessage
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from judge import decode, judge, unfold  # noqa: E402

import msgidpolicy  # noqa: E402
from msgidpolicy import FieldError, _core  # noqa: E402

ASCII = ["a", "of", "the", "report", "Re:", "[list]", "x-y", "50%", "(see", "below)", "it's", "=?", "1234567890"]
FOREIGN = ["é", "Zoë", "naïve", "Übersicht", "日本語", "お知らせ", "👩‍👩‍👧", "Привет", "a\u0301", "€5", "ﬁ"]
ODD = ["a\x00b", "\x7f", "é\x01", "\u2028", "\x85", "=?utf-8?q?=C3=A9?=", "=?iso-8859-1?q?=E9?=", "=?utf-8?b?w6k=?="]
HOSTS = ["example.com", "mail.example.org", "[192.0.2.1]", "a" * 40 + ".example"]
BLANKS = [" "] * 12 + ["  ", "\t", "   "]


class Fields:
    """What makes fields: (name, value) each."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def many(self, make, most, between=None):
        parts = [make() for _ in range(self.random.randint(1, most))]
        text = parts[0]
        for part in parts[1:]:
            text += (self.random.choice(BLANKS) if between is None else between) + part
        return text

    def word(self):
        kind = self.random.random()
        if kind < 0.7:
            return self.random.choice(ASCII)
        if kind < 0.93:
            return self.random.choice(FOREIGN) * self.random.choice([1, 1, 1, 3, 20])
        if kind < 0.97:
            return "x" * self.random.choice([30, 70, 80, 100, 300])
        return self.random.choice(ODD)

    def atom(self):
        return "".join(self.random.choice("abcdefgh0123456789-_") for _ in range(self.random.randint(1, 14)))

    def text(self):
        return self.random.choice(["Subject", "Comments", "X-Note"]), self.many(self.word, 14)

    def msg_id(self):
        left = ".".join(self.atom() for _ in range(self.random.choice([1, 2, 2, 3, 9])))
        return f"<{left}@{self.random.choice(HOSTS)}>"

    def msg_ids(self):
        name = self.random.choice(["References", "In-Reply-To", "Content-ID", "Message-ID", "Resent-Message-ID"])
        return name, self.msg_id() if name in ("Message-ID", "Content-ID") else self.many(self.msg_id, 12)

    def tag(self):
        return f"{self.atom()}={self.many(self.atom, 2, '')};"

    def tokens(self):
        name = self.random.choice(["DKIM-Signature", "List-Unsubscribe", "Authentication-Results", "Received", "Date"])
        if name == "Date":
            return name, f"Mon, {self.random.choice(['2', '02'])} Nov 2026 10:00:00 {self.random.choice(['+0000', 'GMT'])}"
        if name == "List-Unsubscribe":
            return name, f"<https://{self.many(self.atom, 12, '/')}>, <mailto:{self.atom()}@example.com>"
        return name, self.many(self.tag, 12)

    def name(self):
        words = self.many(lambda: self.random.choice([self.atom(), self.atom(), self.random.choice(FOREIGN)]), 4)
        kind = self.random.random()
        if kind < 0.3:
            return f'"{words}, {self.atom()}"'
        if kind < 0.35:
            return r'"a \"b\" c"'
        return words

    def comment(self):
        return f"({self.many(lambda: self.random.choice([self.atom(), self.random.choice(FOREIGN)]), 3)})"

    def mailbox(self):
        address = f"{self.atom()}@{self.random.choice(HOSTS)}"
        kind = self.random.random()
        if kind < 0.25:
            return address
        if kind < 0.3:
            return f"{address} {self.comment()}"
        if kind < 0.33:
            return f'"{self.atom()} {self.atom()}"@example.com'
        return f"{self.name()} <{address}>"

    def addresses(self):
        name = self.random.choice(["To", "Cc", "From", "Reply-To"])
        value = self.many(self.mailbox, 10, self.random.choice([", ", ", ", ", ", ","]))
        return name, f"{self.name()}: {value};" if self.random.random() < 0.08 else value

    def parameter(self, attribute):
        kind = self.random.random()
        if kind < 0.3:
            return f"{attribute}={self.atom()}"
        words = self.many(self.word, self.random.choice([1, 3, 12])).replace("\\", "").replace('"', "")
        return f'{attribute}="{words}"'

    def parameters(self):
        name, kind = self.random.choice([("Content-Type", "text/plain"), ("Content-Disposition", "attachment")])
        attributes = self.random.sample(["filename", "name", "charset", "size", "x-note"], self.random.randint(0, 4))
        value = "; ".join([kind, *map(self.parameter, attributes)])
        return name, value + (f" {self.comment()}" if self.random.random() < 0.05 else "")

    def phrases(self):
        return "Keywords", self.many(self.name, 6, ", ")

    def __call__(self):
        kinds = [self.text, self.text, self.msg_ids, self.tokens, self.addresses, self.addresses, self.parameters]
        return self.random.choice([*kinds, self.phrases])()


def folded(policy, name, value, read):
    """The folded field, or the error that it raises."""
    try:
        if read:
            return policy.fold_binary(name, value)
        message = EmailMessage(policy=policy)
        message[name] = value
        return policy.fold_binary(name, message[name])
    except Exception as error:  # the standard library raises of all kinds
        return error


def text_of(wire):
    """What unstructured text, or names and comments, are read as, white space aside."""
    try:
        return "".join(decode(unfold(wire)).split())
    except (ValueError, LookupError):
        return None


def written_as_given(name, value, wire):
    return unfold(wire) == f"{name}: {value}".encode("utf-8", "surrogateescape")


#: What the judge finds in the standard library's field, and the rows that have it.
BROKEN = {
    "W6": "first-word",
    "E4": "msg-ids",
    "I1": "msg-ids",
    "E0": "encoded-word-lines",
    "E1": "encoded-word-lines",
    "E2": "encoded-word-cuts",
    "E3": "encoded-word-edges",
    "E6": "quoted-strings",
    "E7": "long-words",
    "E8": "encoded-word-cuts",
    "W2": "white-space",
    "W3": "long-lines",
    "W4": "fold-places",
    "W7": "quoted-strings",
    "U2": "white-space",
    "A1": "lost-addresses",
}
AS_WRITTEN = {
    "addresses": "addresses-as-written",
    "phrases": "phrases",
    "parameters": "parameters-as-written",
    "tokens": "tokens",
    "msg-ids": "msg-ids",
    "unstructured": "white-space",
}


def row_of(name, value, theirs, ours, read):
    """The row of docs/deviations.rst that has a difference; None where there is none."""
    syntax = _core.syntax_of(name)
    if isinstance(ours, FieldError):
        return None if isinstance(theirs, Exception) else "refused"
    if isinstance(theirs, Exception):
        return "not-refused"
    if name == "Date":
        return "dates-as-written"
    if re.search(rb"[\x80-\xff]", theirs) or b"=?unknown-8bit?" in theirs and b"=?unknown-8bit?" not in ours:
        return "raw-octets"
    if re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", theirs):
        return "control-characters"
    if syntax != "unstructured" and theirs.count(b"(") < ours.count(b"("):
        return "comments"
    for found in judge(name, value, theirs, source=read or "=?" in value):
        rule = found.partition(":")[0]
        if rule == "E5":
            return "long-parameters" if syntax == "parameters" else AS_WRITTEN[syntax]
        if rule == "U1":
            return AS_WRITTEN[syntax]
        return BROKEN[rule]
    return row_of_clean(syntax, name, value, theirs, ours)


def row_of_clean(syntax, name, value, theirs, ours):
    """The same where the judge has nothing against theirs."""
    if syntax == "phrases":
        return "phrases"
    if b"=?" in theirs and "=?" not in value and "=?" in (text_of(theirs) or ""):
        return "encoded-twice"
    if syntax == "parameters":
        return parameter_row(theirs, ours)
    if b"=?" in value.encode("utf-8", "surrogateescape") and text_of(theirs) == text_of(ours):
        return "encoded-words-stay"
    if written_as_given(name, value, theirs) and written_as_given(name, value, ours):
        return "fold-places"
    if b"=?" in ours and b"=?" in theirs and text_of(theirs) == text_of(ours):
        return "names-whole" if syntax == "addresses" else text_row(theirs, ours)
    if b"=?" in ours and b"=?" in theirs and syntax == "addresses":
        squeezed = [re.sub(r'["\\\s]', "", text_of(wire)) for wire in (theirs, ours)]
        return "addresses-as-written" if squeezed[0] == squeezed[1] else None
    return None


def text_row(theirs, ours):
    """Did one encode words that the other left?"""
    words = [len(re.findall(rb"(?<!\S)(?!=\?)\S+", unfold(wire))) for wire in (theirs, ours)]
    return "ascii-between" if words[0] < words[1] else "encoded-word-cuts"


def parameter_row(theirs, ours):
    if b"*" in theirs and b"*" not in ours:
        return "long-parameters"
    squeezed = [re.sub(rb'["\s]|\*\d+\*?|;', b"", wire) for wire in (theirs, ours)]
    if squeezed[0] == squeezed[1]:
        return "parameters-as-written"
    return "parameter-text" if b"*" in theirs and b"*" in ours else None


def main(count=100_000, seed=1):
    fields, rows, unexplained, broken = Fields(seed), collections.Counter(), 0, 0
    warnings.simplefilter("ignore")
    for number in range(count):
        name, value = fields()
        read = number % 4 == 3
        if read:
            value = value.encode("utf-8").decode("ascii", "surrogateescape")
        style = {"refold_source": "all"}
        ours = folded(msgidpolicy.SMTP.clone(**style), name, value, read)
        theirs = folded(email.policy.SMTP.clone(**style), name, value, read)
        if isinstance(ours, bytes):
            found = judge(name, value, ours, source=read or "=?" in value)
            broken += bool(found)
            if found:
                print(f"broken: {name}: {value!r}\n  {ours!r}\n  {found}")
        elif not isinstance(ours, FieldError) or read:
            raise ours
        row = "the same" if ours == theirs else row_of(name, value, theirs, ours, read)
        if row is None and not isinstance(ours, Exception):
            unexplained += 1
            print(f"in no row: {name}: {value!r}\n  theirs {theirs!r}\n  ours   {ours!r}")
        rows[row or "both refuse"] += 1
    for row, times in rows.most_common():
        print(f"{times:7,} {row}")
    print(f"{sys.version.split()[0]}: {count:,} fields, {broken} broken, {unexplained} differences in no row")
    return 1 if broken or unexplained else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
