"""Run CPython's own tests of email on our policies, and compare what fails with what has to.

    python upstream.py LIST SUITE            # tests/upstream_failures.txt and upstream_suite.py
    python upstream.py LIST SUITE no-more    # and .ci/upstream_installed.py, which may fail in fewer

Exit status 1 where a test fails that is not in the list, or one in the list passes.
"""

import os
import re
import subprocess
import sys


def listed(path, version):
    """The tests that the list has for a version, as {test: row}."""
    tests, row = {}, None
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("["):
                row = line[1 : line.index("]")]
            elif not line.startswith("#") and line.strip():
                versions = re.match(r"(?:3\.\d+ )+", line)[0]
                if version in versions.split():
                    tests[line[len(versions) :].rstrip("\n")] = row
    return tests


def failing(suite):
    """The tests that fail, and the suite's closing line."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    run = subprocess.run([sys.executable, suite], capture_output=True, text=True, encoding="utf-8", env=environment)
    *lines, closing = run.stdout.splitlines()
    package = "test.test_email."  # some of the tests print blank lines
    tests = [re.sub("0x[0-9a-f]+", "0x…", line[len(package) :]) for line in lines if line.startswith(package)]
    if not re.fullmatch(r"[\d.]+\S*: \d+ passed, \d+ failed", closing) or not closing.endswith(f" {len(tests)} failed"):
        raise SystemExit(run.stdout + run.stderr)
    return tests, closing


def main(path, suite, may_be_fewer=""):
    version = f"3.{sys.version_info[1]}"
    wanted = listed(path, version)
    seen, closing = failing(suite)
    more, fewer = sorted(set(seen) - set(wanted)), sorted(set(wanted) - set(seen))
    for test in more:
        print(f"fails, and is not in the list: {test}")
    for test in [] if may_be_fewer else fewer:
        print(f"passes, and is in the list: {test}")
    print(f"{closing}; {len(wanted)} in the list, {len(more)} more, {len(fewer)} fewer")
    return 1 if more or (fewer and not may_be_fewer) or not wanted else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
