"""Reports of mails that are not in files."""
import argparse
import io
from dataclasses import replace

from msgidpolicy import audit
from msgidpolicy.check.place import Place
from msgidpolicy.check.reports import report_class
from msgidpolicy.check.summary import Summary


def report_of(name, mails, mended=None, unread=()):
    """What ``check --format NAME`` tells of mails.

    Args:
        name (str): the format.
        mails (dict): the octets, or the findings, of each path.
        mended (dict): for the name of a field its octets as they should be.
        unread (iterable of tuple of str): paths that could not be read, and why.
    """
    stream, summary = io.StringIO(), Summary()
    report = report_class(name)(stream, argparse.Namespace())
    for path, mail in mails.items():
        findings = audit(mail) if isinstance(mail, bytes) else mail
        findings = [replace(one, path=path, mended=(mended or {}).get(one.field, one.mended)) for one in findings]
        summary.add(findings)
        if findings:
            report.mail(Place(path), findings)
    summary.unread = list(unread)
    report.end(summary)
    return stream.getvalue()
