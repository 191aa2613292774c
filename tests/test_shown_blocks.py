"""The blocks of README and docs without a prompt: commands, files of YAML, settings, code."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import NamedTuple

import pytest
from check_run import BROKEN, MAIL

import msgidpolicy

ROOT = Path(__file__).parent.parent
PACKAGE = Path(msgidpolicy.__file__).parent
PAGES = [path for path in (ROOT / "README.rst", ROOT / "CONTRIBUTING.rst", ROOT / "SECURITY.rst") if path.exists()]
PAGES += sorted((ROOT / "docs").glob("*.rst"))
PROJECT = (ROOT / "pyproject.toml").read_text("utf-8")
_BLOCK = re.compile(
    r"^(?P<indent> *)(?:\.\. code-block:: (?P<kind>\w+)|(?!\.\. )(?:.*[^:\n])?::)\n\n(?P<text>(?:(?P=indent) +\S.*\n|\n)+)",
    re.M,
)
_COMMAND = re.compile(r"(pip|python3?|msgidpolicy|cd|cc|\S+/\S+\.sh|tests/\S+) ")

on_unix = pytest.mark.skipif(os.name != "posix", reason="the commands are those of a shell of Unix")


class Block(NamedTuple):
    """A literal block: the name of its page, its kind ("" where none is named), and its text without the indentation."""

    page: str
    kind: str
    text: str

    @property
    def is_of_commands(self):
        return not self.kind and all(_COMMAND.match(line) for line in self.text.splitlines())


def blocks_of(page):
    text = re.sub(r"(?m)^ *(>>>|\.\.\. ).*$", "", page.read_text("utf-8"))  # doctest has those
    for match in _BLOCK.finditer(text):
        yield Block(page.name, match["kind"] or "", textwrap.dedent(match["text"]).strip("\n"))


BLOCKS = [block for page in PAGES for block in blocks_of(page)]
COMMANDS = [(block.page, line) for block in BLOCKS if block.is_of_commands for line in block.text.splitlines()]


def only_block(page, kind, beginning=""):
    (block,) = [block.text for block in BLOCKS if (block.page, block.kind) == (page, kind) and block.text.startswith(beginning)]
    return block


def read_yaml(text):
    return pytest.importorskip("yaml", reason="needs PyYAML").safe_load(text)


@pytest.fixture
def shell(tmp_path):
    """Run a command in a folder with a mail that is right and one that is not; ``msgidpolicy`` is that of this Python."""
    programs, mails = tmp_path / "bin", tmp_path / "tests" / "mails"
    programs.mkdir()
    mails.mkdir(parents=True)
    for name, command in (("msgidpolicy", "-m msgidpolicy"), ("python", "")):
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {command} "$@"\n', "utf-8")
        (programs / name).chmod(0o755)
    for path, octets in ((mails / "right.eml", MAIL), (mails / "broken.eml", BROKEN), (tmp_path / "broken.eml", BROKEN)):
        path.write_bytes(octets)
    environment = {**os.environ, "PATH": os.pathsep.join([str(programs), os.environ["PATH"]])}

    def run(command):
        return subprocess.run(command, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True)

    return run


# --- every block has a test ----------------------------------------------------------------------

AS_A_PAGE = {"c-api.rst": "tests/test_c_library.py", "deviations.rst": "tests/test_documentation.py"}
HERE = "tests/test_shown_blocks.py"
TESTS = {
    ("archives.rst", "1  error"): "tests/archive/test_archive.py",
    ("command-line.rst", "#!/bin/sh"): HERE,
    ("command-line.rst", "jobs:"): HERE,
    ("command-line.rst", "repos:"): HERE,
    ("fix.rst", "#!/bin/sh"): ".ci/servers/postfix_filter.py",
    ("fix.rst", "smtp      inet"): ".ci/servers/postfix_filter.py",
    ("fix.rst", "smtputf8_autodetect"): ".ci/servers/postfix_filter.py",
    ("install.rst", "error: msgidpolicy could not"): HERE,
    ("internals.rst", "binding      ->"): "tests/test_documentation.py",
    ("internals.rst", 'message["References"]'): HERE,
    ("internals.rst", "msgidpolicy/*.py"): HERE,
    ("internals.rst", "src/binding  "): HERE,
    ("testing.rst", "[tool.pytest"): "tests/test_pytest_plugin.py",
    ("testing.rst", "____"): "tests/test_pytest_plugin.py",
    ("testing.rst", "def test_newsletter"): "tests/test_pytest_plugin.py",
    ("testing.rst", "import smtplib"): "tests/test_pytest_plugin.py",
    ("testing.rst", "self.assert"): "tests/django_mail/test_django.py",
    ("usage.rst", "EMAIL_BACKEND"): "tests/django_mail/test_django.py",
    ("usage.rst", "INSTALLED_APPS"): "tests/django_mail/test_django.py",
    ("usage.rst", "MAILERS"): "tests/django_mail/test_django.py",
    ("usage.rst", "MESSAGE_ID_DOMAIN"): "tests/django_mail/test_django.py",
}
NOTHING_TO_RUN = {("README.rst", "554 5.6.0")}  # an answer of Exchange
MEASURED = "benchmarks.rst"


def test_every_block_has_a_test():
    """A new one needs a test, and a line above that says where it is."""
    for block in BLOCKS:
        if block.kind == "console" or block.is_of_commands or block.page in (*AS_A_PAGE, MEASURED):
            continue
        known = [key for key in (*TESTS, *NOTHING_TO_RUN) if key[0] == block.page and block.text.lstrip().startswith(key[1])]
        assert known, (block.page, block.text)


@pytest.mark.parametrize("page, test", sorted({*((page, test) for (page, _), test in TESTS.items()), *AS_A_PAGE.items()}))
def test_the_test_of_a_block_reads_its_page(page, test):
    if test.startswith(".ci/") and not (ROOT / ".ci").exists():
        pytest.skip("only a clone has .ci")
    assert page in (ROOT / test).read_text("utf-8")


# --- commands ------------------------------------------------------------------------------------


def test_the_extras_that_are_named_are_there():
    """By the documentation, and by what the library says."""
    extras = set(re.findall(r"(?m)^(\w+) = \[", PROJECT.partition("[project.optional-dependencies]")[2].partition("\n\n")[0]))
    paths = [*PAGES, *PACKAGE.rglob("*.py"), *(ROOT / "src").rglob("*.c"), ROOT / "pyproject.toml"]
    for path in paths:
        for names in re.findall(r"(?:\bmsgidpolicy|'\.)\[([a-z][\w,]*)\]", path.read_text("utf-8")):
            assert set(names.split(",")) <= extras, path.name
    assert len(extras) > 5


@pytest.mark.parametrize("page, command", [(page, command) for page, command in COMMANDS if "pip install " in command])
def test_what_a_page_installs_is_this_project_or_what_a_test_installs(page, command):
    named = shlex.split(re.search(r"pip install ([^&]+)", command)[1])
    named = [re.match(r"[\w.-]+", name)[0] for name in named if not name.startswith("-")]
    requirements = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").glob("*/requirements*.txt"))
    for name in named:
        assert name in ("msgidpolicy", ".") or re.search(rf"(?m)^{name}\b", requirements), name
    assert 'name = "msgidpolicy"\n' in PROJECT and named


@pytest.mark.parametrize("page, command", COMMANDS)
def test_a_script_that_a_page_names_is_there(page, command):
    for path in re.findall(r"(?<![\w/.])(?:[\w.]+/)*\w+\.(?:py|sh|c)\b|tests/\w+/run\b", command):
        if path.startswith(".ci/") and not (ROOT / ".ci").exists():
            continue  # only a clone has .ci
        is_made = path.startswith("build/")
        assert is_made or any((ROOT / folder / path).exists() for folder in (".", "examples", "tests/benchmarks")), path


def test_the_commands_that_need_a_clone_are_those_that_ci_runs():
    """``.ci/run`` begins with README's test command; the contributors' is the same."""
    (tests,) = [line for page, line in COMMANDS if page == "README.rst" and line.endswith("-m pytest")]
    (demo,) = [line for page, line in COMMANDS if page == "README.rst" and line.endswith(" demo")]
    assert demo == tests.replace("test", "demo").replace("-m pydemo", "-m msgidpolicy demo")
    if (ROOT / "CONTRIBUTING.rst").exists():
        assert ("CONTRIBUTING.rst", tests) in COMMANDS


@on_unix
@pytest.mark.skipif(not shutil.which("cc"), reason="needs a C compiler")
def test_the_library_is_built_by_the_command_of_readme(tmp_path):
    (command,) = [line for page, line in COMMANDS if page == "README.rst" and " cc " in line]
    for folder in ("src", "tools", "examples"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    subprocess.run(command.replace("python3", shlex.quote(sys.executable)), shell=True, cwd=tmp_path, check=True)
    done = subprocess.run([tmp_path / "build" / "fold", "Subject: Hello"], capture_output=True, check=True)
    assert done.stdout.split() == [b"Subject:", b"Hello"]


@on_unix
def test_the_exit_status_says_what_check_has_found(shell):
    (command,) = [line for page, line in COMMANDS if page == "command-line.rst" and line.startswith("msgidpolicy ")]
    assert shell(command).returncode == 1
    shell("rm tests/mails/broken.eml")
    assert shell(command).returncode == 0


@on_unix
def test_fix_mends_by_the_command_that_its_page_begins_with(shell):
    (command,) = [line for page, line in COMMANDS if page == "fix.rst"]
    assert shell("msgidpolicy check broken.eml").returncode == 1
    assert shell(command).returncode == 0
    assert shell("msgidpolicy check mended.eml").returncode == 0


# --- files of other programs ---------------------------------------------------------------------


@on_unix
def test_the_hook_of_pre_commit_finds_what_is_broken(shell):
    (repository,) = read_yaml(only_block("command-line.rst", "yaml", "repos:"))["repos"]
    (hook,) = repository["hooks"]
    assert repository["repo"] == "local" and hook["language"] == "python"
    assert hook["additional_dependencies"] == ["msgidpolicy"]
    assert set(hook) == {"id", "name", "language", "additional_dependencies", "entry", "files"}
    names = [
        name for name in ("tests/mails/right.eml", "tests/mails/broken.eml", "broken.eml.bak") if re.search(hook["files"], name)
    ]
    assert names == ["tests/mails/right.eml", "tests/mails/broken.eml"]
    assert [shell(f"{hook['entry']} {name}").returncode for name in names] == [0, 1]


@on_unix
@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_the_hook_of_git_keeps_a_broken_mail_from_being_committed(shell, tmp_path):
    assert shell("git init -q && git config user.name Ann && git config user.email ann@example.com").returncode == 0
    hook = tmp_path / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(only_block("command-line.rst", "sh"), "utf-8")
    hook.chmod(0o755)
    assert shell("git add tests/mails/right.eml && git commit -q -m right").returncode == 0
    refused = shell("git add tests/mails/broken.eml && git commit -q -m broken")
    assert refused.returncode == 1 and "msg-id-encoded" in refused.stdout + refused.stderr
    assert shell("git log --format=%s").stdout == "right\n"


@on_unix
def test_the_workflow_of_github_hands_over_what_check_has_found(shell, tmp_path):
    (job,) = read_yaml(only_block("command-line.rst", "yaml", "jobs:"))["jobs"].values()
    steps = job["steps"]
    assert all(("uses" in step) != ("run" in step) for step in steps)
    python = next(step["with"]["python-version"] for step in steps if "setup-python" in step.get("uses", ""))
    assert f'"Programming Language :: Python :: {python}"' in PROJECT
    install, check = [step["run"] for step in steps if "run" in step]
    assert install == "pip install msgidpolicy"
    assert shell(check).returncode == 1
    upload = steps[-1]
    assert upload["uses"].startswith("github/codeql-action/upload-sarif@") and job["permissions"]["security-events"] == "write"
    assert upload["if"] == "always()"  # as the step before has failed
    log = json.loads((tmp_path / upload["with"]["sarif_file"]).read_text("utf-8"))
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["msg-id-encoded"]


@pytest.mark.skipif(not (ROOT / "setup.py").exists(), reason="needs setup.py")
def test_a_build_without_a_compiler_says_what_install_shows():
    shown = " ".join(only_block("install.rst", "", "error:").split()).replace(
        "[Errno 2] No such file or directory: 'gcc'", "{error}"
    )
    said = " ".join(re.findall(r'(?m)^    "(.*)"$', (ROOT / "setup.py").read_text("utf-8"))).replace("  ", " ")
    assert shown.startswith("error: ") and shown.endswith(" …")
    assert shown[len("error: ") : -len(" …")] in said


# --- where things are ----------------------------------------------------------------------------


def test_the_life_of_a_field_goes_through_the_functions_that_internals_names():
    lines = re.findall(r"(?m)─ (.+?) {2,}(\S+/\S+\.(?:py|c))$", only_block("internals.rst", "", "message["))
    assert len(lines) > 10
    for functions, path in lines:
        folder = PACKAGE.parent if path.startswith("msgidpolicy/") else ROOT
        for function in functions.split(", "):
            assert re.search(rf"\b{function.rpartition('.')[2]}\b", (folder / path).read_text("utf-8")), function


def test_the_folders_of_the_sources_are_those_that_internals_names():
    shown = {line.split()[0] for line in only_block("internals.rst", "", "src/binding  ").splitlines()}
    assert shown == {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "src").rglob("*.c")}
    for path in re.findall(r"src/[\w/.]+", only_block("internals.rst", "", "msgidpolicy/*.py")):
        assert (ROOT / path).exists(), path
