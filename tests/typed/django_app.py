"""Django, for those who check types."""

from django.core.mail import EmailMessage, get_connection

from msgidpolicy.django import EmailBackend

INSTALLED_APPS = ["msgidpolicy.django"]


def send() -> int:
    backend: EmailBackend = EmailBackend(host="127.0.0.1")
    sent: int = backend.send_messages([EmailMessage("Hello", "Hello", "ann@example.com", ["bob@example.org"])])
    return sent + EmailMessage("Hello", connection=get_connection()).send()
