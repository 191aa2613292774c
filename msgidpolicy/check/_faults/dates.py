"""The dates of a mail."""

import calendar
import re

from .._mail.field import BLANKS
from ..finding import Fault

_DATES = {"date", "resent-date", "injection-date"}  # RFC 5322, 3.6.1 and 3.6.6; RFC 5536, 3.2.1
_DAYS = (b"mon", b"tue", b"wed", b"thu", b"fri", b"sat", b"sun")
_MONTHS = (b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec")
# Of a date in lower case, each run of white space a SP. The obsolete forms too: white space at more places, years of two
# and three digits, any named zone (RFC 5322, 4.3). An hour of one digit is in no grammar, but means one thing only.
_DATE = re.compile(
    rb"(?:([a-z]{3}) ?, ?)?(\d{1,2}) ?([a-z]{3}) ?(\d{2,9}) "
    rb"(\d{1,2}) ?: ?(\d{2})(?: ?: ?(\d{2}))? ?([+-]\d{4}|[a-z]{1,9})?"
)


def dates(field, options):
    if field.name.lower() not in _DATES or b"=?" in field.body:  # an encoded-word has a rule of its own
        return
    text = field.without_comments()
    date = _DATE.fullmatch(b" ".join(text.lower().split()))
    reason = _reason(date) if date else "a date that is none"
    if reason:
        yield Fault("date-invalid", *_place(field, text), reason)
    elif date[1] and _weekday(date) != date[1]:
        shown = _weekday(date).decode().capitalize()
        yield Fault("date-weekday", *_place(field, text), f"a day of the week that is not the date's, which is {shown}")


def _place(field, text):
    start, end = len(text) - len(text.lstrip(BLANKS)), len(text.rstrip(BLANKS))
    if start >= end:
        return field.line_place(0)
    return field.place(start), field.place(end - 1) + 1


def _reason(date):
    """Why there is no such date; empty where there is one."""
    if date[1] and date[1] not in _DAYS:
        return f"no day of the week: {date[1].decode()}"
    if date[3] not in _MONTHS:
        return f"no month: {date[3].decode()}"
    year, month = _month(date)
    if not 1 <= int(date[2]) <= calendar.monthrange(year, month)[1]:
        return f"a month without a day {int(date[2])}"
    if int(date[5]) > 23 or int(date[6]) > 59 or int(date[7] or 0) > 60:
        return "a time of day that is none"
    if not date[8]:
        return "a date without a zone"
    return "a zone that is none" if date[8][:1] in b"+-" and int(date[8][3:]) > 59 else ""


def _month(date):
    """Year and month; the calendar repeats itself every 400 years, and Python's ends in 9999."""
    year = int(date[4])
    if len(date[4]) == 2:
        year += 2000 if year < 50 else 1900  # RFC 5322, 4.3
    elif len(date[4]) == 3:
        year += 1900
    return 2000 + year % 400, _MONTHS.index(date[3]) + 1


def _weekday(date):
    return _DAYS[calendar.weekday(*_month(date), int(date[2]))]


FIELD_CHECKS = (dates,)
