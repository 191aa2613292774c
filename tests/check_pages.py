"""Read the pages of ``docs/check``: what each says of its rule, and the two mails that it shows.

A mail is a literal block; its lines end in CRLF. What a page cannot hold is written as in ``spec_examples``: ``␀`` to
``␟`` and ``␡`` are control characters, ``⟨fc⟩`` is an octet that is not UTF-8, ``␠`` a space at an edge, ``«x*30»`` is x
thirty times.
"""

import re
import textwrap
from pathlib import Path

from spec_examples import shown

FOLDER = Path(__file__).parent.parent / "docs" / "check"
_BLOCK = re.compile(r"^(.*)::\n\n((?:(?:    .*)?\n)+)", re.MULTILINE)
_MENDED = "As it should be"


class Page:
    """A page of a rule.

    Attributes:
        title, underline (str): its first two lines.
        text (str): all of it.
        broken (bytes): the first mail, which breaks the rule.
        mended (bytes): the mail as it should be.
        style (dict): what both are checked with.
    """

    def __init__(self, rule):
        self.text = (FOLDER / f"{rule}.rst").read_text("utf-8")
        self.title, self.underline = self.text.split("\n")[:2]
        blocks = [(heading, _octets(block)) for heading, block in _BLOCK.findall(self.text)]
        self.broken = blocks[0][1]
        self.mended = next(octets for heading, octets in blocks if heading == _MENDED)
        self.style = {"utf8": True} if "``utf8=True``" in self.text else {}


def _octets(block):
    """The lines are taken apart before what stands for a CR or LF is replaced."""
    lines = textwrap.dedent(block).strip("\n").split("\n")
    return "".join(shown(line) + "\r\n" for line in lines).encode("utf-8", "surrogateescape")


def rules_with_pages():
    """Their names, in the order of the alphabet."""
    return sorted(path.stem for path in FOLDER.glob("*.rst") if path.stem != "index")
