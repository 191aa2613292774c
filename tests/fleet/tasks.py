"""What a worker does: it sends the messages that it is handed, pickled, by Flask-Mail or by Django."""

import os

import celery
import django
import flask
import flask_mail
from django.conf import settings

import msgidpolicy

SMTP_PORT = int(os.environ["FLEET_SMTP_PORT"])
DOMAIN = "mail.example.com"

app = celery.Celery("fleet", broker=os.environ["FLEET_BROKER"])
app.conf.update(
    task_serializer="pickle",
    accept_content=["pickle"],
    task_ignore_result=True,
    task_acks_late=True,
    worker_prefetch_multiplier=32,
    broker_connection_retry_on_startup=True,
)
flask_app = flask.Flask("fleet")
flask_app.config.update(MAIL_SERVER="127.0.0.1", MAIL_PORT=SMTP_PORT, MESSAGE_ID_DOMAIN=DOMAIN)
flask_mail.Mail(flask_app)
flask_mail.message_policy = msgidpolicy.SMTP
settings.configure(
    INSTALLED_APPS=["msgidpolicy.django"], EMAIL_HOST="127.0.0.1", EMAIL_PORT=SMTP_PORT, MESSAGE_ID_DOMAIN=DOMAIN, USE_TZ=True
)
django.setup()


@app.task
def send_flask(message):
    with flask_app.app_context():
        flask_app.extensions["mail"].send(message)


@app.task
def send_django(message):
    message.send()
