"""Without what msgidpolicy knows of CPython's ``email`` package beyond its documentation mail is folded right.

In a process of its own each name is taken from the package, or has another one there, before msgidpolicy is imported, as
in a version of CPython that is still to come.
"""

import json
import subprocess
import sys

import pytest

import msgidpolicy
from msgidpolicy import cpython

PROLOGUE = """
import importlib, json, inspect, re, sys
def rewritten(modules, old, new):
    "Another version of the modules."
    for name in modules.split():
        module = sys.modules.get(name) or importlib.import_module(name)
        source = inspect.getsource(module)
        assert re.search(old, source), old
        exec(compile(re.sub(old, new, source), module.__file__, "exec"), vars(module))
"""
#: Prints what is folded by each way of values through the package.
SAMPLE = """
import copy, email, email.policy, pickle
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.mime.text import MIMEText
import msgidpolicy
from msgidpolicy import SMTP

LONG = "<" + "x" * 100 + "@mail.example.com>"
SET = {
    "Subject": "Grüße aus Köln und noch ein paar Wörter, damit die Zeile länger wird als achtundsiebzig Spalten",
    "From": '"Smith, Jörg" <j@b.example>',
    "To": 'Team: "Doe, Jane" <d@b.example>, Zoë <z@b.example> (at work);, (x) e@f.example',
    "Sender": Address("Zoë, A", "z", "b.example"),
    "References": LONG + " " + LONG,
    "Content-Disposition": 'attachment; filename="Übersicht.pdf"',
    "Date": "Mon, 23 Nov 2026 17:09:54 +0000",
    "X-Note": "a" * 200,
    "Keywords": Header("é, b", "utf-8"),
}
folded = {}

def fold(label, message, **options):
    folded[label] = [message.as_bytes(**options).decode("latin-1"), message.as_string(**options)]

message = EmailMessage(policy=SMTP)
for name, value in SET.items():
    message[name] = value
fold("set", message)
fold("copied", copy.deepcopy(message))
fold("pickled", pickle.loads(pickle.dumps(message)))
fold("read", email.message_from_bytes(message.as_bytes(), policy=SMTP), policy=SMTP.clone(refold_source="all"))

class Own(msgidpolicy.MsgIdPolicy):
    pass

class Hooked(msgidpolicy.MsgIdPolicy):
    def _fold(self, name, value, refold_binary=False):
        return "X-Hooked: yes" + self.linesep

fold("subclass", message, policy=Own(linesep="\\r\\n"))
fold("overridden", message, policy=Hooked(linesep="\\r\\n"))
fold("sum", message, policy=email.policy.SMTP.clone(max_line_length=60) + SMTP)

shown = EmailMessage(policy=SMTP)
for name, value in message.items():
    str(value), getattr(value, "defects", None), getattr(value, "addresses", None), value.name
    shown[name] = value
fold("looked at", shown)

foreign = email.message_from_bytes(
    b"From: =?utf-8?q?Smith=2C_J=C3=B6rg?= <j@b.example>\\r\\nTo: Ann <a@b.example>\\r\\nSubject: =?utf-8?q?caf=C3=A9?= x\\r\\n"
    b"References: " + LONG.encode() + b"\\r\\n\\r\\n",
    policy=email.policy.default,
)
taken = EmailMessage(policy=SMTP)
for name, value in foreign.items():
    taken[name] = value
taken["Reply-To"] = foreign["From"]
fold("foreign", taken)

legacy = MIMEText("x", "plain", "us-ascii", policy=email.policy.compat32)
legacy["Subject"] = Header("Grüße", "utf-8")
legacy["From"] = str(SET["From"])
legacy["References"] = SET["References"]
folded["flattened"] = msgidpolicy.flatten(legacy).decode("latin-1")

mapped = msgidpolicy.MsgIdPolicy(linesep="\\r\\n")
mapped.header_factory.map_to_type("X-Team", email.headerregistry.AddressHeader)
other = EmailMessage(policy=mapped)
other["X-Team"] = "a@b.example, c@d.example"
fold("mapped", other)
assert [address.username for address in other["X-Team"].addresses] == ["a", "c"]

ours = msgidpolicy.EmailMessage()
for name, value in SET.items():
    if name != "Content-Disposition":
        ours[name] = value
ours.set_content("Grüße\\n")
ours.make_alternative(boundary="one")
ours.make_mixed(boundary="two")
fold("ours", ours)
folded["ours, flattened"] = msgidpolicy.flatten(ours).decode("latin-1")

with msgidpolicy.installed(legacy=True):
    pythons = EmailMessage(policy=email.policy.SMTP)
    for name, value in SET.items():
        pythons[name] = value
    fold("installed", pythons)
    older = MIMEText("x", "plain", "us-ascii")
    older["References"], older["Subject"] = SET["References"], "é " * 60
    folded["installed, older"] = older.as_bytes().decode("latin-1")
with_python = EmailMessage(policy=email.policy.SMTP)
with_python["Subject"] = "x"
fold("taken back", with_python)
assert "X-Hooked" not in str(folded["subclass"])
print(json.dumps(folded))
"""


