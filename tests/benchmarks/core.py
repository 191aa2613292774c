"""The core alone: nanoseconds of each item of corpus.json, beside a memcpy and mail-builder and lettre.

    python core.py [PEERS]     # PEERS: the JSON lines of the Rust program for these items

Compiles src/core as one file, as setup.py does.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent


def items():
    for item in json.loads((HERE / "corpus.json").read_text("utf-8"))["items"]:
        if not item.get("probe"):
            yield item["id"], item["headers"]


def compiled(checkout, program):
    """The program of core.c with the core of a checkout."""
    tool = checkout / "tools" / "amalgamate.py"
    if tool.exists():
        subprocess.run([sys.executable, tool, program.parent], check=True)
        sources = [program.parent / "msgidpolicy.c"]
    else:
        sources = sorted((checkout / "src" / "core").glob("*.c"))
    command = ["gcc", "-std=gnu99", "-O2", f"-I{sources[0].parent}", HERE / "core.c", *sources, "-o", program]
    subprocess.run(command, check=True)
    return program


def measured():
    """(id, octets, ns, ns of memcpy) of each item."""
    lines = "".join("\t".join([name, *(part for field in fields for part in field)]) + "\n" for name, fields in items())
    with tempfile.TemporaryDirectory() as folder:
        program = compiled(HERE.parent.parent, Path(folder) / "core")
        run = subprocess.run([program], input=lines.encode(), stdout=subprocess.PIPE, check=True)
    for line in run.stdout.decode().splitlines():
        name, *numbers = line.split("\t")
        yield (name, *map(float, numbers))


def peers(path):
    """{id: {peer: ns}}"""
    found = {}
    for line in Path(path).read_text("utf-8").splitlines():
        row = json.loads(line)
        if "ns" in row:
            found.setdefault(row["id"], {})[row["peer"]] = row["ns"]
    return found


def main(path=None):
    others = peers(path) if path else {}
    print(f"{'item':16}{'octets':>8}{'ns':>10}{'ns/octet':>10}{'memcpy':>8}{'mail-builder':>14}{'lettre':>11}")
    for name, octets, folding, copying in measured():
        row = others.get(name, {})
        beside = "".join(
            f"{row[peer]:>{width}.0f}" if peer in row else " " * width for peer, width in (("mail-builder", 14), ("lettre", 11))
        )
        print(f"{name:16}{octets:8.0f}{folding:10.0f}{folding / octets:10.2f}{copying:8.0f}{beside}")


if __name__ == "__main__":
    main(*sys.argv[1:])
