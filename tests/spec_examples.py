"""Read the examples of tests/spec/*.txt: prose for people, examples for pytest.

An example is fenced by 32 backquotes, in the form of CommonMark's spec.txt: behind the fence the
word ``example`` and options, then ``Name: value`` as an application means it, a line with a full
stop, and what is to come of it: the folded field without its last CRLF, or ``error``, the index of
the character at fault and the beginning of the reason.

Options: ``limit=N`` is max_line_length, ``utf8`` is utf8=True, ``read`` says that the value was
read and not set, ``keep`` that its encoded-words are to stay, ``protected`` that the policy protects the name.

White space and what cannot be seen are shown: ``→`` is HTAB, ``␠`` is SP (plain SP stands for
itself), ``␀`` to ``␟`` and ``␡`` are the control characters, ``⟨e9⟩`` is an octet that is not UTF-8,
``⟨2028⟩`` a character by its number, ``«x*30»`` is x thirty times.
"""

import re
from pathlib import Path
from typing import NamedTuple

FENCE = "`" * 32
FOLDER = Path(__file__).parent / "spec"


class Example(NamedTuple):
    id: str
    options: dict
    name: str
    value: str
    expected: str


def shown(text):
    """The text that a shown text stands for."""
    text = re.sub(r"«(.+?)\*(\d+)»", lambda match: match[1] * int(match[2]), text)
    text = re.sub(r"⟨([0-9a-f]{2})⟩", lambda match: chr(0xDC00 + int(match[1], 16)), text)
    text = re.sub(r"[\u2400-\u241f]", lambda match: chr(ord(match[0]) - 0x2400), text)
    text = re.sub(r"⟨([0-9a-f]{4})⟩", lambda match: chr(int(match[1], 16)), text)
    return text.replace("→", "\t").replace("␠", " ").replace("␡", "\x7f")


def read_options(words):
    options = {"limit": 78, "utf8": False, "read": False, "protected": False, "keep": False}
    for word in words:
        name, _, value = word.partition("=")
        if name not in options:
            raise ValueError(f"no such option: {word}")
        options[name] = int(value) if value else True
    return options


def read_examples(path):
    heading, number = "", 0
    lines = iter(path.read_text("utf-8").split("\n"))
    for line in lines:
        if line.startswith("#"):
            heading, number = line.strip("# "), 0
        if not line.startswith(FENCE):
            continue
        number += 1
        words = line.split()
        parts = [[], []]
        part = 0
        for line in lines:
            if line == FENCE:
                break
            if line == ".":
                part = 1
            else:
                parts[part].append(line)
        field, expected = (shown("\n".join(text)) for text in parts)
        name, _, value = field.partition(":")
        value = value[1:] if value.startswith(" ") else value
        yield Example(f"{path.stem}: {heading} ({number})", read_options(words[2:]), name, value, expected)


def all_examples():
    return [example for path in sorted(FOLDER.glob("*.txt")) for example in read_examples(path)]
