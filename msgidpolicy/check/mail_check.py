"""What a test sees of the mails that it sends."""

import argparse
import io
from dataclasses import replace

from ._command.place import Place
from ._command.reports import report_class
from ._command.summary import Summary
from .audit import audit
from .sent import SentMails


class MailCheck:
    """The mails that a test has sent, and what is wrong with them: the fixture ``mail_check``.

    Attributes:
        ignore (list of str): rules, or groups of them, that are not looked for.
        severity (str): the least that makes the test fail: "error", "warning" or "note".
        max_line_length (int): columns beyond which a line has to be folded; 0 for 998 octets.
    """

    def __init__(self, ignore=(), severity="error", max_line_length=78):
        self.ignore, self.severity, self.max_line_length = list(ignore), severity, max_line_length
        self._sent, self._looked_at = SentMails(), 0

    @property
    def mails(self):
        """list of bytes: the mails so far, as they were handed over to be sent."""
        return [mail.octets for mail in self._sent.mails]

    @property
    def findings(self):
        """list of Finding: what is wrong with them, by the options as they are now; ``path`` is "mail 1" and so on."""
        return [finding for findings in self._found(0) for finding in findings]

    def assert_clean(self):
        """Fail if anything is wrong with the mails since it was asked for last.

        Raises:
            AssertionError: with the report.
        """
        __tracebackhide__ = True
        report = self.report()
        if report:
            raise AssertionError(report)

    def clear(self):
        """Forget the mails so far."""
        self._sent.mails.clear()
        self._looked_at = 0

    def report(self):
        """What is wrong with the mails since this, or ``assert_clean()``, was asked for last, as ``check`` tells it (str); or
        nothing."""
        begin, self._looked_at = self._looked_at, len(self._sent.mails)
        found = self._found(begin)
        if not any(found):
            return ""
        stream, summary = io.StringIO(), Summary()
        names = sorted({finding.rule for findings in found for finding in findings})
        stream.write(f"mail was sent with {', '.join(names)}\n\n")  # a line of its own, for what shows only that
        report = report_class("text")(stream, argparse.Namespace(quiet=False, details=3))
        for number, findings in enumerate(found, begin + 1):
            summary.add(findings)
            if findings:
                report.mail(Place(f"mail {number}"), findings)
        report.end(summary)
        return stream.getvalue().rstrip("\n")

    def start(self):
        """Watch what is sent; called again, also by what has been loaded since."""
        self._sent.start()

    def stop(self):
        """Watch no more, and leave nothing after."""
        self._sent.stop()

    def _found(self, begin):
        """The findings of each mail."""
        options = {"ignore": self.ignore, "severity": self.severity, "max_line_length": self.max_line_length}
        return [
            [replace(finding, path=f"mail {number}") for finding in audit(mail.octets, utf8=mail.utf8, **options)]
            for number, mail in enumerate(self._sent.mails[begin:], begin + 1)
        ]
