"""SARIF 2.1.0, which code hosts and editors show beside the lines."""

import json
from urllib.parse import quote

from .... import __version__
from ...rule import RULES
from .clause import rule_urls
from .marked import SHOWN_OF_LINE
from .shown_mail import index_of, line_end_of, lines_of
from .told import Report as _Report

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


class Report(_Report):
    """One run; its results are written as they come, so that an archive needs no memory."""

    def __init__(self, stream, options):
        super().__init__(stream, options)
        self._before = ""
        tool = json.dumps({"driver": _driver()})
        stream.write(f'{{"version": "2.1.0", "$schema": "{SCHEMA}", "runs": [{{"tool": {tool},\n')
        stream.write('"columnKind": "unicodeCodePoints", "results": [')

    def mail(self, place, findings):
        for finding in findings:
            self.stream.write(f"{self._before}\n{json.dumps(_result(finding, place))}")
            self._before = ","

    def end(self, summary):
        notices = [_notice(path, reason) for path, reason in summary.unread]
        invocation = {"executionSuccessful": not notices, "toolExecutionNotifications": notices}
        self.stream.write(f'],\n"invocations": {json.dumps([invocation])}}}]}}\n')


_INDEX = {name: index for index, name in enumerate(RULES)}


def _driver():
    return {
        "name": "msgidpolicy",
        "version": __version__,
        "rules": [
            {
                "id": rule.name,
                "shortDescription": {"text": rule.reason},
                "fullDescription": {"text": f"{rule.reason[0].upper()}{rule.reason[1:]} ({rule.clause})."},
                "helpUri": url,
                "defaultConfiguration": {"level": rule.severity},
            }
            for rule, url in zip(RULES.values(), rule_urls(RULES.values()))
        ],
    }


def _result(finding, place):
    location = {"physicalLocation": {"artifactLocation": {"uri": _uri(place.path)}, "region": _region(finding)}}
    if finding.field:
        location["logicalLocations"] = [{"name": finding.field, "fullyQualifiedName": _address(finding, place)}]
    fix = _fix(finding, place)
    return {
        "ruleId": finding.rule,
        "ruleIndex": _INDEX[finding.rule],
        "level": finding.severity,
        "message": {"text": _message(finding)},
        "locations": [location],
        "occurrenceCount": finding.count,
        **({"fixes": [fix]} if fix else {}),
    }


def _message(finding):
    about = f"{finding.field}: " if finding.field else ""
    sentences = [f"{about}{finding.reason} ({finding.clause}).", *(f"{effect}." for effect in finding.effect)]
    if finding.sender:
        sentences.append(f"As {finding.sender} writes it.")
    return " ".join(sentences)


def _address(finding, place):
    """Which field of which part of which mail, as ``3/2.1/Subject``."""
    return "/".join(filter(None, (str(place.number or ""), finding.part, finding.field)))


def _region(finding):
    return {
        "startLine": finding.line,
        "startColumn": _column(finding.octets, finding.start),
        "endColumn": _column(finding.octets, finding.end),
        "snippet": {"text": _text(finding.octets[:SHOWN_OF_LINE])},
    }


def _fix(finding, place):
    """The field as it should be; None where that is not known, is no text, or the field's first line is not sure."""
    if finding.mended is None or not finding.was:
        return None
    line_end = line_end_of(finding)
    lines = lines_of(finding.was, line_end)
    if lines.count(finding.octets) != 1:
        return None
    try:
        mended = finding.mended.decode()
    except UnicodeDecodeError:
        return None
    first = finding.line - index_of(finding)
    deleted = {"startLine": first, "startColumn": 1, "endLine": first + len(lines), "endColumn": 1}
    replacement = {"deletedRegion": deleted, "insertedContent": {"text": mended}}
    change = {"artifactLocation": {"uri": _uri(place.path)}, "replacements": [replacement]}
    return {"description": {"text": f"{finding.field} as it should be."}, "artifactChanges": [change]}


def _notice(path, reason):
    location = {"physicalLocation": {"artifactLocation": {"uri": _uri(path)}}}
    return {"level": "error", "message": {"text": _text(reason.encode("utf-8", "surrogateescape"))}, "locations": [location]}


def _uri(path):
    """A path as a relative reference, or one with the scheme ``file`` where it is absolute (RFC 8089)."""
    octets = path.encode("utf-8", "surrogateescape")
    quoted = quote(octets.replace(b"\\", b"/") if path[1:3] == ":\\" else octets)
    if path[1:3] == ":\\":
        return f"file:///{quoted}"
    return f"file://{quoted}" if path.startswith("/") else quoted


def _column(octets, offset):
    return len(_text(octets[:offset])) + 1


def _text(octets):
    return octets.decode("utf-8", "replace")
