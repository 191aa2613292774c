"""The core's own tests, in C."""

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
SOURCE = TESTS.parent / "src"
INCLUDES = [f"-I{SOURCE / folder}" for folder in ("core", "shown", "bodies")]
SOURCES = [path for folder in ("core", "shown", "bodies") for path in sorted((SOURCE / folder).rglob("*.c"))]
SANITIZERS = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]

pytestmark = [pytest.mark.core, pytest.mark.skipif(sys.platform == "win32", reason="compiled with the flags of gcc and clang")]


@pytest.fixture(scope="module")
def compiler():
    """The one that CPython was compiled with, or that of the system."""
    commands = [os.environ.get("CC"), sysconfig.get_config_var("CC"), "cc", "gcc", "clang"]
    found = [shlex.split(command) for command in commands if command and shutil.which(shlex.split(command)[0])]
    assert found, "no C compiler"
    return [*found[0], "-std=c99", "-g", "-O1"]


def sanitizers(compiler, folder):
    """The flags for them; none where a program made with them cannot be made, or run."""
    (folder / "empty.c").write_text("int main(void) { return 0; }\n")
    made = subprocess.run([*compiler, *SANITIZERS, folder / "empty.c", "-o", folder / "empty"], capture_output=True)
    runs = made.returncode == 0 and subprocess.run([folder / "empty"], capture_output=True).returncode == 0
    return SANITIZERS if runs else []


def test_the_core_does_what_its_own_tests_say(compiler, tmp_path):
    flags = sanitizers(compiler, tmp_path)
    sources = [*sorted((TESTS / "core").glob("*.c")), *SOURCES]
    program = tmp_path / "core_tests"
    subprocess.run([*compiler, *flags, *INCLUDES, *sources, "-o", program], check=True)
    run = subprocess.run([program], capture_output=True, text=True, errors="replace")
    assert run.returncode == 0, run.stdout + run.stderr
    passed, _, failed, _ = run.stdout.split()
    assert int(passed) > 100_000 and int(failed) == 0
