"""An mbox, cut into its mails while it is read (RFC 4155, appendix A)."""

import io
import re

BEGINNING = b"From "
_PIECE = 1 << 18
_LONGEST_LINE = 1 << 16  # a longer one is cut, and begins no mail
# As programs write it: an address, or what stands for one, and a date as of asctime(), with or without a zone.
FROM_LINE = re.compile(
    rb"From [^\n]*[^\s,] +(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )"
    rb"(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]?\d"
    rb"|\d?\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
    rb"[^\n]*\d:\d\d"
)


def mails_of(head, stream):
    """Cut an mbox of any kind (mboxo, mboxrd): a mail begins after a ``From`` line with an address and a date, which is the
    first line or stands after an empty one.

    The ``>`` before such a line in a body stays; the empty line before a ``From`` line does not belong to the mail.

    Args:
        head (bytes): what was read of it already; it begins with ``From``.
        stream (binary stream): the rest. It is read by pieces; no more than one mail is kept, and that once.

    Yields:
        tuple: the line of the mbox that is the mail's first (int, from 1), and the mail (bytes).
    """
    mail, first, line, before = None, 1, 1, b"\n\n"
    for piece in _pieces(head, stream):
        at = 0
        for start in _candidates(piece):
            end_of_mail = _empty_line(before + piece[:start] if start < 3 else piece[start - 3 : start])
            if not end_of_mail or mail and not FROM_LINE.match(piece, start):
                continue
            if mail:
                yield first, _closed(mail, piece[at:start], len(end_of_mail))
            after = piece.find(b"\n", start) + 1 or len(piece)
            line += piece.count(b"\n", at, after)
            mail, first, at = io.BytesIO(), line, after
        mail.write(memoryview(piece)[at:])
        line += piece.count(b"\n", at)
        before = (before + piece[-3:])[-3:]
    yield first, mail.getvalue()


def _pieces(head, stream):
    """The octets in pieces that end where a line does, unless that is too long."""
    piece = head
    while piece:
        if not piece.endswith(b"\n"):
            piece += stream.readline(_LONGEST_LINE)
        yield piece
        piece = stream.read(_PIECE)


def _candidates(piece):
    """The places of ``From`` at the beginning of a line."""
    if piece.startswith(BEGINNING):
        yield 0
    at = piece.find(b"\n" + BEGINNING)
    while at >= 0:
        yield at + 1
        at = piece.find(b"\n" + BEGINNING, at + 1)


def _empty_line(octets):
    """The empty line at the end of these octets, or nothing."""
    return next((line for line in (b"\r\n", b"\n") if octets.endswith(b"\n" + line)), b"")


def _closed(mail, octets, surplus):
    """The octets of a mail with these at its end, but for the last ones."""
    mail.write(octets)
    mail.truncate(mail.tell() - surplus)
    return mail.getvalue()
