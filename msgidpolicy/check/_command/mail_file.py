"""Files of mails that are written anew: a mail, or an mbox (RFC 4155, appendix A)."""

import codecs
import contextlib
import os
import shutil
import tempfile

from .._mail.field import begins_field
from .mbox import BEGINNING, FROM_LINE

_EMPTY = (b"\n", b"\r\n")


def mails_of(stream):
    """Yield what a binary stream holds: pairs of a ``From`` line, or nothing, and a mail, both as they came (bytes).

    A stream that begins with a ``From`` line is an mbox, and is cut where ``mbox`` cuts it; here the empty line before
    such a line belongs to the mail before.
    """
    first = stream.readline()
    mark = codecs.BOM_UTF8 if first.startswith(codecs.BOM_UTF8) else b""  # the file's, no part of a mail
    if not first.startswith(mark + BEGINNING):
        yield mark, first[len(mark) :] + stream.read()
        return
    separator, lines, may_begin = first, [], False
    for line in stream:
        if may_begin and FROM_LINE.match(line):
            yield separator, b"".join(lines)
            separator, lines = line, []
        else:
            lines.append(line)
        may_begin = line in _EMPTY
    yield separator, b"".join(lines)


def begins_mail(octets):
    """Is this (bytes) the beginning of a mail or an mbox, and not of some other file?"""
    octets = octets.removeprefix(codecs.BOM_UTF8)
    return octets.startswith(BEGINNING) or begins_field(octets.partition(b"\n")[0])


class Replacement:
    """What a file is to hold from now on: a file beside that, which takes its name when all is written and with the disk, so
    that there is always the one or the other. In a ``with``: left without ``put()``, it is gone.

    Args:
        target (str): the file; a symbolic link stays one.
        source (str): the file whose mode, owner and times the new one gets.

    Attributes:
        stream (binary stream): to write to.
    """

    def __init__(self, target, source):
        self._target, self._source = os.path.realpath(target), source

    def __enter__(self):
        # Programs that read a Maildir or a folder leave out what begins with a dot.
        descriptor, self._path = tempfile.mkstemp(prefix=".", suffix=".fix", dir=os.path.dirname(self._target))
        self.stream = os.fdopen(descriptor, "wb")
        return self

    def put(self):
        """Put it in the place of the file."""
        self.stream.flush()
        os.fsync(self.stream.fileno())
        self.stream.close()
        _take_after(self._path, self._source)
        os.replace(self._path, self._target)
        self._path = None
        _sync(os.path.dirname(self._target))

    def __exit__(self, *_):
        self.stream.close()
        if self._path is not None:
            os.unlink(self._path)


def _take_after(path, source):
    status = os.stat(source)
    if hasattr(os, "chown"):
        with contextlib.suppress(PermissionError):  # only root gives files away
            os.chown(path, status.st_uid, status.st_gid)
    shutil.copystat(source, path)


def _sync(folder):
    """Have the disk keep the name, too, where the system can be asked for that."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
