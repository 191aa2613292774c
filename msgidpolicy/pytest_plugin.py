"""A plugin of pytest: mail that a test sends is checked, where that is asked for.

By the option ``--mail-check`` for all tests, or by the fixture ``mail_check`` for one. Without them nothing is loaded and
nothing is watched.
"""

import pytest

_CHECK = pytest.StashKey()


def pytest_addoption(parser):
    group = parser.getgroup("msgidpolicy", "mail that tests send")
    group.addoption("--mail-check", action="store_true", help="fail the tests that send a mail with an error in it")
    parser.addini("mail_check_ignore", "rules, or groups of them, that are not looked for in mail that tests send", "args", [])
    parser.addini("mail_check_severity", "what makes a test fail: error (default), warning or note", default="error")


def pytest_configure(config):
    if config.getoption("mail_check"):
        _check_of(config)  # so that options with a fault in them are refused before the first test
        config.pluginmanager.register(_EveryTest(), "msgidpolicy-mail-check")


@pytest.fixture
def mail_check(request):
    """The mails that this test sends, and what is wrong with them: a msgidpolicy.check.mail_check.MailCheck.

    An error in one fails the test; mail_check.severity, .ignore and .max_line_length say what counts.
    """
    if _CHECK in request.node.stash:  # by --mail-check
        yield request.node.stash[_CHECK]
        return
    check = request.node.stash[_CHECK] = _check_of(request.config)
    check.start()
    yield check
    check.stop()
    del request.node.stash[_CHECK]
    _fail(check)


@pytest.hookimpl(trylast=True)
def pytest_runtest_setup(item):
    check = item.stash.get(_CHECK, None)
    if check:
        check.start()  # again, for what the fixtures have loaded


@pytest.hookimpl(trylast=True)
def pytest_runtest_call(item):
    """The test's own code has not failed."""
    check = item.stash.get(_CHECK, None)
    if check:
        _fail(check)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item, call):
    """A test that has failed by itself is told what is wrong with its mail, too."""
    check = item.stash.get(_CHECK, None)
    if check and call.when == "call" and call.excinfo:
        report = check.report()
        if report:
            item.add_report_section("call", "mail check", report)


class _EveryTest:
    """``--mail-check``: each test is watched from its fixtures' setup to their end."""

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item):
        yield
        self._forget(item)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item):
        self._forget(item)  # where a plugin runs a test again
        item.stash[_CHECK] = _check_of(item.config)
        item.stash[_CHECK].start()

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_teardown(self, item):
        _fail(item.stash[_CHECK])

    def _forget(self, item):
        check = item.stash.get(_CHECK, None)
        if check:
            check.stop()
            del item.stash[_CHECK]


def _check_of(config):
    from .check.mail_check import MailCheck
    from .check.rule import chosen

    ignore, severity = config.getini("mail_check_ignore"), config.getini("mail_check_severity")
    try:
        chosen((), ignore, severity)
    except ValueError as error:
        raise pytest.UsageError(f"mail_check_ignore, mail_check_severity: {error}") from None
    return MailCheck(ignore, severity)


def _fail(check):
    report = check.report()
    if report:
        pytest.fail(report, pytrace=False)
