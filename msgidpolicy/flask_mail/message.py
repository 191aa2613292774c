"""Flask-Mail's ``Message``, folded by msgidpolicy, with a Message-ID on a domain of one's own."""

import contextlib
import contextvars
import functools
import re
import sys
import unicodedata
from email.encoders import encode_base64
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.utils import formatdate, quote

import flask_mail
from flask import current_app, has_app_context

from .. import _core
from ..domain import a_labels_or_as_given
from ..errors import FieldError
from ..message_id import host_is_known, known_domain, make_msgid
from ..policy import SMTP, MsgIdPolicy
from ..tree import Tree, UnusualError, new_boundary

_LINE_COLUMNS = 78  # RFC 5322, 2.1.1
_UNKNOWN = "<>"  # stands for a sender while Flask-Mail's constructor runs outside of an application
_specials = re.compile(r'[()<>@,:;".\[\]\\]')  # RFC 5322, 3.2.3
# A quoted-string, the beginning of a comment, or the domain of an addr-spec: one before what ends a mailbox.
_token = re.compile(r'"(?:[^"\\]|\\.)*"?|\(|@(?P<domain>[^\s()<>@,:;"\[\]\\]+)(?=\s*(?:[>,;(]|$))', re.DOTALL)
_in_comment = re.compile(r"\\.|[()]", re.DOTALL)


_constructing = contextvars.ContextVar("constructing", default=False)


def _defer_make_msgid():
    """Keep Flask-Mail's constructor from asking for this host's name for an id that nobody uses.

    It calls the name ``make_msgid`` of its module, which this wraps, once. For a constructor of
    ours the wrapper makes nothing; it knows that by a context variable, which each thread and each
    task has for itself. Every other call it passes on.
    """
    original = flask_mail.make_msgid

    @functools.wraps(original)
    def deferring(*args, **kwargs):
        return None if _constructing.get() else original(*args, **kwargs)

    flask_mail.make_msgid = deferring


_defer_make_msgid()


@contextlib.contextmanager
def _without_msgid():
    token = _constructing.set(True)
    try:
        yield
    finally:
        _constructing.reset(token)


@functools.cache
def _place_of_sender():
    """The index of ``sender`` among the arguments of Flask-Mail's constructor, another one on each version.

    A package that wraps the constructor hides its signature, so the constructor is asked: it takes no
    argument both by its place and by its name.
    """
    place = 0
    with _without_msgid(), contextlib.suppress(TypeError):
        while place < 20:
            Message.__base__(*[None] * (place + 1), sender=_UNKNOWN)
            place += 1
    return place


