"""The extension; everything else is in pyproject.toml."""
import sys
from glob import glob

from setuptools import Extension, setup

# -pthread, also to link: before glibc 2.34 pthread_atfork() is in a library of its own.
posix = sys.platform != "win32"

setup(
    ext_modules=[
        Extension(
            "msgidpolicy._core",
            sources=["src/binding.c", *sorted(glob("src/core/*.c"))],
            depends=sorted(glob("src/core/*.h")),
            extra_compile_args=["-std=c99", "-O2", "-fvisibility=hidden", "-pthread"] if posix else [],
            extra_link_args=["-pthread"] if posix else [],
        )
    ]
)
