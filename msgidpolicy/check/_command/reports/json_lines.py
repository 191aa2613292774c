"""One JSON object a line, for each finding."""

import json

from . import told


class Report(told.Report):
    def mail(self, place, findings):
        for finding in findings:
            self.stream.write(json.dumps(_object(finding)) + "\n")

    def end(self, summary):
        """Nothing: each line is a finding."""


def _object(finding):
    return {
        "path": _text(finding.path.encode("utf-8", "surrogateescape")),
        "line": finding.line,
        "field": finding.field,
        "rule": finding.rule,
        "severity": finding.severity,
        "reason": finding.reason,
        "clause": finding.clause,
        "effect": list(finding.effect),
        "mended": None if finding.mended is None else _text(finding.mended),
        "column": finding.start + 1,
        "part": finding.part,
        "sender": finding.sender,
        "count": finding.count,
    }


def _text(octets):
    return octets.decode("utf-8", "backslashreplace")
