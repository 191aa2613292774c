"""What pytest prints first, and how hypothesis tries values."""
import os
import sysconfig

from hypothesis import settings

import msgidpolicy._core

# A deadline measures the machine.  CI tries the same values each time, everybody else new ones.
settings.register_profile("msgidpolicy", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("msgidpolicy")


def pytest_report_header():
    free_threaded = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
    return [f"core: {msgidpolicy._core.__file__}", f"free-threaded: {free_threaded}"]
