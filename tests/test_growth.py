"""Work grows as the value does: it is counted, not timed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
SOURCE = TESTS.parent / "src"
FOLDERS = [SOURCE / "core", SOURCE / "shown"]

COMPILER = shutil.which("gcc") or shutil.which("clang")
pytestmark = [
    pytest.mark.growth,
    pytest.mark.skipif(
        sys.platform != "linux" or not COMPILER or not SOURCE.is_dir(), reason="needs gcc or clang, and the sources"
    ),
]

# The inputs that CPython's parser and fold were measured with, each in its own syntax.
INPUTS = [
    ("References", "<0123456789abcdef@mail.example.com> "),
    ("References", "<0123456789abcdef@mail.example.com>"),
    ("In-Reply-To", "<a@b> (comment) "),
    ("To", "user@example.com, "),
    ("To", '"User, A" <user@example.com>, '),
    ("To", "Üser Ä <user@example.com>, "),
    ("To", '"Üser, Ä" <user@example.com>, '),
    ("To", "user@example.com, \t"),
    ("To", "Ü "),
    ("To", '"Ü"'),
    ("To", 'Ü" <'),
    ("To", 'é\\"'),
    ("To", 'é <a@b>, "'),
    ("To", "=?utf-8?q?Zo=C3=AB?= <user@example.com>, "),
    ("To", "=?utf-8?q?Zo=C3=AB?= "),
    ("To", "=?utf-8?q?a?=é "),
    ("To", "é=?utf-8?q?a?=."),
    ("To", '"é =?x?q?a?= '),
    ("To", "group: user@example.com, b@example.com; "),
    ("To", "@a.example,"),
    ("To", ","),
    ("To", "."),
    ("To", "a."),
    ("To", "a "),
    ("To", '"'),
    ("To", "<"),
    ("To", "@"),
    ("To", ":"),
    ("To", "a:"),
    ("To", "["),
    ("To", "("),
    ("To", "(,"),
    ("To", "(a,é) (b, "),
    ("To", "(a) "),
    ("To", "(é) a@b.example, "),
    ("To", '<">"'),
    ("To", "\\"),
    ("To", '"a" '),
    ("To", '"\\"'),
    ("To", '"Jim \\"J\\" Doe" <j@x.example>, '),
    ("To", "=?iso-8859-1?q?=E9?= "),
    ("To", "=?iso-8859-1?q?=E9?= <a@b.example>, "),
    ("To", '"=?utf-8?q?a?= '),
    ("To", "a@"),
    ("To", "a@b "),
    ("To", "a@b, <"),
    ("To", "<@a,"),
    ("To", "<@a:"),
    ("To", "(("),
    ("To", "(\\"),
    ("To", "a@["),
    ("To", "[ "),
    ("To", "a;"),
    ("To", "g:;"),
    ("To", "=?"),
    ("To", "=? "),
    ("To", "=?a?q?"),
    ("To", "=?a?q?=41"),
    ("To", "\u3000"),
    ("Subject", "x=?a?q?"),
    ("Subject", "=?a"),
    ("Subject", "\u3000 "),
    ("References", "<=?"),
    ("References", "=?a?q?b?= <"),
    ("References", "<"),
    ("Content-Type", ";a"),
    ("Content-Type", ";a=b"),
    ("Content-Type", "x\u3000;"),
    ("Content-Type", ";a*1=b"),
    ("Content-Type", ';a="'),
    ("Content-Type", ";a*=''"),
    ("Content-Type", "'"),
    ("Content-Type", ";b;a"),
    ("Date", "1"),
    ("Date", "1 "),
    ("Date", ","),
    ("Date", "-"),
    ("MIME-Version", "(a"),
    ("MIME-Version", "1."),
    ("Subject", "a"),
    ("Subject", "word "),
    ("Subject", "é"),
    ("Subject", "éé "),
    ("Subject", "a é "),
    ("Subject", " "),
    ("Subject", "=?utf-8?q?=C3=A9?= "),
    ("Subject", "=?utf-8?q?=C3?= "),
    ("Subject", "é=?utf-8?q?a?="),
    ("Subject", "é=?x?q?a?="),
    ("Subject", "é=?utf-8?q?a?= "),
    ("Subject", "=?"),
    ("Subject", "=?utf-8?q?"),
    ("Subject", "=?x?b?"),
    ("Received", "from a by b; "),
    ("Received", "(é(é) "),
    ("Received", "("),
    ("Received", "(é=?utf-8?q?a?="),
    ("Received", "(é=?utf-8?q?a?=) "),
    ("Keywords", "Büro, "),
    ("Content-Type", ";"),
    ("Content-Type", "a=b; "),
    ("Content-Type", 'a="é"; '),
    ("Content-Type", "name*0*=utf-8''%C3%A9; "),
    ("Content-Type", "(a;"),
    ("Content-Type", "(*=%0;"),
    ("Content-Type", ";a*2=b;a*1='';b*=c;a*=x''(y)"),
    ("Content-Type", ";c*2*=x;b*1*=y'';a*3=z"),
    ("Content-Type", "a*=x''%;"),
    ("Content-Type", '";(=*'),
    ("Content-Disposition", "é"),
    ("Content-Disposition", "f=é"),
    ("Content-Disposition", "f*=é%C3%A9"),
    ("Content-Disposition", 'f="é\\'),
    ("List-Unsubscribe", "<https://example.com/> "),
    ("DKIM-Signature", "a=b; "),
    ("DKIM-Signature", "ab"),
    ("DKIM-Signature", "b="),
    ("DKIM-Signature", ";b="),
    ("Autocrypt", ";keydata = " + "QUJD" * 400),
    ("Autocrypt", "keydata=QUJD "),
]

# Each syntax, with what each of them may look for in vain.
NAMES = ["Subject", "References", "Received", "To", "Keywords", "Content-Type"]
PIECES = ["word ", "é ", "<a@b> ", "(é) ", "=?utf-8?q?=C3=A9?= ", "=?utf-8?q?=C3?= ", "(", "=?", "=?c?q? ", "(,", "[,"]
PIECES += ["(;", "a@b,", "é <a@b>, ", "a=é;", 'a="é" (', "(é)", "(=?x?q?=FF?=)"]


@pytest.fixture(scope="module")
def growth(tmp_path_factory):
    """The program that counts."""
    program = tmp_path_factory.mktemp("growth") / "growth"
    wraps = [f"-Wl,--wrap={function}" for function in ("memchr", "memcpy", "memmove")]
    flags = ["-std=gnu99", "-O1", "-fno-builtin", "-fsanitize-coverage=trace-pc"]
    sources = [TESTS / "growth" / "growth.c", *(path for folder in FOLDERS for path in sorted(folder.rglob("*.c")))]
    subprocess.run([COMPILER, *flags, *wraps, *(f"-I{folder}" for folder in FOLDERS), *sources, "-o", program], check=True)
    return program


def counted(*command):
    """Rows of size, work where the value was set, work where it was read; on a stack of 256 kB.

    No more than 256 kB of value are needed: what looks at the rest behind each piece is a thousand times the work there.
    """
    limited = ["sh", "-c", 'ulimit -s 256; exec "$@"', "sh", *command]
    run = subprocess.run(limited, capture_output=True, check=True, timeout=60)
    return [tuple(map(int, line.split())) for line in run.stdout.splitlines()]


def is_linear(rows):
    """Is twice the value at most 2.2 times the work?"""
    pairs = [(before[column], after[column]) for column in (1, 2) for before, after in zip(rows, rows[1:])]
    return all(0 < after < 2.2 * before for before, after in pairs)


@pytest.mark.parametrize("name, piece", INPUTS)
def test_twice_the_value_is_at_most_22_tenths_of_the_work(growth, name, piece):
    rows = counted(growth, name, piece)
    assert [size for size, _, _ in rows] == [65536, 131072, 262144]
    assert is_linear(rows), rows


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("piece", PIECES)
def test_so_is_it_beside_what_has_to_be_encoded(growth, name, piece):
    """In a comment where the piece is one."""
    rows = counted(growth, name, piece, "(é " if piece.endswith(")") else "é ", " é)")
    assert [size for size, _, _ in rows] == [65536, 131072, 262144]
    assert is_linear(rows), rows
