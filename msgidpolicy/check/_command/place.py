"""Where a mail stands."""

from typing import NamedTuple


class Place(NamedTuple):
    """Where a mail stands.

    Attributes:
        path (str): the file; ``<stdin>`` for standard input.
        line (int): the line of the file that is the mail's first, from 1.
        number (int): which mail of its mbox it is, from 1; 0 where the file is one mail.
    """

    path: str
    line: int = 1
    number: int = 0
