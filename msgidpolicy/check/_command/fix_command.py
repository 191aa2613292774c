"""``msgidpolicy fix``: mails with what is wrong in them mended, where that is no guess."""

import os
import sys

from ..fix import fix
from ..rule import chosen
from .mail_file import Replacement, begins_mail, mails_of
from .sources import files_in, why_no_mail

_STANDARD_INPUT = "-"
UNREAD = 2


def add(commands):
    """Add the command to those of an ``argparse`` parser."""
    parser = commands.add_parser(
        "fix",
        help="mend in mails what can be mended without a guess; without a PATH a filter of standard input",
        epilog="Exit status: 0, or 2 where a file could not be read or written or the command is wrong.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="a mail, an mbox, a Maildir or a folder of them")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--output", metavar="FOLDER", help="write the files there, under their names")
    where.add_argument("--in-place", action="store_true", help="change the files themselves")
    parser.add_argument("--signed", action="store_true", help="change what a signature (DKIM, ARC) covers, too")
    rules = {"type": _words, "action": "extend", "default": [], "metavar": "RULES"}
    parser.add_argument("--select", help="mend these rules or groups alone", **rules)
    parser.add_argument("--ignore", help="leave these rules or groups alone", **rules)
    parser.add_argument("--utf8", action="store_true", help="the mails go by SMTPUTF8 (RFC 6532)")
    limit = "columns beyond which a line has to be folded (78); 0 for 998"
    parser.add_argument("--max-line-length", type=_columns, default=78, metavar="N", help=limit)
    parser.add_argument("--quiet", "-q", action="store_true", help="do not say what was changed and what was left")
    parser.set_defaults(command=run)


def run(options):
    """Fix the mails; the exit status."""
    try:
        chosen(options.select, options.ignore)
    except ValueError as error:
        return _wrong(error)
    paths = options.paths or [_STANDARD_INPUT]
    is_filter = not options.output and not options.in_place
    if is_filter and (len(paths) > 1 or os.path.isdir(paths[0])):
        return _wrong("more than one file needs --output FOLDER or --in-place")
    if not is_filter and _STANDARD_INPUT in paths:
        return _wrong("standard input goes to standard output")
    command = _Command(options)
    if is_filter:
        command.filter(paths[0])
    else:
        for path in paths:
            command.fix_path(path)
    return UNREAD if command.has_failed else 0


class _Command:
    """One call of the command, which goes on when a file cannot be read or written.

    Attributes:
        has_failed (bool): there was one.
    """

    def __init__(self, options):
        self.has_failed = False
        self._options = options
        self._written = set()

    def filter(self, path):
        """Write what a file, or standard input, holds to standard output."""
        try:
            if path == _STANDARD_INPUT:
                self._fix("<stdin>", sys.stdin.buffer, sys.stdout.buffer)
            else:
                with open(path, "rb") as stream:
                    self._fix(path, stream, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        except OSError as error:
            self._failed(path, error)

    def fix_path(self, path):
        """Fix each file of a path: of a folder those that ``check`` looks at."""
        is_folder = os.path.isdir(path)
        files = list(files_in(path, self._failed)) if is_folder else [path]  # before there are new ones
        for file in files:
            name = os.path.relpath(file, path) if is_folder else os.path.basename(path)
            target = file if self._options.in_place else os.path.join(self._options.output, name)
            self._fix_file(file, target, is_named=not is_folder)

    def _fix_file(self, file, target, is_named):
        try:
            if os.path.realpath(target) in self._written:
                raise OSError(f"another file of this name was written to {target}")
            with open(file, "rb") as stream:
                head = stream.peek()
                if begins_mail(head):
                    self._replace(file, stream, target)
                elif is_named:
                    raise OSError(why_no_mail(head))
                else:
                    _say(f"{file}: not a mail, left out")
        except OSError as error:
            self._failed(file, error)

    def _replace(self, file, stream, target):
        os.makedirs(os.path.dirname(target) or ".", exist_ok=True)
        with Replacement(target, file) as new:
            is_changed = self._fix(file, stream, new.stream)
            if is_changed or not self._options.in_place:
                new.put()
        self._written.add(os.path.realpath(target))

    def _fix(self, path, stream, output):
        """Write what a stream holds, with each mail fixed; was any changed?"""
        line, is_changed = 1, False
        for separator, octets in mails_of(stream):
            line += separator.count(b"\n")
            fixed = self._fixed(octets)
            output.write(separator)
            output.write(fixed.message)
            is_changed = is_changed or bool(fixed.changes)
            if not self._options.quiet:
                _tell(path, line - 1, fixed)
            line += octets.count(b"\n")
        return is_changed

    def _fixed(self, octets):
        options = self._options
        return fix(
            octets,
            signed=options.signed,
            select=options.select,
            ignore=options.ignore,
            utf8=options.utf8,
            max_line_length=options.max_line_length,
        )

    def _failed(self, path, error):
        self.has_failed = True
        _say(f"{path}: {error.strerror or error}")


def _tell(path, lines_before, fixed):
    """Say what was changed and what was left, a line each, in the order of the lines."""
    told = [(change.line, change.field, f"mended: {', '.join(change.rules)}") for change in fixed.changes]
    for finding, why in fixed.left:
        told.append((finding.line, finding.field, f"left: {finding.rule}: {finding.reason}; {why}"))
    for line, field, text in sorted(told, key=lambda item: item[0]):
        _say(f"{path}:{line + lines_before}: {field + ': ' if field else ''}{text}")


def _wrong(reason):
    _say(f"msgidpolicy fix: {reason}")
    return UNREAD


def _say(text):
    """Say a line on standard error; what would control a terminal is shown as Python writes it."""
    shown = "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)
    print(shown.encode("ascii", "backslashreplace").decode(), file=sys.stderr)


def _words(text):
    return [word for word in text.replace(" ", ",").split(",") if word]


def _columns(text):
    if int(text) < 0:
        raise ValueError
    return int(text)
