"""``msgidpolicy check``: what is wrong with mails, and what receivers make of it."""
import os
import sys
from contextlib import closing

from .explain import explanation
from .jobs import audited
from .progress import Bar
from .reports import FORMATS, report_class
from .rule import SEVERITIES, chosen
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
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="a mail, an mbox, a Maildir, a folder of them, or - for standard input (default)"
    )
    parser.add_argument("--select", type=_words, action="extend", default=[], metavar="RULES", help="look for these rules or groups alone")
    parser.add_argument("--ignore", type=_words, action="extend", default=[], metavar="RULES", help="leave these rules or groups out")
    parser.add_argument("--severity", choices=SEVERITIES, default="note", help="the least that counts (note)")
    parser.add_argument("--utf8", action="store_true", help="the mails go by SMTPUTF8 (RFC 6532)")
    parser.add_argument(
        "--max-line-length", type=_at_least(0), default=78, metavar="N", help="columns beyond which a line has to be folded (78); 0 for 998"
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to tell it (text)")
    parser.add_argument("--output", metavar="FILE", help="write to a file, not to standard output")
    parser.add_argument("--details", type=_at_least(0), default=3, metavar="N", help="text: of each rule, tell the first N in full (3)")
    parser.add_argument("--quiet", "-q", action="store_true", help="text: the summary alone")
    parser.add_argument("--jobs", type=_at_least(0), default=1, metavar="N", help="processes (1); 0 for one each processor")
    parser.add_argument("--no-progress", action="store_true", help="no bar on a terminal")
    parser.add_argument("--explain", metavar="RULE", help="say what a rule or a group is about, and nothing else")
    parser.set_defaults(command=run)


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
        return _wrong(f"--format {options.format} needs {error.name}: pip install 'msgidpolicy[check]'")
    if options.output is None:
        encoding = None if options.format == "text" else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")
        return _reported(make_report(sys.stdout, options), options)
    try:
        stream = open(options.output, "w", encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        return _wrong(f"{options.output}: {error.strerror}")
    with stream:
        return _reported(make_report(stream, options), options)


def _reported(report, options):
    sources, summary = Sources(options.paths or ["-"]), Summary()
    keywords = {name: getattr(options, name) for name in ("select", "ignore", "severity", "max_line_length", "utf8")}
    found = audited(sources.mails(), keywords, options.jobs or os.cpu_count() or 1)
    with Bar(sources, not options.no_progress) as bar, closing(found):
        for place, findings in found:
            summary.add(findings)
            if findings:
                bar.make_room()
                report.mail(place, findings)
            bar.step()
    summary.unread, summary.skipped = sources.unread, sources.skipped
    report.end(summary)
    report.stream.flush()
    return _status(summary)


def _status(summary):
    for path in summary.skipped:
        _say(f"{path}: not a mail, left out")
    for path, reason in summary.unread:
        _say(f"{path}: {reason}")
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
