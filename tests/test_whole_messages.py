"""Messages of frameworks, written whole."""

import io
from email.generator import BytesGenerator

import flask
import flask_mail
import pytest

import msgidpolicy
from msgidpolicy.tree import Tree


def generated(message):
    octets = io.BytesIO()
    BytesGenerator(octets, mangle_from_=False, policy=message.policy).flatten(message)
    return octets.getvalue()


@pytest.fixture
def app():
    app = flask.Flask("app")
    app.config.update(MESSAGE_ID_DOMAIN="example.com", TESTING=True)
    flask_mail.Mail(app)
    with app.app_context():
        yield app


KINDS = {
    "text": {"body": "Grüße\n"},
    "html": {"body": "Grüße\n", "html": "<p>Grüße\n"},
    "an attachment": {"body": "x", "attachments": [flask_mail.Attachment("Übersicht.pdf", "application/pdf", b"x" * 999)]},
    "all": {"body": "x", "html": "<p>", "attachments": [flask_mail.Attachment("x.txt", "text/plain", "Grüße")]},
}


def message_of(kind):
    return msgidpolicy.Message(
        "Grüße", ["bob@example.org"], sender=("Zoë", "ann@example.com"), extra_headers={"X-Tag": "a"}, **kind
    )


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_message_of_flask_mails_is_what_the_generator_writes(app, kind, monkeypatch):
    message = message_of(kind)
    built = message._message()
    monkeypatch.setattr(message, "_message", lambda: built)
    octets = message.as_bytes()
    assert octets == bytes(message) == generated(built) == Tree(built, built.policy).octets
    boundaries = [part.get_boundary() for part in built.walk() if part.is_multipart()]
    assert all(boundaries) and len(set(boundaries)) == len(boundaries)


def test_a_message_of_flask_mails_that_is_unusual_is_written_by_the_generator(app, monkeypatch):
    class Derived(msgidpolicy.MsgIdPolicy):
        def _fold(self, name, value, refold_binary=False):
            return f"{name}: mine\n"

    monkeypatch.setattr(flask_mail, "message_policy", Derived(), raising=False)
    assert b"Subject: mine\n" in message_of(KINDS["html"]).as_bytes()
