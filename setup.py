"""The extension; everything else is in pyproject.toml."""
import sys
from glob import glob

from setuptools import Extension, setup

flags = [] if sys.platform == "win32" else ["-std=c99", "-O2", "-fvisibility=hidden"]

setup(
    ext_modules=[
        Extension(
            "msgidpolicy._core",
            sources=["src/binding.c", *sorted(glob("src/core/*.c"))],
            depends=sorted(glob("src/core/*.h")),
            extra_compile_args=flags,
        )
    ]
)
