"""The sources in C: who may call whom, and what a program that takes them gets."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
TOOLS = ROOT / "tools"

pytestmark = [pytest.mark.core, pytest.mark.skipif(not SOURCE.is_dir(), reason="needs the sources")]


def floors(source):
    return subprocess.run([sys.executable, TOOLS / "floors.py", source], capture_output=True, text=True)


def test_a_call_goes_down_and_never_up():
    run = floors(SOURCE)
    assert run.returncode == 0, run.stdout
    assert run.stdout.split()[-3:] == ["core/lex", "->", "nothing"]


@pytest.mark.parametrize(
    "path, header",
    [
        ("core/lex/octet.c", "fields/tokens.h"),
        ("core/write/writer.h", "text/text.h"),
        ("core/text/text.c", "shown.h"),
        ("core/fold.c", "shown_writer.h"),
        ("shown/date_time.c", "binding.h"),
        ("core/lex/octet.h", "lex/encoded_word.h"),
    ],
)
def test_an_include_that_goes_up_is_found(path, header, tmp_path):
    source = shutil.copytree(SOURCE, tmp_path / "src")
    file = source / path
    file.write_text(f'#include "{header}"\n' + file.read_text("utf-8"), "utf-8")
    run = floors(source)
    assert run.returncode == 1 and "a circle:" in run.stdout


def test_no_file_has_more_than_400_lines():
    files = [*SOURCE.rglob("*.[ch]"), *(ROOT / "msgidpolicy").rglob("*.py")]
    assert len(files) > 50
    assert {path.name: lines for path in files if (lines := len(path.read_text("utf-8").splitlines())) > 400} == {}


@pytest.mark.skipif(not shutil.which("gcc") or not shutil.which("nm"), reason="needs gcc and nm")
def test_the_core_in_one_file_has_no_other_names_than_those_of_its_header(tmp_path):
    subprocess.run([sys.executable, TOOLS / "amalgamate.py", tmp_path], check=True)
    subprocess.run(["gcc", "-std=c99", "-c", "msgidpolicy.c"], cwd=tmp_path, check=True)
    symbols = subprocess.run(
        ["nm", "--defined-only", "-g", "-f", "posix", "msgidpolicy.o"], cwd=tmp_path, capture_output=True, text=True
    )
    names = [line.split()[0] for line in symbols.stdout.splitlines()]
    assert "mip_fold" in names
    assert [name for name in names if not name.startswith("mip_")] == []
