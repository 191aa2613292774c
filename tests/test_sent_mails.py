"""What the plugin of pytest sees being sent, and that it leaves nothing behind."""

import smtplib

import pytest
from mail_suite import RIGHT, run, server  # noqa: F401

from msgidpolicy.check.sent import SentMails

pytest_plugins = ["pytester"]


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
