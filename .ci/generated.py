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
from email.header import Header
from email.message import EmailMessage
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from judge import ENCODED_WORD, decode, judge, unfold  # noqa: E402

import msgidpolicy  # noqa: E402
from msgidpolicy import FieldError, _core  # noqa: E402
from msgidpolicy.domain import a_labels  # noqa: E402

ASCII = [
    "a",
    "of",
    "the",
    "report",
    "Re:",
    "[list]",
    "x-y",
    "50%",
    "(see",
    "below)",
    "it's",
    "=?",
    "a=?b",
    "=?foo?=",
    "C:\\temp\\",
    "1234567890",
]
FOREIGN = ["é", "Zoë", "naïve", "Übersicht", "日本語", "お知らせ", "👩‍👩‍👧", "Привет", "a\u0301", "€5", "ﬁ"]
ODD = ["a\x00b", "\x7f", "é\x01", "\u2028", "\x85", "=?utf-8?q?=C3=A9?=", "=?iso-8859-1?q?=E9?=", "=?utf-8?b?w6k=?="]
HOSTS = ["example.com", "mail.example.org", "[192.0.2.1]", "a" * 40 + ".example"] * 4 + ["exämple.com"]
BLANKS = [" "] * 12 + ["  ", "\t", "   "]
ENDS = [" ", "  ", "\t", " \t ", " " * 20, " " * 90]
SPECIALS = re.compile(r"""\\.|[][()<>:;@,."'%*=?/]""")  # RFC 5322, 3.2.3; RFC 2045, 5.1; RFC 2231, 7
BESIDE = ["\x00", "\x01", "\x1f", "\x7f", "\x85", "ö"]
# What looks like an encoded-word and is none, as it touches other text or has other characters in it: RFC 2047, 5 (1).
# Octets that were read are no reason.
WORD = r"=\?[^ \t]+\?[BbQq]\?[^ \t]*\?="
OTHER = r"[^ \t\udc80-\udcff]"
TOUCHING = re.compile(rf"{OTHER}{WORD}|{WORD}{OTHER}|=\?[^ \t]*[^ -~\udc80-\udcff]")
CHARSETS = ["utf-8", "us-ascii", "iso-8859-1", None]


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
        most = self.random.choice([4, 4, 4, 20])
        words = self.many(lambda: self.random.choice([self.atom(), self.atom(), self.random.choice(FOREIGN)]), most)
        kind = self.random.random()
        if kind > 0.9:
            words = self.many(self.atom, most)
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

    def extended(self, attribute):
        """By RFC 2231, 3 and 4: a value with ext-octets, in sections or not."""
        octets = "".join(
            self.random.choice([self.atom(), "%C3%A9", "%20", "%E9", "é"]) for _ in range(self.random.randint(1, 5))
        )
        if self.random.random() < 0.05:
            octets += "%0D%0ABcc:"
        beginning = self.random.choice(["utf-8''", "iso-8859-1'de'", "''", ""])
        if self.random.random() < 0.7:
            return f"{attribute}*={beginning}{octets}"
        return f"{attribute}*0*={beginning}{octets}; {attribute}*1*={octets}"

    def parameter(self, attribute):
        kind = self.random.random()
        if kind < 0.3:
            return f"{attribute}={self.atom()}"
        if kind < 0.4:
            return self.extended(attribute)
        words = self.many(self.word, self.random.choice([1, 3, 12, 40])).replace("\\", "").replace('"', "")
        return f'{attribute}="{words}"'

    def parameters(self):
        name, kind = self.random.choice([("Content-Type", "text/plain"), ("Content-Disposition", "attachment")])
        attributes = self.random.sample(["filename", "name", "charset", "size", "x-note"], self.random.randint(0, 4))
        value = "; ".join([kind, *map(self.parameter, attributes)])
        return name, value + (f" {self.comment()}" if self.random.random() < 0.05 else "")

    def phrases(self):
        return "Keywords", self.many(self.name, 6, ", ")

    def spoiled(self, value):
        """The value, at times with what cannot travel beside a special, or with white space at its end."""
        kind = self.random.random()
        places = [place for match in SPECIALS.finditer(value) for place in match.span()]
        if kind < 0.06 and places:
            place = self.random.choice(places)
            return value[:place] + self.random.choice(BESIDE) + value[place:]
        return value + self.random.choice(ENDS) if kind > 0.94 else value

    def header(self, value):
        """An ``email.header.Header`` that has the value as its text, or nearly so; at times of several chunks.

        Octets that were read are one chunk, as ``email.policy.compat32`` has them.
        """
        if not is_text(value):
            return Header(value, "unknown-8bit")
        words = re.split("(?<= )", value)
        cut = self.random.randint(0, len(words)) if self.random.random() < 0.5 else 0
        header = Header()
        for text in filter(None, ("".join(words[:cut]), "".join(words[cut:]))):
            try:
                header.append(text, self.random.choice(CHARSETS))
            except UnicodeError:
                header.append(text, "utf-8")
        return header

    def __call__(self):
        kinds = [self.text, self.text, self.msg_ids, self.tokens, self.addresses, self.addresses, self.parameters]
        name, value = self.random.choice([*kinds, self.phrases])()
        return name, self.spoiled(value)


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


def is_text(value):
    """Is it without the surrogates that stand for octets?"""
    return not re.search("[\udc80-\udcff]", value)


