"""The plugin of pytest, in suites of its own. ``tests/plugin`` tries it with packages that are not needed here."""
import smtplib
import re
import socket
import textwrap
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from msgidpolicy.check.sent import SentMails

pytest_plugins = ["pytester"]

RIGHT = (
    b"From: ann@example.com\r\nTo: bob@example.org\r\nDate: Thu, 26 Nov 2026 08:00:00 +0000\r\n"
    b"Message-ID: <1@example.com>\r\nSubject: Hello\r\n\r\nHello\r\n"
)
BROKEN = RIGHT.replace(b"Subject", b"References: =?utf-8?q?=3Ca=40b=2Eexample=3E?=\r\nSubject")
LONG = RIGHT.replace(b"Hello\r\n\r\n", b"word " * 20 + b"end\r\n\r\n")  # a warning
CONFTEST = f"""
import os
import smtplib
import pytest

RIGHT, BROKEN, LONG = {RIGHT!r}, {BROKEN!r}, {LONG!r}

@pytest.fixture
def port():
    return int(os.environ["SMTP_PORT"])

@pytest.fixture
def send(port):
    def send(octets):
        with smtplib.SMTP("127.0.0.1", port) as client:
            client.sendmail("ann@example.com", ["bob@example.org"], octets)
    return send
"""
ALL_THREE = """
from conftest import BROKEN, LONG, RIGHT

def test_right(send): send(RIGHT)
def test_long(send): send(LONG)
def test_broken(send): send(BROKEN)
"""


class Taking:
    """A server that takes every mail."""

    async def handle_DATA(self, server, session, envelope):
        return "250 OK"


@pytest.fixture(scope="module")
def server():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    controller = Controller(Taking(), "127.0.0.1", port)
    controller.start()
    yield controller
    controller.stop()


PAGE = Path(__file__).parent.parent / "docs" / "testing.rst"


@pytest.fixture
def run(pytester, server, monkeypatch):
    """Run a suite; its result."""
    monkeypatch.setenv("SMTP_PORT", str(server.port))
    monkeypatch.setenv("COLUMNS", "120")
    pytester.makeconftest(CONFTEST)

    def run(suite, *options, apart=False):
        pytester.makepyfile(test_suite=suite)
        options = ("-p", "no:cacheprovider", *options)
        return pytester.runpytest_subprocess(*options) if apart else pytester.runpytest_inprocess(*options)

    return run


def test_without_the_option_mail_is_not_looked_at(run):
    run(ALL_THREE).assert_outcomes(passed=3)


def test_with_the_option_a_test_that_sends_an_error_fails_with_the_report(run):
    result = run(ALL_THREE, "--mail-check")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*test_broken*",
            "mail was sent with msg-id-encoded",
            "mail 1:5: error: References: *",
            "*References: =[?]utf-8[?]q[?]=3Ca=40b=2Eexample=3E[?]=",
            "*Dovecot loses the thread*",
            "FAILED *test_broken*",
        ]
    )


@pytest.mark.parametrize(
    "settings, failed",
    [
        ("mail_check_severity = warning", 2),
        ("mail_check_ignore = msg-id", 0),
        ("mail_check_severity = warning\nmail_check_ignore = msg-id-encoded line", 0),
    ],
)
def test_settings_say_what_counts(run, pytester, settings, failed):
    pytester.makeini(f"[pytest]\n{settings}\n")
    run(ALL_THREE, "--mail-check").assert_outcomes(passed=3 - failed, failed=failed)


def test_a_setting_with_a_fault_in_it_is_refused_before_the_first_test(run, pytester):
    pytester.makeini("[pytest]\nmail_check_ignore = no-such-rule\n")
    result = run(ALL_THREE, "--mail-check")
    result.stderr.fnmatch_lines(["*mail_check_ignore*no such rule: no-such-rule"])
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    run(ALL_THREE).assert_outcomes(passed=3)