class Message(flask_mail.Message):
    """A ``flask_mail.Message`` that arrives as it was written.

    It takes and has what Flask-Mail's has, on each version. Beyond that:

    * ``msgId`` is made at once with the domain that is known: ``MESSAGE_ID_DOMAIN`` of the
      application's configuration, else that of ``set_msgid_domain``, else that of the environment
      variable ``MESSAGE_ID_DOMAIN``; no host name is looked up for that. Where none is known it is
      made with this host's name, or with the sender's domain if its line would pass 78 columns or
      nobody else knows this host, as in a container.
      An id that the application sets is left alone, be it ``msgId`` or in ``extra_headers``.
    * Subject, names and addresses go to the policy as they were written. Flask-Mail encodes them
      before, by ``email.header.Header``, which loses blanks and doubles others.
    * It can be made, rendered, pickled and copied outside of an application context.

    The policy is ``flask_mail.message_policy`` where that is a ``MsgIdPolicy``, else
    ``msgidpolicy.SMTP``.

    Rendering and sending raise ``FieldError`` for a field that cannot be written, such as one with
    CR or LF.
    """

    @functools.wraps(flask_mail.Message.__init__)
    def __init__(self, *args, **kwargs):
        place = _place_of_sender()
        given = args[place] if len(args) > place else kwargs.get("sender")
        sender = given or _default_sender()
        mailbox = _mailbox(sender) if sender else _UNKNOWN
        if len(args) > place:
            args = (*args[:place], mailbox, *args[place + 1 :])
        else:
            kwargs["sender"] = mailbox
        with _without_msgid():
            super().__init__(*args, **kwargs)
        if not sender:
            self.sender = None
        self.msgId = self._make_msgid()

    def _make_msgid(self):
        domain = has_app_context() and current_app.config.get("MESSAGE_ID_DOMAIN") or known_domain()
        if domain:
            return make_msgid(domain=domain)
        if host_is_known() or not self.sender:
            usual = make_msgid()
            if len(f"Message-ID: {usual}") <= _LINE_COLUMNS or not self.sender:
                return usual
        try:
            return make_msgid(domain=next(_domains(self.sender), {"domain": ""})["domain"])
        except FieldError:
            return make_msgid()

    def send(self, connection):
        """Check the fields and send the message, by Flask-Mail's connection.

        Raises:
            FieldError: there is a CR or LF in a field.
        """
        self.sender = self.sender or _default_sender()
        for name, value in self._fields():
            _core.check(name, value if isinstance(value, str) else "")
        super().send(connection)

    def as_bytes(self):
        """The message as octets (bytes), which Flask-Mail's connection sends.

        Raises:
            FieldError: a field cannot be written.
        """
        message = self._message()
        try:
            return Tree(message, message.policy).octets
        except UnusualError:
            return message.as_bytes()

    def _message(self):
        # Where Flask-Mail was imported anew, the name is set on the newer module.
        policy = getattr(sys.modules.get("flask_mail"), "message_policy", None)
        if not isinstance(policy, MsgIdPolicy):
            policy = SMTP
        message = self._body(policy)
        message.policy = policy
        for name, value in self._fields():
            if policy.header_max_count(name):
                del message[name]  # the one in extra_headers counts
            message[name] = value
        for attachment in self.attachments or []:
            message.attach(_attachment_part(attachment, policy, self.charset or "utf-8"))
        return message

    def _body(self, policy):
        """The message without fields of its own and attachments, of the structure that Flask-Mail gives it."""
        alternatives = getattr(self, "alts", None)  # Flask-Mail 0.9 has html alone
        if alternatives is None:
            alternatives = {"html": self.html} if self.html else {}
        if not alternatives and not self.attachments:
            return self._mimetext(self.body)
        message = MIMEMultipart(boundary=new_boundary(), policy=policy)
        if not alternatives:
            message.attach(self._mimetext(self.body))
            return message
        alternative = MIMEMultipart("alternative", boundary=new_boundary(), policy=policy)
        alternative.attach(self._mimetext(self.body, "plain"))
        for subtype, text in alternatives.items():
            alternative.attach(self._mimetext(text, subtype))
        message.attach(alternative)
        return message

    def _fields(self):
        """The fields of the message, (name, value) each, in the order of Flask-Mail."""
        sender = self.sender or _default_sender()
        fields = [
            ("Subject", _core.unfold("Subject", flask_mail.force_text(self.subject or ""))),
            ("From", _mailbox(sender) if sender else ""),
            ("To", _mailboxes(self.recipients)),
            ("Date", formatdate(self.date, localtime=True)),
            ("Message-ID", self.msgId),
            ("Cc", _mailboxes(self.cc)),
            ("Reply-To", _mailbox(self.reply_to) if self.reply_to else ""),
        ]
        fields = [(name, value) for name, value in fields if value]
        for name, value in (self.extra_headers or {}).items():
            if not isinstance(value, Header):
                value = _core.unfold(name, flask_mail.force_text(value))
            fields.append((name, value))
        return fields


def _default_sender():
    return current_app.extensions["mail"].default_sender if has_app_context() else None


def _mailboxes(values):
    return ", ".join(dict.fromkeys(_mailbox(value) for value in values or []))


def _mailbox(value):
    """An address as it goes to the policy: a str as it was written, a pair put together, its domain
    in US-ASCII."""
    if not isinstance(value, (tuple, list)):
        return _with_a_labels(flask_mail.force_text(value))
    name, address = (flask_mail.force_text(part or "") for part in value)
    address = _with_a_labels(address)
    if not name:
        return address
    return f'"{quote(name)}" <{address}>' if _specials.search(name) else f"{name} <{address}>"


def _with_a_labels(addresses):
    """Addresses as they were written, but for the domains (RFC 5322, 3.4.1) that are not US-ASCII."""
    if addresses.isascii():
        return addresses
    parts, end = [], 0
    for match in _domains(addresses):
        parts += [addresses[end : match.start("domain")], a_labels_or_as_given(match["domain"])]
        end = match.end("domain")
    return "".join([*parts, addresses[end:]])


def _domains(addresses):
    """The matches whose group ``domain`` is that of an addr-spec, outside of quoted-strings and comments."""
    depth = 0  # of comments, which nest
    match = _token.search(addresses)
    while match:
        if match[0] in "()":
            depth += 1 if match[0] == "(" else -1
        elif not depth and match["domain"]:
            yield match
        match = (_in_comment if depth else _token).search(addresses, match.end())


def _attachment_part(attachment, policy, charset):
    """The part of a message for a ``flask_mail.Attachment``."""
    part = MIMEBase(*attachment.content_type.split("/"), policy=policy)
    data = attachment.data
    part.set_payload(data.encode(charset) if isinstance(data, str) else data)
    encode_base64(part)
    parameters = {}
    if attachment.filename is not None:
        parameters["filename"] = _filename(attachment.filename)
    part.add_header("Content-Disposition", attachment.disposition, **parameters)
    for name, value in dict(attachment.headers).items():
        part.add_header(name, value)
    return part


def _filename(filename):
    """The name, without what is not US-ASCII if the application wants MAIL_ASCII_ATTACHMENTS."""
    if not (has_app_context() and current_app.extensions["mail"].ascii_attachments):
        return filename
    ascii_only = unicodedata.normalize("NFKD", filename).encode("ascii", "ignore").decode("ascii")
    return " ".join(ascii_only.split())
