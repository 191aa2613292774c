"""As a compiler would say it, for people: colour on a terminal, plain elsewhere."""

import shutil
from collections import Counter

from ..visible import excerpt, visible
from . import told
from .printer import printer_of

_INDENT = "    "
_COLUMNS = 120  # where there is no terminal
_NAME_COLUMNS = 60
_MENDED_LINES, _MENDED_COLUMNS = 8, 300
_STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}


class Report(told.Report):
    """The first findings of each rule have the octets and the field as it should be, the very first what receivers make of
    it; those after them have one line each."""

    def __init__(self, stream, options):
        super().__init__(stream, options)
        self._print = printer_of(stream)
        self._columns = shutil.get_terminal_size().columns if stream.isatty() else _COLUMNS
        self._told = Counter()

    def mail(self, place, findings):
        if self.options.quiet:
            return
        for finding in findings:
            self._head(finding)
            self._told[finding.rule] += 1
            if self._told[finding.rule] <= self.options.details:
                self._details(finding, is_first=self._told[finding.rule] == 1)

    def _head(self, finding):
        field = finding.field[:_NAME_COLUMNS] + "..." * (len(finding.field) > _NAME_COLUMNS)
        named = ": ".join(name for name in (_part(finding.part), field) if name)
        times = f" ({finding.count} times)" if finding.count > 1 else ""
        self._print(
            (f"{visible(finding.path)}:{finding.line}: ", "bold"),
            (f"{finding.severity}: ", _STYLES[finding.severity]),
            (f"{named}: " if named else "", ""),
            (visible(finding.reason) + times, "bold"),
            (f" [{finding.rule}]", "dim"),
        )

    def _details(self, finding, is_first):
        text, mark, marked = excerpt(finding.octets, finding.start, finding.end, max(20, self._columns - len(_INDENT)))
        self._print((_INDENT + text, ""))
        self._print((_INDENT + " " * mark + "^" * marked, _STYLES[finding.severity]))
        if finding.mended is not None:
            self._mended(finding.mended)
        if is_first:
            self._effect(finding.effect, "  ")
        if finding.sender:
            self._print((f"  written so by {visible(finding.sender)}", ""))
        self._print((f"  {finding.clause}", "dim"))
        self._print()

    def _mended(self, mended):
        lines = mended.replace(b"\r\n", b"\n").removesuffix(b"\n").split(b"\n") if mended else []
        self._print(("  as it should be:" if lines else "  as it should be: not there", ""))
        for line in lines[:_MENDED_LINES]:
            cut = "..." if len(line) > _MENDED_COLUMNS else ""
            self._print((_INDENT + visible(line[:_MENDED_COLUMNS]) + cut, "green"))
        if len(lines) > _MENDED_LINES:
            self._print((f"{_INDENT}and {len(lines) - _MENDED_LINES} more lines", "dim"))

    def _effect(self, effect, indent):
        if effect:
            self._print((f"{indent}what receivers make of it:", ""))
        for line in effect:
            self._print((f"{indent}  {visible(line)}", ""))

    def end(self, summary):
        """The kinds; where there is more than one mail, with what receivers make of each again, as that stands far above.
        Nothing where no mail was looked at: standard error says why."""
        if not summary.mails:
            return
        if not summary.findings:
            self._print((f"nothing found in {_number(summary.mails, 'mail')}", "bold green"))
            return
        mails = f" in {summary.broken:,} of {summary.mails:,} mails" if summary.mails > 1 else ""
        self._print((f"{_number(summary.findings, 'finding')}{mails}, worst first:", "bold"))
        for kind in summary.kinds:
            self._kind(kind)
            if summary.mails > 1 or self.options.quiet:
                self._effect(kind.effect, _INDENT)

    def _kind(self, kind):
        self._print((f"  {kind.severity}: ", _STYLES[kind.severity]), (kind.reason, "bold"), (f" [{kind.rule}]", "dim"))
        found = f"{_number(kind.findings, 'finding')} in {_number(kind.mails, 'mail')}"
        self._print((f"{_INDENT}{found}, the first at {visible(kind.path)}:{kind.line}", ""))


def _part(number):
    """What a part's number says: "2.1", or "2.HEADER" for a message in part 2."""
    if not number.endswith("HEADER"):
        return number and f"part {number}"
    outer = number.removesuffix("HEADER").rstrip(".")
    return f"message in part {outer}" if outer else "message inside"


def _number(count, noun):
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
