"""A broken rule: as the checks find it, and as it is told."""

from dataclasses import dataclass
from typing import NamedTuple


class Fault(NamedTuple):
    """What a check yields.

    Attributes:
        rule (str): the name of the rule that is broken.
        start, end (int): the octets at fault, as offsets into the octets of the message.
        reason (str): what is wrong, where the rule does not say it well enough.
    """

    rule: str
    start: int
    end: int
    reason: str = ""


@dataclass(frozen=True)
class Finding:
    """A broken rule of a message.

    Attributes:
        rule (str): its name.
        severity (str): "error", "warning" or "note".
        line (int): the line in the message, from 1.
        field (str): the name of the field, as it is written; empty where it is no field.
        part (str): the part of the message that it is found in, numbered as in IMAP ("2.1"); empty in the message's own header.
        octets (bytes): the line, without its end.
        start, end (int): the octets of it that are at fault.
        reason (str): what is wrong.
        clause (str): where that is written.
        effect (tuple of str): what receivers make of it.
        sender (str): what program writes so, where that is sure; or empty.
        was (bytes): the whole field, with its line ends; empty where it is no field.
        mended (bytes or None): the field as it should be; None where that would be a guess.
        count (int): how often the rule is broken in this field, or in this body.
        path (str): the file; empty where there is none.
    """

    rule: str
    severity: str
    line: int
    field: str
    part: str
    octets: bytes
    start: int
    end: int
    reason: str
    clause: str
    effect: "tuple[str, ...]" = ()
    sender: str = ""
    was: bytes = b""
    mended: "bytes | None" = None
    count: int = 1
    path: str = ""
