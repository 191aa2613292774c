"""Send the hostile message by Django, set up in one way or another, and print the faults that arrive.

    python sender.py WAY BACKEND     # e.g.: none smtp, app console, backend mailers, install smtp

Each way needs a process of its own: Django is configured once.
"""

import contextlib
import io
import json
import socket
import sys
import tempfile
import warnings
from email.message import MIMEPart
from email.mime.image import MIMEImage
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent)]
import django  # noqa: E402
import hostile  # noqa: E402
from django.conf import settings  # noqa: E402

BACKENDS = "django.core.mail.backends."
DIRECTORY = tempfile.mkdtemp()


def configure(way, backend, port, **more):
    """Set Django up for a way and a backend."""
    smtp = "msgidpolicy.django.EmailBackend" if "backend" in way else BACKENDS + "smtp.EmailBackend"
    if backend == "mailers":
        more["MAILERS"] = {"default": {"BACKEND": smtp, "OPTIONS": {"host": "127.0.0.1", "port": port}}}
    else:
        path = {"smtp": smtp, "file": BACKENDS + "filebased.EmailBackend"}.get(backend, f"{BACKENDS}{backend}.EmailBackend")
        more.update(EMAIL_BACKEND=path, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, EMAIL_FILE_PATH=DIRECTORY)
    apps = ["msgidpolicy.django"] if "app" in way else []
    if django.VERSION < (5, 0):
        more["USE_TZ"] = True  # silence its warning
    warnings.filterwarnings("ignore", "The EMAIL_\\w+ setting|.*[Mm]igrat.* to MAILERS")  # Django's own, from 6.1 on
    settings.configure(INSTALLED_APPS=apps, **more)
    django.setup()
    if "install" in way:
        import msgidpolicy

        msgidpolicy.install(legacy="legacy" in way)


def inline_picture():
    """A picture with a long Content-ID, as each Django takes one."""
    if django.VERSION >= (6, 0):
        part = MIMEPart()
        part.set_content(hostile.picture(), "image", "png", disposition="inline", cid=hostile.PICTURE_ID)
        return part
    part = MIMEImage(hostile.picture(), "png")
    part["Content-ID"] = hostile.PICTURE_ID
    part.add_header("Content-Disposition", "inline")
    return part


def build():
    """The hostile message as one of Django's."""
    message = build_without_picture()
    message.attach(inline_picture())
    return message


def build_without_picture():
    """The same for backends that take no parts that are made."""
    from django.core.mail import EmailMultiAlternatives

    message = EmailMultiAlternatives(
        hostile.SUBJECT, hostile.BODY, hostile.FROM, hostile.TO, bcc=[hostile.BLIND], headers=dict(hostile.HEADERS)
    )
    message.attach_alternative("<img src=cid:x>", "text/html")
    message.attach(hostile.PDF, b"x" * 99, "application/pdf")
    message.attach(hostile.DOCX, b"x" * 99, hostile.DOCX_TYPE)
    return message


def with_crlf(octets):
    return octets.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def sent(backend, server):
    """The octets of the hostile message as the backend sends, prints, writes or keeps them."""
    from django.core import mail

    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        build().send()
    if backend in ("smtp", "mailers"):
        return server.received[0]
    if backend == "console":
        return with_crlf(printed.getvalue().encode()).split(b"\r\n" + b"-" * 79)[0]
    if backend == "file":
        return with_crlf(next(Path(DIRECTORY).iterdir()).read_bytes())
    return with_crlf(mail.outbox[0].message().as_bytes())


def main(way, backend):
    socket.getfqdn = lambda name="": hostile.HOST
    warnings.simplefilter("error")
    with hostile.Server() as server:
        configure(way, backend, server.port)
        print(json.dumps(hostile.faults(sent(backend, server))))


if __name__ == "__main__":
    main(*sys.argv[1:])
