"""What README and docs show is what happens."""
import doctest
import email.policy
from pathlib import Path

import flask_mail
import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.rst", *sorted((ROOT / "docs").glob("*.rst"))]


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_the_examples_of_a_page_hold(page, monkeypatch):
    monkeypatch.setattr(flask_mail, "message_policy", email.policy.SMTP, raising=False)
    failed, tried = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert failed == 0
    assert tried > 0 or page.name not in ("README.rst", "usage.rst")


def test_internals_name_every_file_of_the_core():
    internals = (ROOT / "docs" / "internals.rst").read_text("utf-8")
    for path in (ROOT / "src" / "core").glob("*.c"):
        assert f"``{path.stem}``" in internals, path.name
