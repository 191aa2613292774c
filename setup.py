"""The extension; everything else is in pyproject.toml.

Where MSGIDPOLICY_LIMITED_API names a version, such as 3.10, the wheel is for that CPython and all newer ones. A build
without the GIL has no such API before 3.15 (PEP 803), so an older version has no effect there.
"""

import gzip
import os
import sys
import sysconfig
import tarfile
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_ext import build_ext
from setuptools.command.sdist import sdist
from setuptools.errors import CompileError, PlatformError

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "src"
sys.path.insert(0, str(HERE / "tools"))
from amalgamate import amalgamated  # noqa: E402
from sbom import sbom  # noqa: E402

posix = sys.platform != "win32"
# -pthread, also to link: before glibc 2.34 pthread_atfork() is in a library of its own.
flags = ["-std=c99", "-O2", "-fvisibility=hidden", "-pthread"] if posix else []
# Python's own flags ask for debug information, which is three times the code, and holds the paths of this machine.
if posix and "-g" not in os.environ.get("CFLAGS", "").split():
    flags.append("-g0")

macros, tag = [], None
limited = tuple(map(int, os.environ.get("MSGIDPOLICY_LIMITED_API", "0.0").split(".")))
oldest = (3, 15) if sysconfig.get_config_var("Py_GIL_DISABLED") else (3, 10)
if sys.implementation.name == "cpython" and limited >= oldest:
    macros = [("Py_LIMITED_API", "0x{:02X}{:02X}0000".format(*limited))]
    tag = "cp{}{}".format(*limited)

NO_COMPILER = (
    "msgidpolicy could not be compiled ({error}). There is no wheel for this Python and machine, or pip is too old to know it:"
    " try pip install -U pip; otherwise install a C compiler and Python's headers"
    " (Debian: gcc python3-dev; Alpine: gcc musl-dev python3-dev; macOS: xcode-select --install)"
)

# It says what the system's headers define.
PYTHON_FIRST = "#define PY_SSIZE_T_CLEAN\n#include <Python.h>\n\n"


class BuildOneFile(build_ext):
    """All sources as one file."""

    def build_extension(self, ext):
        path = Path(self.build_temp) / "_core.c"
        text = PYTHON_FIRST + amalgamated(SOURCE / "core", SOURCE / "shown", SOURCE / "bodies", SOURCE / "binding")
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
        ext.sources = [str(path)]
        try:
            super().build_extension(ext)
        except (CompileError, PlatformError, OSError) as error:
            raise CompileError(NO_COMPILER.format(error=error)) from error


class SameWheel(bdist_wheel):
    """With the bill of materials where PEP 770 has it, and the same octets from each checkout of a commit."""

    def write_wheelfile(self, wheelfile_base, *args, **kwargs):
        super().write_wheelfile(wheelfile_base, *args, **kwargs)
        folder = Path(wheelfile_base, "sboms")
        folder.mkdir()
        metadata = self.distribution.metadata
        (folder / f"{metadata.name}.cdx.json").write_text(sbom(metadata.name, metadata.version), "utf-8")
        for path in Path(self.bdist_dir).rglob("*"):
            path.chmod(_mode(path.is_dir() or os.access(path, os.X_OK)))


class SameSource(sdist):
    """With one time, one owner and sorted names: the same octets from each checkout of a commit."""

    def make_archive(self, base_name, format, root_dir=None, base_dir=None, owner=None, group=None):
        path = super().make_archive(base_name, format, root_dir, base_dir, owner, group)
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        if epoch and path.endswith(".tar.gz"):
            _normalize(path, int(epoch))
        return path


def _mode(is_executable):
    """What a file's mode is, whatever the umask was."""
    return 0o755 if is_executable else 0o644


def _normalize(path, epoch):
    plain = f"{path}.tar"
    with tarfile.open(path) as old, tarfile.open(plain, "w", format=tarfile.PAX_FORMAT) as new:
        for member in sorted(old.getmembers(), key=lambda member: member.name):
            member.mtime, member.uid, member.gid, member.uname, member.gname, member.pax_headers = epoch, 0, 0, "", "", {}
            member.mode = _mode(member.isdir() or member.mode & 0o100)
            new.addfile(member, old.extractfile(member) if member.isfile() else None)
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, epoch) as zipped:
        zipped.write(Path(plain).read_bytes())
    os.remove(plain)


setup(
    cmdclass={"build_ext": BuildOneFile, "bdist_wheel": SameWheel, "sdist": SameSource},
    ext_modules=[
        Extension(
            "msgidpolicy._core",
            sources=[path.relative_to(HERE).as_posix() for path in sorted(SOURCE.rglob("*.c"))],
            depends=[path.relative_to(HERE).as_posix() for path in sorted(SOURCE.rglob("*.[ch]"))],
            include_dirs=["src/core", "src/shown", "src/bodies"],
            define_macros=macros,
            py_limited_api=tag is not None,
            extra_compile_args=flags,
            extra_link_args=["-pthread"] if posix else [],
        )
    ],
    options={"bdist_wheel": {"py_limited_api": tag}} if tag else {},
)
