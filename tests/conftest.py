"""What pytest prints first, and how hypothesis tries values."""

import os
import signal
import sysconfig

import pytest
from hypothesis import settings

import msgidpolicy._core

# A deadline measures the machine.  Each run tries new values, and says how a failure is had again: by the decorator
# @reproduce_failure that it prints.  But where the environment has CI, as .ci/run sees to, a test has the same values each
# time and on each Python: what lands is no matter of luck.
settings.register_profile("msgidpolicy", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("msgidpolicy")

# A shell that runs this in the background may have interrupts ignored, and so would what the tests run and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_report_header():
    free_threaded = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
    return [f"core: {msgidpolicy._core.__file__}", f"free-threaded: {free_threaded}"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder, the current one of a test."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
