"""The core alone: instructions of each item of corpus.json, counted by valgrind, in this checkout and in others.

    python instructions.py [CHECKOUT ...]

What a program does once, to find memcpy() and memchr() in the C library, is not counted.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from core import HERE, compiled, items

TIMES = 20


def counted(program, line):
    """The instructions of one fold."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=fold", program, str(TIMES)]
    environment = {**os.environ, "LD_BIND_NOW": "1"}
    run = subprocess.run(command, input=line.encode(), env=environment, stderr=subprocess.PIPE, check=True)
    return int(re.search(rb"Collected : (\d+)", run.stderr)[1]) / TIMES


def main(*checkouts):
    checkouts = [HERE.parent.parent, *map(Path, checkouts)]
    with tempfile.TemporaryDirectory() as folder:
        programs = [compiled(checkout, Path(folder) / f"core{number}") for number, checkout in enumerate(checkouts)]
        for name, fields in items():
            line = "\t".join([name, *(part for field in fields for part in field)]) + "\n"
            counts = [counted(program, line) for program in programs]
            print(
                f"{name:16}", *(f"{count:11,.0f}" for count in counts), *(f"{counts[0] / count:7.3f}" for count in counts[1:])
            )


if __name__ == "__main__":
    main(*sys.argv[1:])
