"""Reports of mails that are not in files."""

import argparse
import io
from dataclasses import replace

from msgidpolicy import audit
from msgidpolicy.check._command.place import Place
from msgidpolicy.check._command.reports import report_class
from msgidpolicy.check._command.summary import Summary

# What the mails of these tests break, whatever else is looked for.
RULES = ("line-blank", "line-over-limit", "line-too-long", "line-empty-first", "msg-id-encoded", "octet", "encoded-word-glued")


def report_of(name, mails, mended=None, unread=()):
    """What ``check --format NAME`` tells of mails.

    Args:
        name (str): the format.
        mails (dict): the octets, or the findings, of each path.
        mended (dict): for the name of a field its octets as they should be; None for all others.
        unread (iterable of tuple of str): paths that could not be read, and why.
    """
    stream, summary = io.StringIO(), Summary()
    report = report_class(name)(stream, argparse.Namespace())
    for path, mail in mails.items():
        findings = mail
        if isinstance(mail, bytes):
            findings = audit(mail, select=RULES)
            findings = [replace(one, mended=(mended or {}).get(one.field)) for one in findings]
        findings = [replace(one, path=path) for one in findings]
        summary.add(findings)
        if findings:
            report.mail(Place(path), findings)
    summary.unread = list(unread)
    report.end(summary)
    return stream.getvalue()