@pytest.mark.parametrize("options", [(), ("--mail-check",)], ids=["by itself", "with the option"])
def test_the_fixture_has_the_mails_and_what_is_wrong_with_them(run, options):
    suite = """
        from conftest import BROKEN, LONG, RIGHT

        def test_mails(mail_check, send):
            assert mail_check.mails == [] and mail_check.findings == []
            send(RIGHT)
            send(BROKEN)
            send(LONG)
            assert mail_check.mails == [RIGHT, BROKEN, LONG]
            assert [(finding.rule, finding.path) for finding in mail_check.findings] == [("msg-id-encoded", "mail 2")]
            mail_check.severity = "warning"
            assert [(finding.rule, finding.path) for finding in mail_check.findings][1:] == [("line-over-limit", "mail 3")]
            mail_check.max_line_length = 200
            mail_check.ignore.append("msg-id")
            assert mail_check.findings == []

        def test_broken(mail_check, send): send(BROKEN)
        def test_long(mail_check, send): send(LONG)

        def test_asked(mail_check, send):
            send(RIGHT)
            mail_check.assert_clean()
            send(BROKEN)
            mail_check.assert_clean()
            raise RuntimeError("assert_clean() has not raised")

        def test_forgotten(mail_check, send):
            send(BROKEN)
            mail_check.clear()
            assert mail_check.mails == []

        def test_expected(mail_check, send):
            send(BROKEN)
            try: mail_check.assert_clean()
            except AssertionError as error: assert "mail 1:5: error" in str(error)
    """
    result = run(suite, *options)
    result.assert_outcomes(passed=4, failed=2)
    result.stdout.fnmatch_lines(["FAILED *test_broken*", "FAILED *test_asked - AssertionError: mail was sent with*"])


def test_mail_of_fixtures_counts(run):
    suite = """
        import pytest
        from conftest import BROKEN

        @pytest.fixture
        def welcome(send): send(BROKEN)

        @pytest.fixture
        def farewell(send):
            yield
            send(BROKEN)

        def test_before(welcome): pass
        def test_after(farewell): pass
        def test_nothing(): pass
    """
    result = run(suite, "--mail-check")
    result.assert_outcomes(passed=2, failed=1, errors=1)


def test_a_test_that_fails_by_itself_keeps_its_reason_and_has_the_report(run):
    suite = """
        from conftest import BROKEN

        def test_broken(send):
            send(BROKEN)
            raise RuntimeError("its own reason")
    """
    result = run(suite, "--mail-check")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*RuntimeError: its own reason", "*Captured mail check call*", "mail 1:5: error:*"])


def test_a_mail_that_the_server_refuses_is_looked_at(run):
    suite = """
        import smtplib
        from conftest import BROKEN

        class Refusing(smtplib.SMTP):
            def data(self, octets): return 554, b"5.6.0 Corrupt message content"

        def test_refused(port):
            with Refusing("127.0.0.1", port) as client:
                client.sendmail("ann@example.com", "bob@example.org", BROKEN)
    """
    result = run(suite, "--mail-check")
    result.stdout.fnmatch_lines(["*SMTPDataError: (554,*", "mail 1:5: error:*"])


def test_each_way_of_smtplib_is_seen_once(run):
    suite = """
        import email, smtplib, threading
        from conftest import RIGHT

        def test_ways(port, mail_check):
            with smtplib.SMTP("127.0.0.1", port) as client:
                client.sendmail("ann@example.com", ["bob@example.org"], RIGHT)
                client.sendmail("ann@example.com", ["bob@example.org"], msg=RIGHT.decode().replace("\\r\\n", "\\n"))
                client.send_message(email.message_from_bytes(RIGHT))
                thread = threading.Thread(target=client.send_message, args=[email.message_from_bytes(RIGHT)])
                thread.start()
                thread.join()
            assert [mail.replace(b"\\r\\n", b"\\n") for mail in mail_check.mails] == [RIGHT.replace(b"\\r\\n", b"\\n")] * 4
    """
    run(suite).assert_outcomes(passed=1)


def test_mail_that_goes_by_smtputf8_may_hold_utf8(run):
    suite = """
        import smtplib
        from conftest import RIGHT

        def test_utf8(port, mail_check):
            octets = RIGHT.replace(b"Hello", "Grüße".encode(), 1)
            with smtplib.SMTP("127.0.0.1", port) as client:
                client.sendmail("ann@example.com", ["bob@example.org"], octets, mail_options=["SMTPUTF8"])
                assert mail_check.findings == []
                client.sendmail("ann@example.com", ["bob@example.org"], octets)
                assert [finding.rule for finding in mail_check.findings][:1] == ["octet-8bit"]
            mail_check.clear()
    """
    run(suite).assert_outcomes(passed=1)