def run(changes, code=SAMPLE):
    done = subprocess.run([sys.executable, "-c", PROLOGUE + changes + code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def as_it_is():
    return json.loads(run(""))


HEADERS = "email.headerregistry"
TOKENS = "email._header_value_parser"
#: What is changed in CPython: in modules, what a pattern finds becomes something else; and the ways on which another
#: result is right, too.
CHANGES = {
    "_name of a header object": (HEADERS, r"self\._name\b", "self._label"),
    "_defects of a header object": (HEADERS, r"self\._defects\b", "self._flaws"),
    "_parse_tree of a header object": (HEADERS, r"\b_parse_tree\b", "_tokens"),
    "init() of a header object": (HEADERS, r"\binit\(", "_init("),
    "the key 'decoded'": (HEADERS, "'decoded'", "'text'"),
    "what header objects have in __dict__": (
        HEADERS,
        "(class BaseHeader.str.:\n)",
        r"\1    __slots__ = ('_name', '_parse_tree', '_defects')\n",
    ),
    "value_parser of a class": (HEADERS, r"\bvalue_parser\b", "tokenizer"),
    "registry of a HeaderRegistry": (HEADERS, r"self\.registry\b", "self._classes"),
    "token_type of a token": (TOKENS, r"\btoken_type\b", "kind"),
    "cte of a token": (TOKENS, r"\bew\.cte\b", "ew.source"),
    "the name of a token's type": (TOKENS, "'encoded-word'", "'word'"),
    "_chunks of a Header": ("email.header", r"\b_chunks\b", "_pieces", "flattened"),
    "_fold of EmailPolicy": ("email.policy", r"\b_fold\b", "_refold"),
    "raw_items() of a message": ("email.message email.generator", r"\braw_items\b", "_items"),
    "_headers of a message": ("email.message", r"\b_headers\b", "_fields"),
    "_payload of a message": ("email.message email.generator email.feedparser", r"\b_payload\b", "_content"),
    "set_raw() of a message": ("email.message email.feedparser", r"\bset_raw\b", "_set"),
}


def change(what):
    """The code that makes the change, before msgidpolicy is imported."""
    return f"import email.headerregistry\nrewritten(*{CHANGES[what][:3]!r})\n"


@pytest.mark.parametrize("what", CHANGES)
def test_mail_is_folded_right_without(what, as_it_is):
    found = json.loads(run(change(what)))
    assert found.keys() == as_it_is.keys()
    for way in found:
        if way not in CHANGES[what][3:]:
            assert found[way] == as_it_is[way], way


@pytest.mark.parametrize("what", ["_name of a header object", "_defects of a header object", "_parse_tree of a header object"])
def test_a_value_is_parsed_once_without(what):
    code = """
import email.headerregistry as headerregistry
import msgidpolicy
parse, count = headerregistry.UnstructuredHeader.parse.__func__, []
@classmethod
def counted(cls, value, found):
    count.append(value)
    return parse(cls, value, found)
headerregistry.UnstructuredHeader.parse = counted
header = msgidpolicy.SMTP.header_factory("Subject", "one")
for _ in range(9):
    assert header.defects == () and header.max_count == 1 and header.name == "Subject"
    assert not hasattr(header, "addresses") and not hasattr(header, "_no_such_name")
assert len(count) == 1, count
"""
    run(change(what), code)


def test_the_settings_of_a_policy_are_known_without_its_dict():
    class Policy:
        __slots__ = ()
        linesep, max_line_length = "\r\n", 60
        header_factory = msgidpolicy.FieldRegistry()

        def clone(self, **settings):
            return settings

    assert cpython.settings_of(Policy()) == {
        "linesep": "\r\n",
        "max_line_length": 60,
        "header_factory": Policy.header_factory,
    }


def test_the_trees_of_this_python_are_known():
    assert cpython.trees_are_known()
