"""Build the wheels, and try them: everything that a machine with Linux can.

    pip install -r tools/wheels/requirements.txt
    python tools/wheels FOLDER [--cpython SOURCE] [--python PYTHON …] [--elsewhere VERSION MACHINE COMMAND …] [--only PATTERN …]

Into FOLDER go the sdist and a wheel for each Python and machine whose name, as in ``cp312-abi3-musllinux_1_2_aarch64``,
fits one of the patterns; without a pattern all do. They are compiled by Zig, with headers that Debian has for every
machine; those for Windows are in CPython's SOURCE. Then

* each is built twice, and has to be the same octets; and once without a compiler, which has to say what to do;
* abi3audit, twine and check-wheel-contents look at each, and what it is linked to is looked at;
* pip chooses one, offline, for each PYTHON, and for Debian's Pythons of other machines, which an emulator (qemu-user)
  runs, and for any that COMMAND runs (``windows_python.sh`` gets such a Python); each has to make the
  same octets of 82,068 fields (``folds.py``).

``.ci/run`` has what each of these needs.
"""

import argparse
import fnmatch
import os
import shlex
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from archive import repacked
from debian import GONE, Debian
from extension import ROOT, Compiler
from linked import foreign_libraries
from machine import MACHINES
from python import PYTHONS

FOLDS = Path(__file__).with_name("folds.py")
#: Debian's Pythons that are run for other machines, and the wheel that pip is to choose for each.
EMULATED = {"3.9": "cp39-cp39", "3.11": "cp310-abi3", "3.14": "cp312-abi3", "3.15": "cp315-abi3.abi3t"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cpython", type=Path, help="CPython's source, for the wheels for Windows")
    parser.add_argument("--python", action="append", default=[], help="try a wheel on this Python, too")
    parser.add_argument(
        "--elsewhere",
        action="append",
        nargs=3,
        default=[],
        metavar=("VERSION", "MACHINE", "COMMAND"),
        help="try a wheel on another machine's Python, as 3.13t musllinux_1_2_aarch64 'qemu-aarch64 python3'",
    )
    parser.add_argument("--only", action="append", help="which wheels, as cp312-abi3-*x86_64")
    arguments = parser.parse_args()
    patterns = arguments.only or ["*"]
    os.environ["SOURCE_DATE_EPOCH"] = _git("log", "-1", "--format=%ct")
    folder = arguments.folder.resolve()
    work = folder / "work"
    work.mkdir(parents=True, exist_ok=True)
    debian = Debian(work / "debian")

    source, base = built(folder, work)
    print(f"without a compiler: {said_without_a_compiler(work / 'clone1')}", flush=True)
    wheels = cross_built(base, folder, work, debian, arguments.cpython and arguments.cpython.resolve(), patterns)
    checked([source, *wheels])
    digests = {}
    for python in arguments.python:
        digests[python] = on_this_machine(python, folder, work)
    for version, tag in EMULATED.items():
        for machine in MACHINES:
            if machine.emulator and fits(tag, machine, patterns) and (version, machine.debian) not in GONE:
                digests[f"Debian's {version}, {machine.name}"] = emulated(version, machine, debian, folder, work)
    for version, platform, command in arguments.elsewhere:
        digests[command] = elsewhere(version, [platform], shlex.split(command), folder, work)
    if len(set(digests.values())) > 1:
        sys.exit(f"the octets differ: {digests}")


def _git(*arguments):
    return subprocess.run(["git", "-C", ROOT, *arguments], capture_output=True, text=True, check=True).stdout.strip()


# --- building ------------------------------------------------------------------------------------


def built(folder, work):
    """The sdist (Path), and a wheel (Path) that was built from it by the compiler of this machine."""
    twice = []
    for number in ("1", "2"):
        clone, out = work / f"clone{number}", work / f"dist{number}"
        shutil.rmtree(clone, ignore_errors=True)
        subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)
        command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", out, clone]
        quietly(command, {**os.environ, "MSGIDPOLICY_LIMITED_API": "3.10"})
        twice.append((next(out.glob("*.tar.gz")), next(out.glob("*.whl"))))
    for first, second in zip(*twice):
        same(first.read_bytes(), second.read_bytes(), first.name)
    source, wheel = twice[0]
    return Path(shutil.copy(source, folder)), wheel


def said_without_a_compiler(project):
    """The line (str) that a build ends with where there is none."""
    environment = {**os.environ, "CC": "no-such-compiler"}
    run = subprocess.run(
        [sys.executable, "setup.py", "build_ext"], cwd=project, env=environment, capture_output=True, text=True
    )
    last = (run.stderr.splitlines() or [""])[-1]
    if run.returncode == 0 or "install a C compiler" not in last:
        sys.exit(f"a build without a compiler says: {run.stderr}")
    return last


