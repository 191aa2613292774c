"""The plugin of pytest beside others, and with aiosmtplib. CI runs this, in an environment of its own:

python -m pip install -e '.[test]' -r tests/plugin/requirements.txt && python -m pytest tests/plugin
"""

import pytest
from mail_suite import ALL_THREE, run, server  # noqa: F401

pytest_plugins = ["pytester"]


def test_with_xdist_tests_fail_as_they_do_without(run):  # noqa: F811
    result = run(ALL_THREE, "--mail-check", "-n", "2", apart=True)
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*mail 1:5: error: References: *"])


def test_a_test_that_is_run_again_answers_for_its_last_mail_alone_and_leaves_nothing_behind(run, pytester):  # noqa: F811
    pytester.makepyfile(
        leftover="""
        import smtplib

        def pytest_unconfigure():
            assert not hasattr(smtplib.SMTP.sendmail, "__wrapped__")
        """
    )
    suite = """
        from conftest import BROKEN, RIGHT
        mails = [BROKEN, RIGHT]

        def test_second_time_right(send, mail_check):
            send(mails.pop(0))
            assert len(mail_check.mails) == 1
    """
    result = run(suite, "--mail-check", "--reruns", "1", "-p", "leftover", apart=True)
    assert result.ret == 0
    assert result.parseoutcomes() == {"passed": 1, "rerun": 1}


@pytest.mark.parametrize("options", [(), ("--mail-check",)], ids=["by the fixture", "by the option"])
def test_mail_of_aiosmtplib_is_seen_once(run, options):  # noqa: F811
    suite = """
        import asyncio, email
        import aiosmtplib
        from conftest import BROKEN, RIGHT

        ADDRESSES = {"sender": "ann@example.com", "recipients": ["bob@example.org"]}

        def test_ways(mail_check, port):
            async def send():
                await aiosmtplib.send(RIGHT, hostname="127.0.0.1", port=port, **ADDRESSES)
                await aiosmtplib.send(email.message_from_bytes(RIGHT), hostname="127.0.0.1", port=port)
                async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port) as client:
                    await client.sendmail("ann@example.com", ["bob@example.org"], BROKEN)
                    await client.send_message(email.message_from_bytes(RIGHT))
            asyncio.run(send())
            assert len(mail_check.mails) == 4
            assert [(finding.rule, finding.path) for finding in mail_check.findings] == [("msg-id-encoded", "mail 3")]

        def test_afterwards(pytestconfig):
            assert hasattr(aiosmtplib.SMTP.sendmail, "__wrapped__") == pytestconfig.getoption("mail_check")
    """
    result = run(suite, *options, "-W", "error", apart=True)
    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(["mail was sent with msg-id-encoded"])
