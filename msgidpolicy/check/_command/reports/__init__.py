"""How findings are told: a module for each format, with a class ``Report`` as ``told.Report`` is.

``check --format NAME`` loads ``reports.NAME`` by its name in ``FORMATS`` and makes one ``Report(stream, options)``; then
``mail()`` is called for each mail with a finding, in the order of the files, and ``end()`` once.
"""

import importlib

FORMATS = {"text": "text", "json": "json_lines", "sarif": "sarif", "html": "html_page"}


def report_class(name):
    """The class ``Report`` of a format.

    Raises:
        ImportError: a library is missing that it needs; ``name`` is that of the library.
    """
    return importlib.import_module(f"{__name__}.{FORMATS[name]}").Report
