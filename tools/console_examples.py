"""The commands that README and docs show, and what they print.

    python tools/console_examples.py           # say which pages show something else; 1 where one does
    python tools/console_examples.py --write   # and write what is printed into them

A block ``.. code-block:: console`` holds commands behind ``$``, each with its output; a last line ``...`` stands for the rest
of that. The commands are run in the top folder.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.rst", *sorted((ROOT / "docs").glob("*.rst"))]
_BLOCK = re.compile(r"(?<=^\.\. code-block:: console\n\n)(?:    .*\n|\n(?=    ))+", re.MULTILINE)
_REST = "..."


def with_real_output(page):
    """The text of a page with what its commands print."""
    return _BLOCK.sub(lambda block: _block(block[0]), page.read_text("utf-8"))


def _block(text):
    """A block, run anew."""
    lines = []
    for example in re.split(r"^    \$ ", text, flags=re.MULTILINE)[1:]:
        command, *shown = example.rstrip("\n").split("\n")
        printed = output_of(command)
        if shown and shown[-1].strip() == _REST:
            printed = [*printed[: len(shown) - 1], _REST]
        lines += ["$ " + command, *printed]
    return "".join(f"    {line}\n" if line else "\n" for line in lines)


def output_of(command):
    """The lines that a command prints, ``msgidpolicy`` being that of this Python."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "msgidpolicy")
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m msgidpolicy "$@"\n', "utf-8")
        script.chmod(0o755)
        path = os.pathsep.join([folder, os.environ["PATH"]])
        environment = {**os.environ, "PATH": path, "PYTHONIOENCODING": "utf-8"}
        keywords = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        run = subprocess.run(command, shell=True, cwd=ROOT, env=environment, **keywords)
    if b"Traceback (most recent call last)" in run.stdout:
        raise SystemExit(f"{command}\n{run.stdout.decode('utf-8')}")
    return run.stdout.decode("utf-8").rstrip("\n").split("\n") if run.stdout else []


def main(arguments):
    changed = [page for page in PAGES if with_real_output(page) != page.read_text("utf-8")]
    for page in changed:
        print(f"{page.relative_to(ROOT)} shows something else")
        if "--write" in arguments:
            page.write_text(with_real_output(page), "utf-8")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