def holds_encoded_word(value):
    """To the judge one that was set stands for its own octets."""
    return ENCODED_WORD.search(value.encode("utf-8", "surrogateescape")) is not None


def in_a_labels(value):
    """What is meant by a value that was set: its domains go as A-labels."""
    try:
        return re.sub(r"(?<=@)[\w.-]+", lambda domain: a_labels(domain[0]), value)
    except UnicodeError:
        return value


def judge_header(policy, name, value, header):
    """The rules that a Header's field breaks, set or found in a legacy message: it is folded as its text, and in
    unstructured text only chunks that are not US-ASCII are encoded-words, those that Header makes of them."""
    text, broken = str(header) if is_text(value) else value, []
    as_text = [folded(policy, name, text, read) for read in (False, True)]
    for wire in (folded(policy, name, header, False), folded(policy, name, header, True)):
        if isinstance(wire, FieldError):
            broken += [] if isinstance(as_text[0], FieldError) else [f"refused: {wire}"]
        elif isinstance(wire, Exception):
            raise wire
        elif _core.syntax_of(name) != "unstructured":
            broken += [] if wire in as_text else [f"not as its text: {wire}"]
        else:
            # Is "=?" an encoded-word?  In a chunk that Header encodes itself it is not, in another one it is.
            found = judge(name, text, wire, source=not is_text(text)) if "=?" not in text else []
            broken += [rule for rule in found if not rule.startswith("E8")]  # Header pads each of its words
            broken += [f"encoded: {chunk}" for chunk in chunks_in_ascii(header) if chunk not in unfold(wire)]
    return broken


def chunks_in_ascii(header):
    """The chunks of a Header that are no reason to encode anything."""
    header.encode()  # puts chunks of one charset together
    chunks = [text.strip(" \t").encode() for text, _ in header._chunks if text.isascii()]
    return [chunk for chunk in chunks if not re.search(rb"=\?|[\x00-\x08\x0a-\x1f\x7f]|\S{900}|\s{900}", chunk)]


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
    "W1": "control-characters",
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
    "tags": "tokens",
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
    if syntax == "addresses" and not read and in_a_labels(value) != value:
        return "a-labels"
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


def close_commas(wire):
    """The unfolded field without the white space behind its commas."""
    return re.sub(rb",[ \t]*", b",", unfold(wire))


def row_of_clean(syntax, name, value, theirs, ours):
    """The same where the judge has nothing against theirs."""
    same_text = text_of(theirs) == text_of(ours)
    if re.search(r"[\x00-\x08\x0a-\x1f\x7f]|\udcc2[\udc80-\udc9f]", value) and not (syntax == "unstructured" and same_text):
        return "control-characters"
    if syntax == "phrases":
        return "phrases"
    if b"=?" in theirs and "=?" not in value and "=?" in (text_of(theirs) or ""):
        return "encoded-twice"
    if syntax == "parameters":
        return parameter_row(value, theirs, ours)
    if syntax == "unstructured" and TOUCHING.search(value):
        return "encoded-words-stay"
    if syntax == "msg-ids" and not is_text(value) and not same_text:
        return "raw-octets"
    if b"=?" in value.encode("utf-8", "surrogateescape") and same_text:
        return "encoded-words-stay"
    if written_as_given(name, value, theirs) and written_as_given(name, value, ours):
        return "fold-places"
    if syntax == "addresses" and written_as_given(name, value, theirs) and close_commas(theirs) == close_commas(ours):
        return "commas"
    if b"=?" in ours and b"=?" in theirs and same_text:
        return "names-whole" if syntax == "addresses" else text_row(theirs, ours)
    if b"=?" in ours and b"=?" in theirs and syntax == "addresses":
        squeezed = [re.sub(r'["\\\s]', "", text_of(wire)) for wire in (theirs, ours)]
        return "addresses-as-written" if squeezed[0] == squeezed[1] else None
    return None


def text_row(theirs, ours):
    """Did one encode words that the other left?"""
    words = [len(re.findall(rb"(?<!\S)(?!=\?)\S+", unfold(wire))) for wire in (theirs, ours)]
    return "ascii-between" if words[0] < words[1] else "encoded-word-cuts"


def parameter_row(value, theirs, ours):
    if b"*" in theirs and b"*" not in ours:
        return "long-parameters"
    if re.search(rb"[\x80-\xff]", ours):  # which the standard library has lost
        return "parameters-as-written"
    attributes = [set(re.findall(rb"([\w-]+)(?:\*\d*)*=", re.sub(rb'"[^"]*"', b"", wire))) for wire in (theirs, ours)]
    if re.search(r"""\*\S*=|"[^\s;"(]""", value) and attributes[0] <= attributes[1]:
        return "parameters-as-written"
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
        found = []
        if isinstance(ours, bytes):
            meant = value if read else in_a_labels(value)
            found = judge(name, meant, ours, source=read or holds_encoded_word(value))
            if len(value) - len(value.rstrip(" \t")) > 76:  # the last line cannot be broken before it
                found = [rule for rule in found if not rule.startswith("E0")]
            if TOUCHING.search(value):  # the judge decodes it
                found = [rule for rule in found if not rule.startswith("U2")]
        elif not isinstance(ours, FieldError) or read:
            raise ours
        if number % 16 in (0, 3):
            found += judge_header(msgidpolicy.SMTP.clone(**style), name, value, fields.header(value))
        broken += bool(found)
        if found:
            print(f"broken: {name}: {value!r}\n  {ours!r}", *found, sep="\n  ")
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
