"""The core as a library for programs in C: its header, its version, its examples."""
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

pytestmark = pytest.mark.skipif(
    not HEADER.exists() or not shutil.which("cc"), reason="needs the sources, and a C compiler"
)


@pytest.fixture(scope="module")
def one_file(tmp_path_factory):
    """A folder with msgidpolicy.c and msgidpolicy.h."""
    folder = tmp_path_factory.mktemp("one_file")
    subprocess.run([sys.executable, ROOT / "tools" / "amalgamate.py", folder], check=True)
    return folder


def printed_by(folder, source):
    """What a program of this source prints that is compiled beside the library."""
    (folder / "program.c").write_text(source, "utf-8")
    command = "cc -std=c99 -Wall -Wextra -Werror -o program program.c msgidpolicy.c"
    subprocess.run(shlex.split(command), cwd=folder, check=True)
    return subprocess.run([folder / "program"], check=True, capture_output=True).stdout


def test_the_version_is_that_of_the_package(one_file):
    source = """
#include <stdio.h>
#include "msgidpolicy.h"
int main(void) { printf("%s %d.%d.%d", MIP_VERSION, MIP_VERSION_MAJOR, MIP_VERSION_MINOR, MIP_VERSION_PATCH); }
"""
    assert printed_by(one_file, source).decode() == f"{msgidpolicy.__version__} {msgidpolicy.__version__}"


def test_the_example_of_the_header_prints_what_it_says(one_file):
    """It ends at the first line that is not indented; the line after that says what it prints."""
    head = HEADER.read_text("utf-8").split("*/", 1)[0]
    example, rest = re.search(r"((?: \*     .+\n)+) \*\n \* (.+)", head).groups()
    statements = example.replace(" *     ", "    ")
    source = f'#include <stdio.h>\n#include "msgidpolicy.h"\n\nint main(void)\n{{\n{statements}    return 0;\n}}\n'
    printed = printed_by(one_file, source).decode()
    assert rest == f'This prints "{printed.rstrip()}" and CRLF.'
    assert printed.endswith("\r\n")
