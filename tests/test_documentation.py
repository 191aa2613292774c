"""What README and docs show is what happens."""

import argparse
import doctest
import email.policy
import os
import re
import subprocess
import sys
import textwrap
from email.message import EmailMessage
from pathlib import Path

import flask_mail
import pytest
from signer import OPENSSL, Signer

import msgidpolicy
from msgidpolicy.check._command import check_command

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.rst", *sorted((ROOT / "docs").glob("*.rst"))]


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_the_examples_of_a_page_hold(page, monkeypatch, tmp_path):
    if '"openssl"' in page.read_text("utf-8"):
        if not OPENSSL:
            pytest.skip("needs openssl")
        Signer(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(flask_mail, "message_policy", email.policy.SMTP, raising=False)
    failed, tried = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert failed == 0
    assert tried > 0 or page.name not in ("README.rst", "usage.rst")


@pytest.mark.skipif(os.name != "posix", reason="the commands are those of a shell of Unix")
@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_the_commands_of_a_page_print_what_it_shows(page, monkeypatch):
    """``python tools/console_examples.py --write`` writes what they print."""
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import console_examples

    text = page.read_text("utf-8")
    assert console_examples.with_real_output(page) == text
    assert "    $ " in text or page.name not in ("README.rst", "command-line.rst")


def test_the_page_of_check_names_each_of_its_options():
    commands = argparse.ArgumentParser().add_subparsers()
    check_command.add(commands)
    options = {option for action in commands.choices["check"]._actions for option in action.option_strings}
    page = (ROOT / "docs" / "command-line.rst").read_text("utf-8")
    shown = set(re.findall(r"^``(-.+?)``", page, re.MULTILINE))
    assert {re.match(r"[-\w]+", option)[0] for line in shown for option in line.split(", ")} == options - {"-h", "--help"}


def test_the_packages_have_the_rows_of_their_matrix(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tests" / "packages"))
    import matrix

    shown = re.findall(r"   \* - (.+)\n     - .+\n     - ``(.+)``\n", (ROOT / "docs" / "packages.rst").read_text("utf-8"))
    assert shown == [(row.label, row.line) for row in matrix.ROWS]


def test_internals_name_every_file_of_the_core():
    internals = (ROOT / "docs" / "internals.rst").read_text("utf-8")
    for path in (ROOT / "src").rglob("*.c"):
        assert f"``{path.stem}``" in internals, path.name


def test_internals_name_every_module_of_the_package():
    internals = (ROOT / "docs" / "internals.rst").read_text("utf-8")
    for path in Path(msgidpolicy.__file__).parent.iterdir():
        if path.suffix == ".py" and not path.name.startswith("__"):
            assert f"``{path.stem}``" in internals, path.name


def test_internals_name_every_module_of_check():
    internals = (ROOT / "docs" / "internals.rst").read_text("utf-8")
    folder = Path(msgidpolicy.__file__).parent / "check"
    for path in [*folder.glob("*.py"), *folder.glob("_*/*.py")]:
        if not path.name.startswith("__"):
            assert f"\n``{path.stem}``" in internals, path.name


def test_internals_show_the_floors():
    floors = subprocess.run([sys.executable, ROOT / "tools" / "floors.py"], capture_output=True, text=True, check=True)
    assert textwrap.indent(floors.stdout, "    ") in (ROOT / "docs" / "internals.rst").read_text("utf-8")


def test_every_rule_that_is_cited_is_written_down():
    """In docs, tests and comments."""
    rules = set(re.findall(r"^\.\. _rule-(\d+):$", (ROOT / "docs" / "rules.rst").read_text("utf-8"), re.MULTILINE))
    assert rules == {str(number) for number in range(1, 16)}
    for path in [*PAGES, *(ROOT / "src").rglob("*.[ch]"), *(ROOT / "tests").rglob("*.[ch]"), *(ROOT / "tests").rglob("*.txt")]:
        cited = re.findall(r"\b[Rr]ules? (\d+)(?:, (\d+))?(?: and (\d+))?", path.read_text("utf-8"))
        assert {number for numbers in cited for number in numbers if number} <= rules, path.name


class Deviation:
    """A row of docs/deviations.rst: its name, the file that pins it, and its examples."""

    def __init__(self, section):
        self.name = section.split(":", 1)[0]
        self.pinned_by = re.search(r":pinned by: ``(.+)``", section)[1]
        blocks = section.split(".. code-block:: none\n")[1:]
        self.examples = [re.split(r"\n    (?=\S)", block.strip("\n")) for block in blocks]


def shown_lines(part):
    """The lines of an example behind its heading, with what stands for other characters replaced."""
    text = "\n".join(line[6:] for line in part.split("\n")[1:]).rstrip("\n").replace("␠", " ")
    return re.sub(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4}))", lambda match: chr(int(match[1] or match[2], 16)), text)


def deviations():
    text = (ROOT / "docs" / "deviations.rst").read_text("utf-8")
    return [Deviation(section) for section in text.split("\n.. _")[1:]]


def folded(policy, given):
    name, value = shown_lines(given).split(": ", 1)
    option = re.match(r"\s*given, with (\w+)=(\d+):", given)
    if option:
        policy = policy.clone(**{option[1]: int(option[2])})
    try:
        if "read" in given.split("\n")[0]:
            return policy.clone(refold_source="all").fold_binary(name, value.encode().decode("ascii", "surrogateescape"))
        message = EmailMessage(policy=policy)
        message[name] = value
        return policy.fold_binary(name, message[name])
    except Exception as error:
        return type(error).__name__


def as_wire(part):
    text = shown_lines(part)
    return text if re.fullmatch(r"\w+", text) else text.replace("\n", "\r\n").encode() + b"\r\n"


@pytest.mark.parametrize("row", deviations(), ids=lambda row: row.name)
def test_a_deviation_is_as_it_is_shown(row):
    assert (ROOT / row.pinned_by).is_file()
    for given, theirs, ours in row.examples:
        assert folded(msgidpolicy.SMTP, given) == as_wire(ours)
        assert as_wire(theirs) != as_wire(ours)
        if sys.version_info[:3] == (3, 14, 10):
            assert folded(email.policy.SMTP, given) == as_wire(theirs)


def test_the_tests_of_cpython_that_fail_name_a_deviation():
    rows = re.findall(r"^\[(.+)\]", (ROOT / "tests" / "upstream_failures.txt").read_text("utf-8"), re.MULTILINE)
    assert rows and set(rows) <= {row.name for row in deviations()}
