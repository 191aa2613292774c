"""The core as one file of C, in which every name is static but those of msgidpolicy.h.

    python tools/amalgamate.py FOLDER    # writes msgidpolicy.c and msgidpolicy.h there

A compiler that sees all functions at once makes them faster, so setup.py builds the extension of one file, too.
"""

import re
import shutil
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src"
CORE = SOURCE / "core"
#: What a program includes; all other headers go into the file.
PUBLIC = ("msgidpolicy.h", "view.h", "shown.h", "bodies.h")

_include = re.compile(r'#include "([^"]+)"\n')
_prototype = re.compile(r"^(?=[a-z_]\w*[ *][^;={}]*\()(?!static|extern|typedef|return|else)", re.MULTILINE)
_object = re.compile(r"^extern (const .*?(\w+)(?:\[[^]]*\])?;)", re.MULTILINE)


def amalgamated(*folders):
    """One file of C (str) with the sources of the folders, each of ``src``, the lower ones first."""
    sources = [path for folder in folders for path in sorted(folder.rglob("*.c"))]
    taken, objects = set(), set()
    pieces = [_with_headers(path, folders, taken, objects) for path in sources]
    text = "".join(pieces)
    for name in objects:
        text = re.sub(rf"^(const [^;\n]*\b{name}\b[^;\n]* = )", r"static \1", text, flags=re.MULTILINE)
    return text


def _with_headers(path, folders, taken, objects):
    """A source with the headers that are not taken yet where it includes them."""
    text = path.read_text("utf-8")
    if path.suffix == ".h":
        text = _include_guard.sub("", text)
        text = _prototype.sub("static ", text)
        objects.update(name for _, name in _object.findall(text))
        text = _object.sub(r"static \1", text)

    def included(match):
        if match[1] in PUBLIC:
            return match[0] if match[1] not in taken and not taken.add(match[1]) else ""
        header = next(folder / match[1] for folder in folders if (folder / match[1]).exists())
        if header in taken:
            return ""
        taken.add(header)
        return _with_headers(header, folders, taken, objects)

    return f"/* {path.relative_to(folders[0].parent).as_posix()} */\n" + _include.sub(included, text) + "\n"


_include_guard = re.compile(r"^#(ifndef|define) MIP_\w+_H\n|^#endif\n(?=\Z)", re.MULTILINE)


def main(folder):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(CORE / "msgidpolicy.h", folder)
    (folder / "msgidpolicy.c").write_text(amalgamated(CORE), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
