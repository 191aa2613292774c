"""``msgidpolicy check``: what is wrong with mails, and what receivers make of it."""

import os
import sys
from contextlib import closing

from ..rule import SEVERITIES, chosen
from .explain import explanation
from .jobs import audited
from .progress import Bar
from .reports import FORMATS, report_class
from .sources import Sources
from .summary import Summary
from .visible import visible

FOUND, UNREAD, INTERRUPTED = 1, 2, 130


def add(commands):
    """Add the command to those of an ``argparse`` parser."""
    parser = commands.add_parser(
        "check",
        help="say what is wrong with mails, what receivers make of it, and how it should be",
        epilog="Exit status: 0 nothing found, 1 something found, 2 a file could not be read or the command is wrong.",
    )
    paths = "a mail, an mbox, a Maildir, a folder of them, or - for standard input (default)"
    parser.add_argument("paths", nargs="*", metavar="PATH", help=paths)
    _add_what(parser.add_argument_group("what is looked for"))
    _add_told(parser.add_argument_group("how it is told"))
    _add_done(parser.add_argument_group("how it is done"))
    parser.set_defaults(command=run)


def _add_what(group):
    of_rules = {"type": _words, "action": "extend", "default": [], "metavar": "RULES"}
    group.add_argument("--select", help="these rules or groups alone", **of_rules)
    group.add_argument("--ignore", help="not these rules or groups", **of_rules)
    group.add_argument("--severity", choices=SEVERITIES, default="note", help="the least that counts (note)")
    group.add_argument("--utf8", action="store_true", help="the mails go by SMTPUTF8 (RFC 6532)")
    columns = "columns beyond which a line has to be folded (78); 0 for 998"
    group.add_argument("--max-line-length", type=_at_least(0), default=78, metavar="N", help=columns)
    group.add_argument("--explain", metavar="RULE", help="say what a rule or a group is about, and nothing else")


def _add_told(group):
    group.add_argument("--format", choices=FORMATS, default="text", help="(text)")
    group.add_argument("--output", metavar="FILE", help="write to a file, not to standard output")
    group.add_argument(
        "--details", type=_at_least(0), default=3, metavar="N", help="text: the first N of each rule in full (3)"
    )
    group.add_argument("-q", "--quiet", action="store_true", help="text: the summary alone")


def _add_done(group):
    group.add_argument("--jobs", type=_at_least(0), default=1, metavar="N", help="processes (1); 0 for one each processor")
    group.add_argument("--no-progress", action="store_true", help="no bar on a terminal")


def run(options):
    """Check the mails; the exit status."""
    try:
        chosen([*options.select, *filter(None, [options.explain])], options.ignore)
    except ValueError as error:
        return _wrong(error)
    try:
        if options.explain:
            print(explanation(options.explain), end="")
            return 0
        return _checked(options)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is flushed at the end
        return UNREAD
    except KeyboardInterrupt:
        return INTERRUPTED


def _checked(options):
    try:
        make_report = report_class(options.format)
    except ImportError as error:
        return _wrong(f'--format {options.format} needs {error.name}: pip install "msgidpolicy[check]"')
    if options.output is None:
        encoding = None if options.format == "text" else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")
        return _reported(make_report, sys.stdout, options)
    try:
        stream = open(options.output, "w", encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        return _wrong(f"{options.output}: {error.strerror}")
    with stream:
        return _reported(make_report, stream, options)


def _reported(make_report, stream, options):
    sources, summary = Sources(options.paths or ["-"]), Summary()
    keywords = {name: getattr(options, name) for name in ("select", "ignore", "severity", "max_line_length", "utf8")}
    found = audited(sources.mails(), keywords, options.jobs or os.cpu_count() or 1)
    with Bar(sources, stream, not options.no_progress) as bar, closing(found):
        report = make_report(bar.stream, options)
        for place, findings in found:
            summary.add(findings)
            if findings:
                report.mail(place, findings)
            bar.step()
    summary.unread, summary.skipped = sources.unread, sources.skipped
    report.end(summary)
    stream.flush()
    return _status(summary)


def _status(summary):
    for path in summary.skipped:
        _say(f"{path}: not a mail, left out")
    for path, reason in summary.unread:
        _say(f"{path}: {reason}")
    if not summary.mails and not summary.unread:
        _say("no mail is there")
    return UNREAD if summary.unread else FOUND if summary.findings else 0


def _wrong(reason):
    _say(reason)
    return UNREAD


def _say(text):
    print(f"msgidpolicy check: {visible(str(text))}", file=sys.stderr)


def _words(text):
    return [word for word in text.replace(" ", ",").split(",") if word]


def _at_least(least):
    def number(text):
        if int(text) < least:
            raise ValueError
        return int(text)

    return number
