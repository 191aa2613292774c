"""The parameters of Content-Type and Content-Disposition."""

import re

from .._mail.field import BLANKS
from ..finding import Fault

_TOKEN = rb"[^\x00-\x20\x7f()<>@,;:\\\"/\[\]?=]+"  # RFC 2045, 5.1; other than US-ASCII has a rule of its own
_VALUE = re.compile(rb"%b|\"(?:[^\"\\]|\\.)*\"" % _TOKEN, re.DOTALL)
_TYPE = re.compile(rb"%b[ \t]*/[ \t]*%b" % (_TOKEN, _TOKEN))
_DISPOSITION = re.compile(_TOKEN)
_SECTION = re.compile(rb"([^*]+)\*0*(\d{1,9})\*?")  # RFC 2231, 3
_MOST_SECTIONS = 10


def parameters(field, options):
    if field.syntax != "parameters":
        return
    sections = {}
    for number, (start, text) in enumerate(_segments(field)):
        if b"=?" in text:  # an encoded-word has a rule of its own
            continue
        if number == 0:
            yield from _type(field, start, text)
        elif text:
            yield from _parameter(field, start, text)
            _count(sections, text, start)
    for name, start in sections.values():
        yield Fault("parameter-sections", field.place(start), field.place(start + len(name) - 1) + 1)


def _segments(field):
    """Yield what is between semicolons: its start in the body, and the octets without white space and comments around them."""
    marked, bare, at = field.without("quoted-string", "comment"), field.without_comments(), 0
    while at <= len(marked):
        end = marked.find(b";", at)
        end = len(marked) if end < 0 else end
        text = bare[at:end].lstrip(BLANKS)
        yield end - len(text), text.rstrip(BLANKS)
        at = end + 1


def _fault(rule, field, start, end, reason=""):
    return Fault(rule, field.place(start), field.place(max(end - 1, start)) + 1, reason)


def _type(field, start, text):
    is_type = field.name.lower() == "content-type"
    if not text:
        what = "media type" if is_type else "disposition"
        yield Fault("parameter-no-type", *field.line_place(0), f"no {what} before the parameters")
    elif not (_TYPE if is_type else _DISPOSITION).fullmatch(text):
        what = "a media type that is not type/subtype" if is_type else "a disposition that is no token"
        yield _fault("parameter-no-type", field, start, start + len(text), what)


def _parameter(field, start, text):
    name, equals, value = text.partition(b"=")
    if not equals or not value.strip(BLANKS):
        yield _fault("parameter-no-value", field, start, start + len(text))
        return
    inside = value.strip(BLANKS)
    if _VALUE.fullmatch(inside):
        return
    first = start + len(text) - len(value.lstrip(BLANKS))
    if inside[:1] == b'"':
        reason = "a value with something beside its quotes" if b'"' in inside[1:] else "a quote that is never closed"
        yield _fault("parameter-unquoted", field, first, start + len(text), reason)
    else:
        yield _fault("parameter-unquoted", field, first, start + len(text))


def _count(sections, text, start):
    """Note where a parameter has its eleventh section, or a later one."""
    name = text.partition(b"=")[0].rstrip(BLANKS)
    section = _SECTION.fullmatch(name)
    if section and int(section[2]) >= _MOST_SECTIONS:
        sections.setdefault(section[1].lower(), (name, start))


FIELD_CHECKS = (parameters,)
