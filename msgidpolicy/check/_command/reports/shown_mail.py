"""A mail's findings, field by field, as a page shows them."""

from dataclasses import replace
from typing import NamedTuple, Optional

from .marked import marked_lines, new_lines


class ShownField(NamedTuple):
    """A field, or a line that is in none, with what is wrong with it.

    Attributes:
        name (str): the field's name; empty where it is no field.
        part (str): the part of the mail that it stands in.
        before (list of Line): as it is.
        after (list of Line or None): as it should be; empty where it should not be there, None where that would be a guess.
        findings (list of Finding): at least one.
    """

    name: str
    part: str
    before: list
    after: Optional[list]
    findings: list


def shown_fields(findings):
    """Yield the findings of one mail (list of Finding, in the order of the lines) by field, as ShownField."""
    groups, last = [], None
    for finding in findings:
        key = finding.was and (finding.part, finding.was, finding.line - index_of(finding))
        if not key or key != last:
            groups.append([])
        groups[-1].append(finding)
        last = key
    return map(_shown, groups)


def lines_of(octets, line_end):
    """The lines (list of bytes) of a field, without their ends."""
    return octets.removesuffix(line_end).split(line_end)


def line_end_of(finding):
    """The line end (bytes) that the finding's field has: CRLF, or LF."""
    for line_end in (b"\r\n", b"\n"):
        if finding.octets in lines_of(finding.was, line_end):
            return line_end
    return b"\r\n" if finding.was.endswith(b"\r\n") else b"\n"


def index_of(finding):
    """Which line (int, from 0) of its field the finding is in; where the field holds that line twice, the first."""
    lines = lines_of(finding.was, line_end_of(finding))
    return lines.index(finding.octets) if finding.octets in lines else 0


def _shown(findings):
    first = findings[0]
    line_end = line_end_of(first)
    lines = lines_of(first.was, line_end) if first.was else [first.octets]
    marks = {}
    for finding in findings:
        marks.setdefault(index_of(finding), []).append((finding.start, finding.end))
    mended = next((finding.mended for finding in findings if finding.mended is not None), None)
    return ShownField(
        name=first.field,
        part=first.part,
        before=marked_lines(lines, marks, first.line - index_of(first)),
        after=None if mended is None else new_lines(lines_of(mended, line_end), lines) if mended else [],
        # What is kept of a mail is bounded: the octets are not.
        findings=[replace(finding, octets=b"", was=b"", mended=None) for finding in findings],
    )
