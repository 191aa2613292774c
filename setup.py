"""The extension; everything else is in pyproject.toml."""
import sys
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "src"
sys.path.insert(0, str(HERE / "tools"))
from amalgamate import amalgamated  # noqa: E402

# -pthread, also to link: before glibc 2.34 pthread_atfork() is in a library of its own.
posix = sys.platform != "win32"


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
        super().build_extension(ext)


setup(
    cmdclass={"build_ext": BuildOneFile},
    ext_modules=[
        Extension(
            "msgidpolicy._core",
            sources=[path.relative_to(HERE).as_posix() for path in sorted(SOURCE.rglob("*.c"))],
            depends=[path.relative_to(HERE).as_posix() for path in sorted(SOURCE.rglob("*.[ch]"))],
            include_dirs=["src/core", "src/shown", "src/bodies"],
            extra_compile_args=["-std=c99", "-O2", "-fvisibility=hidden", "-pthread"] if posix else [],
            extra_link_args=["-pthread"] if posix else [],
        )
    ],
)
