"""The plugin of pytest and Django, whichever version is installed; see test_django.py."""

import django
import pytest

pytest_plugins = ["pytester"]

CONFTEST = """
import pytest
from django.conf import settings
from django.test.utils import setup_test_environment, teardown_test_environment

settings.configure(INSTALLED_APPS=[], **%r)

@pytest.fixture(scope="session", autouse=True)
def test_environment():  # as Django's own runner and pytest-django have it
    setup_test_environment()
    yield
    teardown_test_environment()
"""
MAILERS = {"MAILERS": {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend"}}}
SUITE = """
from django.core import mail

FIELDS = {"Message-ID": "<1@example.com>", "Date": "Thu, 26 Nov 2026 08:00:00 +0000"}

def send(count, **fields):
    messages = [
        mail.EmailMessage("Hello", "Hello", "ann@example.com", ["bob@example.org"], headers={**FIELDS, **fields})
        for _ in range(count)
    ]
    assert mail.get_connection().send_messages(messages) == count

def test_right(): send(1)
def test_broken(): send(1, References=f"<{'x' * 1100}@example.com>")  # which no line can hold

def test_fixture(mail_check):
    before = len(mail.outbox)
    send(3)
    assert len(mail.outbox) == before + 3
    assert len(mail_check.mails) == 3
    assert all(b"Subject: Hello" in octets for octets in mail_check.mails)
"""


@pytest.mark.parametrize("options, failed", [((), 0), (("--mail-check",), 1)], ids=["without the option", "with it"])
@pytest.mark.parametrize("settings", [{}, MAILERS] if django.VERSION >= (6, 1) else [{}], ids=lambda settings: str(*settings))
def test_mail_in_the_outbox_is_looked_at(pytester, options, failed, settings):
    if django.VERSION < (5, 0):
        settings = {**settings, "USE_TZ": True}  # silence its warning
    pytester.makeconftest(CONFTEST % settings)
    pytester.makepyfile(test_suite=SUITE)
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", *options)
    result.assert_outcomes(passed=3 - failed, failed=failed)
    if failed:
        result.stdout.fnmatch_lines(["mail was sent with *", "mail 1:*: error: References: *"])
