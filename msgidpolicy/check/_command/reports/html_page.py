"""One page of HTML that holds all it needs: to pass on, to read on a phone, to print."""

import datetime

import jinja2

from .... import __version__
from ...rule import SEVERITIES
from ..visible import visible
from .clause import clause_url
from .shown_mail import shown_fields
from .told import Report as _Report

# Of what is shown with its octets; a page of more is slow to open, and read by nobody to its end.
SHOWN_FINDINGS = 1000
SHOWN_PIECES = 100_000


def _seen(value):
    """What is put into a page: a path or a reason may hold anything that a mail may."""
    return visible(value) if type(value) is str else value


# Nothing of a mail becomes markup: all that is put in is escaped, and the page says itself that it runs and loads nothing.
_PAGES = jinja2.Environment(
    loader=jinja2.PackageLoader(__name__.rpartition(".")[0], "templates"),
    autoescape=True,
    finalize=_seen,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)
_PAGES.filters["clause_url"] = clause_url


class Report(_Report):
    """Keeps the first findings, cut to what is shown of them, until the totals are known, which stand above them."""

    def __init__(self, stream, options):
        super().__init__(stream, options)
        self._mails, self._shown, self._pieces = [], 0, 0

    def mail(self, place, findings):
        fields = []
        for field in shown_fields(findings[: SHOWN_FINDINGS - self._shown]):
            if self._pieces >= SHOWN_PIECES:
                break
            fields.append(field)
            self._shown += len(field.findings)
            self._pieces += sum(len(line.pieces) for line in [*field.before, *(field.after or ())])
        if fields:
            self._mails.append((place, fields))

    def end(self, summary):
        kinds = summary.kinds
        counts = {severity: sum(kind.findings for kind in kinds if kind.severity == severity) for severity in SEVERITIES}
        page = _PAGES.get_template("page.html").stream(
            summary=summary,
            kinds=kinds,
            counts=counts,
            mails=self._mails,
            shown=self._shown,
            first_shown=self._first_shown(),
            now=datetime.datetime.now().astimezone(),
            version=__version__,
        )
        page.enable_buffering(100)
        for piece in page:
            self.stream.write(piece)

    def _first_shown(self):
        """For each rule the number of the first field, as the page counts them, that breaks it."""
        first, number = {}, 0
        for _, fields in self._mails:
            for field in fields:
                number += 1
                for finding in field.findings:
                    first.setdefault(finding.rule, number)
        return first
