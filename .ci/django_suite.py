"""Run Django's own tests of mail with msgidpolicy in each of some ways, and compare what fails with what has to.

    python django_suite.py LIST WAY …   # tests/django_failures.txt; none, app, backend, install or install-legacy

The tests are those of the sdist of the Django that is installed, which pip fetches.
Exit status 1 where a test fails that is not in the list, or one in the list passes.
"""

import re
import runpy
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import django


def prepare(way):
    """Put msgidpolicy in place before the tests are imported."""
    import msgidpolicy

    if way == "app":
        from django.core.mail import EmailMessage

        from msgidpolicy.django import fold_messages_of

        fold_messages_of(EmailMessage)
    elif way == "backend":
        from django.core.mail.backends import smtp

        from msgidpolicy.django import EmailBackend

        smtp.EmailBackend = EmailBackend
    elif way.startswith("install"):
        msgidpolicy.install(legacy=way.endswith("legacy"))


def unpacked(directory):
    """The folder ``tests`` of Django's sdist."""
    wanted = f"Django=={django.get_version()}"
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", directory, wanted]
    subprocess.run(command, check=True)
    (archive,) = Path(directory).glob("*.tar.gz")
    with tarfile.open(archive) as sdist:
        sdist.extractall(directory, members=[one for one in sdist if "/tests/" in one.name])
    (tests,) = Path(directory).glob("*/tests")
    return tests


def listed(path, way):
    """The tests that the list has for this version and way."""
    version = "%d.%d" % django.VERSION[:2]
    names = {version, f"{version}/{sys.version_info[0]}.{sys.version_info[1]}"}
    tests = set()
    for line in Path(path).read_text("utf-8").splitlines():
        if line and line[0] not in "#[":
            versions, ways, test = line.split()
            if names & set(versions.split(",")) and way in ways.split(","):
                tests.add(test)
    return tests


def compared(path, way, tests):
    """Are these the tests that have to fail?"""
    command = [sys.executable, __file__, "run", way, str(tests)]
    run = subprocess.run(command, cwd=tests, capture_output=True, text=True, encoding="utf-8")
    ran = re.search(r"^Ran (\d+) tests", run.stderr, re.M)
    if not ran:
        raise SystemExit(run.stdout + run.stderr)
    failing = set(re.findall(r"^(?:FAIL|ERROR): \w+ \((?:mail\.)?([\w.]+)\)", run.stderr, re.M))
    wanted = listed(path, way)
    for test in sorted(failing - wanted):
        print(f"fails, and is not in the list: {test}")
        print(*re.findall(rf"^(?:FAIL|ERROR): [^\n]*{re.escape(test)}.*?\n\n", run.stderr, re.M | re.S)[:1])
    for test in sorted(wanted - failing):
        print(f"passes, and is in the list: {test}")
    print(f"Django {django.get_version()}, {way}: {ran[1]} tests, {len(failing)} failed, {len(wanted)} in the list")
    return failing == wanted


def main(path, *ways):
    with tempfile.TemporaryDirectory() as directory:
        tests = unpacked(directory)
        others = [way for way in ways if not compared(path, way, tests)]
    return 1 if others else 0


def run(way, tests):
    prepare(way)
    sys.path.insert(0, tests)
    sys.argv = ["runtests.py", "--parallel=1", "--verbosity=1", "mail"]
    runpy.run_path(str(Path(tests, "runtests.py")), run_name="__main__")


if __name__ == "__main__":
    if sys.argv[1] == "run":
        run(*sys.argv[2:])
    else:
        sys.exit(main(*sys.argv[1:]))
