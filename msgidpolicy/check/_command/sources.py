"""The mails of files, mboxes, Maildirs, folders of them, and standard input."""

import codecs
import io
import os
import re
import shutil
import stat
import sys

from . import mbox
from .place import Place

STANDARD_INPUT = "<stdin>"
_HEAD = 1 << 14
_FIRST_LINES = 10
_FIELD = re.compile(rb"[A-Za-z][!-9;-~]*[ \t]*:")
_HERE = os.path.join(os.curdir, "")
_MAILDIR = {"cur", "new"}
_OUTLOOK = b"\xd0\xcf\x11\xe0"


class Sources:
    """The mails that stand in paths.

    Attributes:
        unread (list of tuple of str): path and reason of each file that could not be read, or that was named and is not a mail.
        skipped (list of str): path of each file of a folder that is not a mail.
        octets (int): how many were read.
    """

    def __init__(self, paths):
        self._paths = paths
        self.unread, self.skipped, self.octets = [], [], 0

    def size(self):
        """The octets (int) of all files; None where nobody knows."""
        if "-" in self._paths:
            return None
        size = 0
        for path, _ in Sources(self._paths).files():
            try:
                size += os.stat(path).st_size
            except OSError:
                pass  # it will be said when it is read
        return size

    def mails(self):
        """Yield (Place, bytes) of each mail, in the order of the paths, and in a folder of the names."""
        for path, is_named in self.files():
            try:
                if path == "-":
                    yield from self._mails_of(STANDARD_INPUT, sys.stdin.buffer, is_named)
                else:
                    with open(path, "rb") as stream:
                        yield from self._mails_of(path, stream, is_named)
            except OSError as error:
                self._not_read(path, error)

    def files(self):
        """Yield path, and whether it was named itself, of each file."""
        for path in self._paths:
            if path != "-" and os.path.isdir(path):
                yield from ((file, False) for file in files_in(path, self._not_read))
            else:
                yield path, True

    def _mails_of(self, path, stream, is_named):
        head = stream.read(_HEAD)
        counted = _Counted(self, stream)
        self.octets += len(head)
        head = head.removeprefix(codecs.BOM_UTF8)  # a mark of the file's, no part of a mail
        if head.startswith(mbox.BEGINNING):
            number = 0
            for line, octets in mbox.mails_of(head, counted):
                number += 1
                yield Place(path, line, number), octets
                del octets  # before the next mail is read
        elif _is_mail(head):
            yield Place(path), _whole(head, counted)
        elif is_named:
            self.unread.append((path, why_no_mail(head)))
        else:
            self.skipped.append(path)

    def _not_read(self, path, error):
        self.unread.append((path, error.strerror or str(error)))


class _Counted:
    """A stream that adds what is read of it to the octets of the sources."""

    def __init__(self, sources, stream):
        self._sources, self._stream = sources, stream

    def read(self, size):
        return self._add(self._stream.read(size))

    def readline(self, size):
        return self._add(self._stream.readline(size))

    def _add(self, octets):
        self._sources.octets += len(octets)
        return octets


def why_no_mail(head):
    """What to say (str) of a file that was named and is not a mail, by its first octets (bytes)."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "a text in UTF-16; save the mail as it came (.eml)"
    return "an Outlook message (.msg); save it as .eml" if head.startswith(_OUTLOOK) else "not a mail"


def files_in(top, not_read):
    """Yield the path of each file of a folder, in the order of the names.

    Hidden files and folders are left out, but for folders of a Maildir++; so is what a Maildir keeps beside mails.

    Args:
        top (str): the folder.
        not_read (callable): is called with a path and the OSError of what cannot be read.
    """
    for folder, folders, names in os.walk(top, onerror=lambda error: not_read(error.filename, error)):
        is_maildir = set(folders) >= _MAILDIR
        folders[:] = sorted(name for name in folders if _is_walked(os.path.join(folder, name), is_maildir))
        for name in sorted(() if is_maildir else names):
            path = os.path.join(folder, name).removeprefix(_HERE)
            if not name.startswith(".") and _is_file(path, not_read):
                yield path


def _is_file(path, not_read):
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError as error:
        not_read(path, error)
        return False


def _is_walked(path, in_maildir):
    name = os.path.basename(path)
    if name.startswith("."):
        return os.path.isdir(os.path.join(path, "cur"))
    return not (in_maildir and name == "tmp")


def _is_mail(head):
    """Does a field begin in its first lines?"""
    for line in head.lstrip(b"\r\n").split(b"\n", _FIRST_LINES)[:_FIRST_LINES]:
        if _FIELD.match(line):
            return True
        if not line.strip() or b"\0" in line:
            return False
    return False


def _whole(head, stream):
    """All of a stream. A BytesIO gives what it holds without a copy."""
    mail = io.BytesIO()
    mail.write(head)
    shutil.copyfileobj(stream, mail)
    return mail.getvalue()
