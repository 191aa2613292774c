"""Suites of tests that send mail, run by a pytest of their own."""

import socket

import pytest
from aiosmtpd.controller import Controller

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
