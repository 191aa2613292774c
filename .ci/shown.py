"""Where our header objects show something else than those of the standard library of the running Python.

    MSGIDPOLICY_CORPUS=FOLDER python shown.py [COUNT [SEED]]

Real header blocks, if there are any, and COUNT fields made at random, of usual and of unusual shapes. What differs is
counted by field, what differs (``str``, or an attribute) and the row of docs/deviations.rst that has it; of what is in
no row a few are printed, and the exit status is 1. Before that stands how many fields the core could not say.
"""

import collections
import email
import email.policy
import random
import re
import sys
import warnings
from email.headerregistry import Address, Group
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "tests")]
from generated import Fields  # noqa: E402
from test_corpus import BLOCKS, unfolded  # noqa: E402
from test_header_objects import CUT_OFF  # noqa: E402

import msgidpolicy  # noqa: E402
from msgidpolicy import _core  # noqa: E402

ATTRIBUTES = ["addresses", "groups", "address", "params", "content_type", "maintype", "subtype", "content_disposition"]
ATTRIBUTES += ["cte", "version", "major", "minor", "datetime"]
#: What is mapped to a class with attributes, and text.
PIECES = {
    "To": ["a@b.example", "<c@d.example>", "Ann Author <a@b.example>", '"A, B" ', '"A\\"B" ', "x.y ", ":", ";", ", ", ",", " "]
    + ["undisclosed-recipients:;", "Group: a@b.example, B <b@c.example>;", "(c)", "(a (b) \\) c)", "=?utf-8?q?caf=C3=A9?= "]
    + ["=?iso-8859-1?q?=E9=2C?= ", "=?utf-8?b?w6k=?= ", "<@r.example,@s.example:a@b.example>", "a . b@c.example", "[1.2.3.4]"]
    + [
        "@",
        "é",
        "\t",
        "  ",
        "<>",
        ".",
        "<",
        ">",
        '"',
        "\\",
        "=?x?q?a?= ",
        '"=?utf-8?q?a?= =?utf-8?q?b?=" ',
        "A B ",
        "a@[1.2 3]",
    ],
    "Subject": ["a", " ", "  ", "\t", "=?utf-8?q?caf=C3=A9?=", "=?iso-8859-1?q?=E9?=", "=?koi8-r?b?8NLJ18XU?=", "=?x?q?=E9?="]
    + [
        "=?utf-8?b?YQ?=",
        "=?utf-8?b?Y?=",
        "=?utf-8?q?=C3?=",
        "=?utf-8?q?=A9?=",
        "=?utf-8?q?a b?=",
        "é",
        "=?",
        "?=",
        "=41",
        "\xa0",
    ]
    + [
        "=?gb2312?b?1tDOxA==?=",
        "=?utf-8?q??=",
        "=?utf-8*en?q?a?=",
        "=?us-ascii?q?=E9?=",
        "=?utf-8?b?Y Q==?=",
        "=?utf-8?b?YQ==YQ==?=",
    ],
    "Date": [
        "Mon, ",
        "Tue,",
        "mon ",
        "2",
        "02",
        " Nov ",
        "nov",
        " November ",
        "2026",
        "26",
        "99",
        " 10:00:00",
        " 10:00",
        " 23.59.59",
        " ",
    ]
    + [
        "+0000",
        "-0000",
        " -0330",
        " GMT",
        " EST",
        " Z",
        " (EDT)",
        " +0100 (CET)",
        "-",
        ",",
        " 24:00:00",
        " 31 Feb",
        "x",
        "1 Jan 2000",
        "+2500",
    ],
    "MIME-Version": ["1.0", " ", "1", ".", "0", "(c)", "(a (b) \\) c)", "x", "12", "\t", "é", "(", '"', "=?utf-8?q?a?="],
    "Content-Type": [
        "text/plain",
        "text",
        "/",
        ";",
        "; ",
        "charset=utf-8",
        'charset="utf-8"',
        "name=a b",
        "(c)",
        " ",
        'name="a\\"b"',
    ]
    + [
        "format=flowed",
        "CHARSET=x",
        "name*=utf-8''%C3%A9",
        "name*0=a",
        "name*1=b",
        "name*0*=utf-8''%C3",
        "name*1*=%A9",
        "name*2=c",
        "é",
    ]
    + [
        "name",
        "name=",
        "name*",
        "name*=\"utf-8''a%20b\"",
        "name*=a",
        "name='a'",
        "=",
        '"',
        "boundary=--=_x/y",
        "name=é",
        "x=it's",
        "\\",
    ]
    + [
        'name="=?utf-8?q?a?= =?utf-8?q?b?="',
        "name*=iso-8859-1'en'%E9",
        "name=utf-8''a%20",
        'x=""',
        "Multipart/Mixed",
        "=?utf-8?q?a?=",
    ],
    "Content-Disposition": [
        "attachment",
        "inline",
        ";",
        "; ",
        "filename=a.pdf",
        'filename="a b.pdf"',
        "filename*=utf-8''%E2%82%AC",
        " ",
        "(c)",
    ]
    + [
        "filename*0=a",
        'filename*1="b c"',
        "size=10",
        "FileName=x",
        "é",
        "/",
        'filename="é"',
        "Attachment",
        'filename="a',
        "\t",
    ],
    "Content-Transfer-Encoding": [
        "base64",
        "7bit",
        "Quoted-Printable",
        " ",
        "(c)",
        ";",
        "a",
        "é",
        '"',
        "=?utf-8?q?a?=",
        ".",
        "\\",
        "8bit",
    ],
}
PIECES["From"] = PIECES["Sender"] = PIECES["To"]

