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


EXAMPLES = {"fold.c": "cc -std=c99", "fold.cpp": "c++ -std=c++11"}


@pytest.fixture(scope="module", params=EXAMPLES)
def example(request, one_file):
    """The program that the example makes."""
    compiler = EXAMPLES[request.param].split()
    if not shutil.which(compiler[0]):
        pytest.skip(f"needs {compiler[0]}")
    subprocess.run(["cc", "-std=c99", "-c", "msgidpolicy.c"], cwd=one_file, check=True)
    source = ROOT / "examples" / request.param
    command = [*compiler, "-Wall", "-Wextra", "-Werror", "-I.", source, "msgidpolicy.o", "-o", "example"]
    subprocess.run(command, cwd=one_file, check=True)
    return one_file / "example"


def test_an_example_tells_what_it_cannot_fold(example):
    given = ["A b: c", "no colon", "X: y", "Subject:" + " word" * 20, "To: zoë@example.com"]
    run = subprocess.run([example, *given], capture_output=True)
    assert run.returncode == 1
    assert run.stdout.decode() == "X: y\nSubject:" + " word" * 14 + "\n" + " word" * 6 + "\n"
    assert run.stderr.decode().splitlines() == [
        'A b: octet 1 of the name: an invalid field name: it has to be one or more printable US-ASCII characters other than ":"',
        "no colon: there is no colon after a name",
        "To: octet 2 of the value: a character outside US-ASCII, which only a style with utf8 can write here",
    ]


def test_an_example_without_arguments_says_how_it_is_used(example):
    run = subprocess.run([example], capture_output=True)
    assert (run.returncode, run.stdout, run.stderr.decode().splitlines()) == (1, b"", ['usage: fold "name: value" ...'])
