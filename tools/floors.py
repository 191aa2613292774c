"""The floors of the C sources: a call goes down, never up.

    python tools/floors.py [SOURCE]    # a folder that is set out as src is

Prints each folder with those below that it includes headers of, the highest floor first. Exit status 1 where folders, or
nouns (a source and its header), include each other in a circle: an include that goes up makes one with those that go down.
"""

import graphlib
import re
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src"
INCLUDE = re.compile(r'^#include "([^"]+)"', re.MULTILINE)


class Circle(Exception):
    """Folders or nouns (list of str) that include each other."""


def includes(source):
    """The headers (list of Path) that each file (Path) includes."""
    files = sorted(source.rglob("*.[ch]"))
    roots = [source / "core", source / "shown", source / "bodies", source / "binding"]
    found = {}
    for path in files:
        headers = INCLUDE.findall(path.read_text("utf-8"))
        found[path] = [next(root / header for root in roots if (root / header).exists()) for header in headers]
    return found


def nouns(source=SOURCE):
    """The nouns (str), a source and its header each, with the set of those that each includes."""
    graph = {}
    for path, headers in includes(source).items():
        noun = path.with_suffix("").relative_to(source).as_posix()
        graph.setdefault(noun, set()).update(header.with_suffix("").relative_to(source).as_posix() for header in headers)
    return {noun: others - {noun} for noun, others in graph.items()}


def order(graph):
    """The keys of a graph, what each includes before it."""
    try:
        return list(graphlib.TopologicalSorter(graph).static_order())
    except graphlib.CycleError as error:
        raise Circle(list(map(str, error.args[1]))) from None


def floors(source=SOURCE):
    """The folders (str), from the lowest up, each with the set of those that it includes headers of."""
    graph = {}
    for path, headers in includes(source).items():
        folder = path.parent.relative_to(source).as_posix()
        below = graph.setdefault(folder, set())
        for header in headers:
            name = header.parent.relative_to(source).as_posix()
            # The types of the public header are for all floors; who is outside of the core calls it.
            is_types = header.name == "msgidpolicy.h" and folder.startswith("core")
            if name != folder and not is_types:
                below.add(name)
    return {folder: graph[folder] for folder in order(graph)}


def main(source=SOURCE):
    source = Path(source)
    try:
        order(nouns(source))
        found = floors(source)
    except Circle as circle:
        print("a circle:", " -> ".join(circle.args[0]))
        return 1
    for folder, below in reversed(found.items()):
        print(f"{folder:12} -> {', '.join(sorted(below, key=list(found).index, reverse=True)) or 'nothing'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
