"""The extension, compiled by Zig, which has the C libraries of all machines."""

import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from amalgamate import amalgamated  # noqa: E402

FLAGS = ["-std=c99", "-O2", "-g0", "-DNDEBUG", "-fvisibility=hidden", "-shared", "-Wl,-s"]


class Compiler:
    """Compiles in a folder.

    Args:
        folder (Path): for what is only needed meanwhile.
        project (Path): a clone.
        debian (Debian): has the headers.
        cpython (Path): CPython's source, which has those for Windows; or None.
    """

    def __init__(self, folder, project, debian, cpython):
        self.folder, self.debian, self.cpython = folder, debian, cpython
        core, shown, bodies, binding = [project / "src" / name for name in ("core", "shown", "bodies", "binding")]
        self.headers = core, shown, bodies
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "crypt.h").touch()  # the headers of 3.9 include it; nothing of it is used here
        self.source = folder / "_core.c"
        text = amalgamated(core, shown, bodies, binding)
        self.source.write_text("#define PY_SSIZE_T_CLEAN\n#include <Python.h>\n\n" + text, "utf-8")

    def extension(self, python, machine):
        """The octets of the extension's file."""
        if machine.is_windows:
            flags = [f"-I{folder}" for folder in self._windows_headers()] + [str(self._import_library(machine))]
            return self._compiled(python, machine.zig, flags)
        if machine.is_macos:
            flags = [f"-I{self._macos_headers(python, machine)}", "-undefined", "dynamic_lookup"]
            return _universal([self._compiled(python, zig, flags) for zig in machine.zig.split()])
        flags = [f"-I{folder}" for folder in self.debian.include(python.headers, machine.debian)]
        return self._compiled(python, machine.zig, [*flags, "-fPIC", "-pthread"])

    def _compiled(self, python, zig, flags):
        path = self.folder / "_core"
        macros = [f"-D{macro}" for macro in python.macros]
        command = [sys.executable, "-m", "ziglang", "cc", "-target", zig, *FLAGS, *macros]
        command += [f"-I{folder}" for folder in (".", *self.headers)] + [self.source.name, *flags, "-o", path.name]
        subprocess.run(command, cwd=self.folder, check=True)
        return path.read_bytes()

    def _macos_headers(self, python, machine):
        """Those of Debian, which look for a machine of Debian's, with what that one says: C's types have the same sizes."""
        include, headers = self.debian.include(python.headers, machine.debian)
        mine = self.folder / f"macos-{python.headers}"
        shutil.copytree(headers, mine, dirs_exist_ok=True)
        shutil.copy(include / "x86_64-linux-gnu" / headers.name / "pyconfig.h", mine)
        return mine

    def _windows_headers(self):
        headers = self.folder / "windows"
        headers.mkdir(exist_ok=True)
        (headers / "pyconfig.h").write_bytes((self.cpython / "PC" / "pyconfig.h.in").read_bytes())
        return headers, self.cpython / "Include"

    def _import_library(self, machine):
        """What python3.dll exports, for the linker."""
        names = re.findall(r"^EXPORT_(FUNC|DATA)\((\w+)\)", (self.cpython / "PC" / "python3dll.c").read_text(), re.MULTILINE)
        lines = [f"{name}{' DATA' if kind == 'DATA' else ''}" for kind, name in names]
        definition = self.folder / "python3.def"
        definition.write_text("\n".join(["LIBRARY python3.dll", "EXPORTS", *lines]) + "\n")
        library = self.folder / f"libpython3-{machine.name}.a"
        kind = "arm64" if machine.name.endswith("arm64") else "i386:x86-64"
        command = [sys.executable, "-m", "ziglang", "dlltool", "-d", definition, "-l", library, "-m", kind]
        subprocess.run(command, check=True)
        return library


def _universal(thin):
    """A Mach-O file for several machines, of the files (bytes) for each."""
    align = 14  # pages of arm64, as a power of two
    header, body, size = struct.pack(">II", 0xCAFEBABE, len(thin)), b"", 1 << align
    for octets in thin:
        header += octets[4:12][3::-1] + octets[4:12][:3:-1] + struct.pack(">III", size + len(body), len(octets), align)
        body += octets + bytes(-len(octets) % (1 << align))
    return header.ljust(size, b"\0") + body