def cross_built(base, folder, work, debian, cpython, patterns):
    """The wheels (list of Path) for each Python and machine that fits."""
    compilers = [Compiler(work / f"build{number}", work / f"clone{number}", debian, cpython) for number in ("1", "2")]
    wheels = []
    for python in PYTHONS:
        for machine in MACHINES:
            if not fits(python.tag, machine, patterns):
                continue
            reason = why_not(python, machine, cpython)
            if reason:
                print(f"not built: {python.tag}-{machine.name}: {reason}", flush=True)
                continue
            if machine.debian:
                debian.python(python.headers, machine.debian)  # before two threads want it
            with ThreadPoolExecutor() as pool:
                first, second = pool.map(lambda compiler: compiler.extension(python, machine), compilers)
            same(first, second, f"{python.tag}-{machine.name}")
            wheel = repacked(base, python, machine, first, folder)
            foreign = foreign_libraries(wheel)
            if foreign:
                sys.exit(f"{wheel.name} needs {foreign}")
            print(f"built twice, the same octets: {wheel.name} ({wheel.stat().st_size / 1000:.0f} kB)", flush=True)
            wheels.append(wheel)
    return wheels


def why_not(python, machine, cpython):
    """Why a wheel cannot be built here (str), or None."""
    if machine.is_windows and not cpython:
        return "needs --cpython"
    if machine.is_windows and python.tag not in ("cp310-abi3", "cp312-abi3"):
        return "the names in that Python's library are not known here"
    if (python.headers, machine.debian) in GONE:
        return "Debian has its headers no more"
    return None


def fits(tag, machine, patterns):
    return any(fnmatch.fnmatch(f"{tag}-{machine.platforms}", pattern) for pattern in patterns)


def quietly(command, environment=None):
    """What a command prints (str); it is shown where that fails."""
    run = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if run.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{run.stdout}")
    return run.stdout


def same(first, second, name):
    if first != second:
        sys.exit(f"two builds differ: {name}")


# --- trying --------------------------------------------------------------------------------------


def checked(files):
    """Each tool that knows what a wheel must not be looks at the files."""
    stable = [file for file in files if "-abi3-" in file.name]
    wheels = [file for file in files if file.suffix == ".whl"]
    for command in (
        ["abi3audit", "--strict", *stable],
        ["twine", "check", "--strict", *files],
        ["check-wheel-contents", *wheels],
        *(["auditwheel", "show", wheel] for wheel in wheels if "manylinux" in wheel.name),
    ):
        if len(command) > 2 or "check" in command[0]:
            program = Path(sys.executable).with_name(command[0])
            shown = quietly([program, *command[1:]])
            if command[0] == "auditwheel" and "manylinux_2_" not in shown:
                sys.exit(shown)
    print(
        f"abi3audit --strict: {len(stable)}; twine check --strict: {len(files)}; check-wheel-contents: {len(wheels)}",
        flush=True,
    )


def installed(pip, target, folder, *options):
    """Install what a pip (a command) chooses, offline, into a folder."""
    shutil.rmtree(target, ignore_errors=True)
    command = [*pip, "install", "-q", "--no-index", "--no-deps", "--no-compile", "--only-binary", ":all:"]
    quietly([*command, "--find-links", folder, "--target", target, *options, "msgidpolicy"])


def on_this_machine(python, folder, work):
    """By the pip that this Python has, if it has one: that is what its users have."""
    target = work / "installed"
    has_pip = subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode == 0
    pip = [python, "-m", "pip"] if has_pip else [sys.executable, "-m", "pip", "--python", python]
    installed(pip, target, folder)
    return digest([python], target)


def emulated(version, machine, debian, folder, work):
    root = debian.python(version, machine.debian, can_run=True)
    # For 32 bits of x86 this machine may have libraries of its own, which would be found first.
    libraries = f"LD_LIBRARY_PATH={root}/lib/{machine.suffix}:{root}/usr/lib/{machine.suffix}"
    command = [machine.emulator, "-L", root, "-E", libraries, root / "usr" / "bin" / f"python{version}"]
    return elsewhere(version, machine.platforms.split("."), command, folder, work)


def elsewhere(version, platforms, command, folder, work):
    """On a Python that is run by a command, but has a wheel chosen by the pip of this machine."""
    target, number = work / "installed", version.rstrip("t")
    options = ["--python-version", number, "--implementation", "cp"]
    options += [option for platform in platforms for option in ("--platform", platform)]
    if number != version:
        options += ["--abi", f"cp{version.replace('.', '')}", "--abi", "abi3t"]
    installed([sys.executable, "-m", "pip"], target, folder, *options)
    return digest(command, target)


def digest(command, target):
    """What ``folds.py`` prints first (str) on a Python, of the wheel that is in a folder."""
    environment = {**os.environ, "PYTHONPATH": str(target), "PYTHONDONTWRITEBYTECODE": "1"}
    shown = quietly([*command, FOLDS], environment).splitlines()[-1]  # an emulator may say something before
    (about,) = target.glob("*.dist-info/WHEEL")
    tags = [line.partition(": ")[2] for line in about.read_text().splitlines() if line.startswith("Tag:")]
    print(f"{shown}, of {' '.join(tags)}", flush=True)
    return shown.split()[0]


if __name__ == "__main__":
    main()
