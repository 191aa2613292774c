"""The core as a library for programs in C: its header, its version, its examples."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import msgidpolicy

ROOT = Path(__file__).resolve().parent.parent
HEADER = ROOT / "src" / "core" / "msgidpolicy.h"

pytestmark = [
    pytest.mark.core,
    pytest.mark.skipif(not HEADER.exists() or not shutil.which("cc"), reason="needs the sources, and a C compiler"),
]


@pytest.fixture(scope="module")
def one_file(tmp_path_factory):
    """A folder with msgidpolicy.c and msgidpolicy.h."""
    folder = tmp_path_factory.mktemp("one_file")
    subprocess.run([sys.executable, ROOT / "tools" / "amalgamate.py", folder], check=True)
    return folder


def compiled(folder, source):
    """A program of this source, with the library."""
    (folder / "program.c").write_text(source, "utf-8")
    command = "cc -std=c99 -Wall -Wextra -Werror -o program program.c msgidpolicy.c"
    subprocess.run(shlex.split(command), cwd=folder, check=True)
    return folder / "program"


def printed_by(folder, source):
    """What that prints."""
    return subprocess.run([compiled(folder, source)], check=True, capture_output=True).stdout


def test_the_version_is_that_of_the_package(one_file):
    source = """
#include <stdio.h>
#include "msgidpolicy.h"
int main(void) { printf("%s %d.%d.%d", MIP_VERSION, MIP_VERSION_MAJOR, MIP_VERSION_MINOR, MIP_VERSION_PATCH); }
"""
    numbers = re.match(r"\d+\.\d+\.\d+", msgidpolicy.__version__)[0]
    assert printed_by(one_file, source).decode() == f"{msgidpolicy.__version__} {numbers}"


def test_the_example_of_the_header_prints_what_it_says(one_file):
    """It ends at the first line that is not indented; the line after that says what it prints."""
    head = HEADER.read_text("utf-8").split("*/", 1)[0]
    example, rest = re.search(r"((?: \*     .+\n)+) \*\n \* (.+)", head).groups()
    statements = example.replace(" *     ", "    ")
    source = f'#include <stdio.h>\n#include "msgidpolicy.h"\n\nint main(void)\n{{\n{statements}    return 0;\n}}\n'
    printed = printed_by(one_file, source).decode()
    assert rest == f'This prints "{printed.rstrip()}" and CRLF.'
    assert printed.endswith("\r\n")


def commands():
    """The commands of docs/c-api.rst, each with what it prints there."""
    page = (ROOT / "docs" / "c-api.rst").read_text("utf-8")
    for block in re.findall(r"::\n\n((?:    .*\n)+)", page):
        if block.startswith("    $ "):
            for command in re.sub("^    ", "", block, flags=re.MULTILINE).split("$ ")[1:]:
                yield command.partition("\n")[::2]


def test_the_commands_of_the_page_print_what_it_shows(tmp_path):
    for folder in ("src", "tools", "examples"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    shown = list(commands())
    assert len(shown) == 6
    for command, expected in shown:
        run = subprocess.run(command, shell=True, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8")
        assert run.stdout + run.stderr == expected, command


def test_the_code_of_the_page_does_what_it_says(one_file):
    """Its pieces are one program: functions, and statements for main(), in their order."""
    page = (ROOT / "docs" / "c-api.rst").read_text("utf-8")
    pieces = [
        re.sub("^    ", "", piece, flags=re.MULTILINE)
        for piece in re.findall(r"\.\. code-block:: c\n\n((?:(?:    .*)?\n)+)", page)
    ]
    assert len(pieces) > 5
    functions = [piece for piece in pieces if piece.startswith(("#include", "static"))]
    statements = [piece for piece in pieces if piece not in functions]
    source = "\n".join([*functions, "int main(void)\n{", *statements, "return 0;\n}\n"])
    assert re.fullmatch(rb"<\d[0-9a-v.]+@mail\.example>\n", printed_by(one_file, source))


def test_the_example_tells_what_it_cannot_fold(one_file):
    program = compiled(one_file, (ROOT / "examples" / "fold.c").read_text("utf-8"))
    run = subprocess.run([program, "A b: c", "no colon", "X: y"], capture_output=True, encoding="utf-8")
    assert run.returncode == 1 and run.stdout == "X: y\n"
    assert run.stderr.splitlines() == [
        'A b: octet 1 of the name: an invalid field name: it has to be one or more printable US-ASCII characters other than ":"',
        "no colon: there is no colon after a name",
    ]
