"""Flask-Mail, for those who check types."""

import flask
import flask_mail

import msgidpolicy
from msgidpolicy import Message

msgidpolicy.flask_mail.use(msgidpolicy.SMTP)  # flask_mail.message_policy = msgidpolicy.SMTP

app = flask.Flask("example")
mail = flask_mail.Mail(app)
message = msgidpolicy.Message("Hello", ["bob@example.org"], sender="ann@example.com")
msg_id: str = message.msgId


class Newsletter(Message):
    pass


def send() -> None:
    mail.send(Newsletter("News", ["bob@example.org"]))
