"""How the users of Django's backends send the hostile message."""

import sys
import tempfile
import warnings
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "django_mail"))
import sender  # noqa: E402

SMTP = "django.core.mail.backends.smtp.EmailBackend"
AMAZON = {"aws_access_key_id": "a", "aws_secret_access_key": "b", "region_name": "us-east-1"}


def _set_up(server, cure, apps=(), **settings):
    """Configure Django, with the app of msgidpolicy if the line is written."""
    import django
    from django.conf import settings as configured

    warnings.simplefilter("ignore")
    ours = ["msgidpolicy.django"] if cure else []
    configured.configure(
        **{
            "INSTALLED_APPS": ["django.contrib.contenttypes", *apps, *ours],
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": server.port,
            "USE_TZ": True,
            "SECRET_KEY": "x",
            "MEDIA_ROOT": tempfile.mkdtemp(),
            "DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
            "DEFAULT_AUTO_FIELD": "django.db.models.AutoField",
            **settings,
        }
    )
    django.setup()


def _migrate():
    from django.core.management import call_command

    call_command("migrate", verbosity=0, run_syncdb=True)


def _received(server):
    return server.received[0] if server.received else None


def smtp(server, cure):
    _set_up(server, cure, EMAIL_BACKEND=SMTP)
    sender.build().send()
    return _received(server)


def connection(server, cure):
    """As Saleor does: the setting EMAIL_BACKEND is not asked."""
    _set_up(server, cure, EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend")
    from django.core.mail.backends.smtp import EmailBackend

    message = sender.build()
    message.connection = EmailBackend(host="127.0.0.1", port=server.port)
    message.send()
    return _received(server)


def own_backend(server, cure):
    """As Zulip does: a backend of the application's own."""
    _set_up(server, cure, EMAIL_BACKEND=f"{__name__}.OwnBackend")
    sender.build().send()
    return _received(server)


def backend(server, cure):
    _set_up(server, False, EMAIL_BACKEND="msgidpolicy.django.EmailBackend" if cure else SMTP)
    sender.build().send()
    return _received(server)


def _recorded_calls(response):
    """What clients of botocore's are asked to send."""
    import botocore.client

    calls = []
    botocore.client.BaseClient._make_api_call = lambda self, operation, given: calls.append((operation, given)) or response
    return calls


def _raw(calls):
    (given,) = [given for operation, given in calls if operation in ("SendEmail", "SendRawEmail")]
    octets = (given.get("RawMessage") or given["Content"]["Raw"])["Data"]
    return sender.with_crlf(octets.encode() if isinstance(octets, str) else octets)


def anymail(server, cure):
    calls = _recorded_calls({"MessageId": "1"})
    _set_up(
        server,
        cure,
        ["anymail"],
        EMAIL_BACKEND="anymail.backends.amazon_ses.EmailBackend",
        ANYMAIL={"AMAZON_SES_CLIENT_PARAMS": AMAZON},
    )
    sender.build().send()
    return _raw(calls)


def django_ses(server, cure):
    quota = {"Max24HourSend": 1, "SentLast24Hours": 0, "MaxSendRate": 10.0}
    calls = _recorded_calls({"MessageId": "1", "ResponseMetadata": {"RequestId": "r", "HTTPStatusCode": 200}, **quota})
    _set_up(
        server,
        cure,
        ["django_ses"],
        EMAIL_BACKEND="django_ses.SESBackend",
        AWS_ACCESS_KEY_ID="a",
        AWS_SECRET_ACCESS_KEY="b",
        AWS_SES_REGION_NAME="us-east-1",
    )
    if cure:
        import msgidpolicy

        msgidpolicy.install()
    sender.build().send()
    return _raw(calls)


def mailer(server, cure):
    _set_up(server, cure, ["mailer"], EMAIL_BACKEND="mailer.backend.DbBackend", MAILER_EMAIL_BACKEND=SMTP)
    _migrate()
    from mailer.engine import send_all

    sender.build().send()
    send_all()
    return _received(server)


def post_office(server, cure):
    _set_up(
        server,
        cure,
        ["post_office"],
        EMAIL_BACKEND="post_office.EmailBackend",
        POST_OFFICE={"BACKENDS": {"default": SMTP}, "DEFAULT_PRIORITY": "now"},
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {}}]
        + [{"BACKEND": "post_office.template.backends.post_office.PostOfficeTemplates", "OPTIONS": {"context_processors": []}}],
        CACHES={"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}},
    )
    _migrate()
    sender.build_without_picture().send()  # it takes no MIMEPart
    if not server.received:
        from post_office.mail import send_queued

        send_queued()
    return _received(server)


def djmail(server, cure):
    _set_up(server, cure, ["djmail"], EMAIL_BACKEND="djmail.backends.default.EmailBackend", DJMAIL_REAL_BACKEND=SMTP)
    _migrate()
    sender.build().send()
    return _received(server)


def celery_email(server, cure):
    from celery import Celery

    celery = Celery("app", broker="memory://", backend="cache+memory://")
    celery.conf.update(task_always_eager=True, task_eager_propagates=True)
    celery.set_default()
    backend = "djcelery_email.backends.CeleryEmailBackend"
    _set_up(server, cure, ["djcelery_email"], EMAIL_BACKEND=backend, CELERY_EMAIL_BACKEND=SMTP)
    sender.build_without_picture().send()
    return _received(server)


def __getattr__(name):
    """A backend of one's own can only be defined where Django is configured."""
    if name != "OwnBackend":
        raise AttributeError(name)
    from django.core.mail.backends.smtp import EmailBackend

    return type("OwnBackend", (EmailBackend,), {})
