"""Run CPython's own email tests in a process where msgidpolicy.install() was called first.

    python upstream_installed.py [legacy]

Prints each test that fails, and a closing line. Exit status 1 where one fails.
"""

import io
import pkgutil
import sys
import unittest

import test.test_email as package

import msgidpolicy

msgidpolicy.install(legacy="legacy" in sys.argv[1:])
suite = unittest.TestSuite()
for module in pkgutil.iter_modules(package.__path__):
    if module.name.startswith("test_"):
        suite.addTests(unittest.defaultTestLoader.loadTestsFromName(f"test.test_email.{module.name}"))
result = unittest.TextTestRunner(stream=io.StringIO(), verbosity=0).run(suite)
failed = result.failures + result.errors
for case, _ in failed:
    print(case.id())
print(f"{sys.version.split()[0]}: {result.testsRun - len(failed)} passed, {len(failed)} failed")
sys.exit(1 if failed or not result.testsRun else 0)
