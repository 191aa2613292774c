"""The plugin of pytest, in suites of its own. ``tests/plugin`` tries it with packages that are not needed here."""

import re
import textwrap
from pathlib import Path

import pytest
from mail_suite import ALL_THREE, run, server  # noqa: F401

pytest_plugins = ["pytester"]

PAGE = Path(__file__).parent.parent / "docs" / "testing.rst"


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


def shown(kind, number=0):
    """A block of that kind on the page, by default the first."""
    blocks = re.findall(rf"\.\. code-block:: {kind}\n\n((?:    .*\n|\n)+)", PAGE.read_text("utf-8"))
    return textwrap.dedent(blocks[number])


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


@pytest.mark.parametrize("sent, failed", [("LETTER, LETTER", 0), ("LETTER, BROKEN", 1), ("LETTER", 1), ("RIGHT, LETTER", 1)])
def test_the_fixture_is_used_as_the_page_shows(run, sent, failed):
    """The newsletter has a line over 78 columns, which this test has said not to count."""
    suite = f"""
        import pytest
        from conftest import BROKEN, LONG, RIGHT

        LETTER = LONG.replace(b"Subject", b"List-Unsubscribe: <https://shop.example/1>\\r\\nSubject")

        @pytest.fixture
        def smtp_server(send):
            return send

        def send_newsletter(send):
            for mail in ({sent},):
                send(mail)

    """
    run(textwrap.dedent(suite) + shown("python", 1)).assert_outcomes(passed=1 - failed, failed=failed)