# What is no address.
NOBODY = Group(None, [Address()])


def unusual(drawn):
    """A field of pieces that do not belong together."""
    name = drawn.choice(list(PIECES))
    value = "".join(drawn.choice(PIECES[name]) for _ in range(drawn.choice([1, 2, 2, 3, 3, 4, 6, 9])))
    return name, value if drawn.random() < 0.8 else value.encode().decode("ascii", "surrogateescape")


def generated(count, seed):
    drawn, fields = random.Random(seed), Fields(seed)
    for number in range(count):
        yield unusual(drawn) if number % 2 else fields()


def corpus():
    for _, block in BLOCKS:
        for name, value in email.message_from_bytes(block + b"\r\n\r\n", policy=email.policy.default).raw_items():
            yield name, unfolded(value)


def observed(header):
    """What a header object says of itself, exceptions too."""
    seen = {"str": str(header)}
    for attribute in ATTRIBUTES:
        try:
            value = getattr(header, attribute)
        except Exception as error:
            value = type(error).__name__
        seen[attribute] = value if isinstance(value, (str, tuple, int)) or value is None else repr(value)
        if attribute == "params" and not isinstance(value, str):
            seen[attribute] = dict(value)
    return seen


def row_of(name, value, attribute, theirs, ours):
    """The row of docs/deviations.rst that has a difference; None where there is none."""
    if _core.syntax_of(name) == "msg-ids":
        return "shown-msg-ids" if "=?" not in value else None
    if name.lower().startswith("content-"):
        return "cut-off-values" if CUT_OFF.search(value) else row_of_octets(value)
    if hasattr(ours, "addresses"):
        return row_of_addresses(value, attribute, theirs, ours)
    return row_of_octets(value)


def row_of_octets(value):
    """Octets that are UTF-8, or not, beside characters and encoded-words."""
    return "shown-octets" if re.search("[\udc80-\udcff]", value) else None


def row_of_addresses(value, attribute, theirs, ours):
    given = theirs.addresses
    if given == ours.addresses and attribute == "str" and ours != ", ".join(map(str, ours.groups)):
        return "malformed-addresses"
    specials = re.compile(r'[][()<>@,:;"\\\s]')
    if "=?" in value and ("=2C" in value or any(specials.search(found.username + found.domain) for found in ours.addresses)):
        return "decoded-syntax"
    if real_groups(theirs) == real_groups(ours):
        return "malformed-addresses"
    return row_of_octets(value)


def real_groups(header):
    return [group for group in header.groups if group != NOBODY]


def main(count=100_000, seed=1):
    warnings.simplefilter("ignore")
    found, asked, printed = collections.Counter(), collections.Counter(), collections.Counter()
    for source, fields in (("corpus", corpus()), ("generated", generated(count, seed))):
        for name, value in fields:
            asked[source] += 1
            ours = msgidpolicy.default.header_factory(name, value)
            asked[source, "by the parser"] += "_parse_tree" in ours.__dict__
            try:
                made = email.policy.default.header_factory(name, value)
                theirs = observed(made)
            except Exception:
                asked[source, "not by the standard library"] += 1
                continue
            seen = observed(ours)
            for attribute in theirs:
                if seen[attribute] == theirs[attribute]:
                    continue
                row = row_of(name, value, attribute, made, ours)
                found[source, name.lower(), attribute, row or "-"] += 1
                printed[source, name.lower(), attribute] += row is None
                if row is None and printed[source, name.lower(), attribute] <= 4:
                    print(
                        f"{name}: {value!r}\n  {attribute}: theirs {theirs[attribute]!r}\n  {' ' * len(attribute)}  ours   {seen[attribute]!r}"
                    )
    for key, times in found.most_common():
        print(f"{times:7,}", *key)
    for key, times in asked.items():
        print(f"{times:7,}", *(key if isinstance(key, tuple) else [key]))
    return 1 if any(key[-1] == "-" for key in found) else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