@pytest.mark.parametrize("testing", [True, False], ids=["held back", "sent"])
def test_mail_of_flask_mail_is_seen_once(run, testing):
    suite = f"""
        import flask, flask_mail

        def test_flask(port, mail_check):
            app = flask.Flask("app")
            app.config.update(TESTING={testing}, MAIL_PORT=port)
            mail = flask_mail.Mail(app)
            encoded = "=?utf-8?q?=3Ca=40b=2Eexample=3E?="
            message = flask_mail.Message(
                "Hello", ["bob@example.org"], "Hello", sender="ann@example.com", extra_headers={{"References": encoded}}
            )
            with app.app_context(), mail.record_messages() as outbox:
                mail.send(message)
            assert len(outbox) == len(mail_check.mails) == 1
            assert b"Subject: Hello" in mail_check.mails[0]
            assert "msg-id-encoded" in [finding.rule for finding in mail_check.findings]
            mail_check.clear()
    """
    run(suite).assert_outcomes(passed=1)


@pytest.mark.parametrize("options", [(), ("--mail-check",)], ids=["by the fixture", "by the option"])
def test_what_was_put_in_place_is_taken_back(run, options):
    suite = """
        import smtplib
        import pytest

        ORIGINAL = smtplib.SMTP.sendmail

        def is_watched():
            return smtplib.SMTP.sendmail is not ORIGINAL

        @pytest.fixture
        def patched(monkeypatch): monkeypatch.setattr(smtplib.SMTP, "sendmail", lambda *_: None)

        def test_watched(mail_check): assert is_watched()
        def test_patched(mail_check, patched): pass
        def test_patched_first(patched, mail_check): pass
        def test_failing(mail_check): assert 0
        def test_last(mail_check): pass
    """
    result = run(suite, *options)
    result.assert_outcomes(passed=4, failed=1)
    assert smtplib.SMTP.sendmail.__module__ == "smtplib" and not hasattr(smtplib.SMTP.sendmail, "__wrapped__")


def test_what_somebody_else_has_put_in_place_stays_and_what_is_left_below_it_takes_nothing_down(monkeypatch):
    monkeypatch.setattr(smtplib.SMTP, "sendmail", original := lambda *_: "sent")
    sent = SentMails()
    sent.start()
    below = smtplib.SMTP.sendmail
    assert below is not original
    monkeypatch.setattr(smtplib.SMTP, "sendmail", theirs := lambda *_: "theirs")
    sent.stop()
    assert smtplib.SMTP.sendmail is theirs
    assert below(None, "a@b.example", [], RIGHT) == "sent"
    assert sent.mails == []


def test_nothing_is_loaded_that_is_not_asked_for(run):
    suite = """
        import smtplib, sys

        def test_nothing():
            assert "msgidpolicy.pytest_plugin" in sys.modules
            assert not [name for name in sys.modules if name.startswith("msgidpolicy.check")]
            assert not hasattr(smtplib.SMTP.sendmail, "__wrapped__")
    """
    run(suite, apart=True).assert_outcomes(passed=1)


@pytest.mark.parametrize("style", ["unittest", "class"])
def test_tests_of_every_style_are_looked_at(run, style):
    suite = f"""
        import unittest
        import pytest
        from conftest import BROKEN, RIGHT

        class Test{"(unittest.TestCase)" if style == "unittest" else ""}:
            @pytest.fixture(autouse=True)
            def take(self, send): self.send = send
            def test_right(self): self.send(RIGHT)
            def test_broken(self): self.send(BROKEN)
    """
    run(suite, "--mail-check").assert_outcomes(passed=1, failed=1)


def test_a_suite_whose_warnings_are_errors_has_none(run):
    result = run(ALL_THREE, "--mail-check", "-W", "error", "--strict-markers", "--strict-config", apart=True)
    result.assert_outcomes(passed=2, failed=1)


def test_a_test_that_is_expected_to_fail_may_send_an_error(run):
    suite = """
        import pytest
        from conftest import BROKEN

        @pytest.mark.xfail(strict=True)
        def test_known(send): send(BROKEN)
    """
    run(suite, "--mail-check").assert_outcomes(xfailed=1)


def shown(kind):
    """The first block of that kind on the page."""
    block = re.search(rf"\.\. code-block:: {kind}\n\n((?:    .*\n|\n)+)", PAGE.read_text("utf-8"))[1]
    return textwrap.dedent(block)


def test_the_page_shows_what_pytest_says(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    suite = shown("python")
    run(suite).assert_outcomes(passed=1)
    result = run(suite, "--mail-check")
    result.assert_outcomes(failed=1)
    assert shown("none").strip("\n") in result.stdout.str()


def test_the_settings_that_the_page_shows_are_taken(run, pytester):
    pytester.makepyprojecttoml(shown("toml"))
    run(ALL_THREE).assert_outcomes(passed=1, failed=2)
