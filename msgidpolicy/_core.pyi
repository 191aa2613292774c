"""The C core, for Python.  Functions only; every one may run in any thread, if no two share a pool.

Sizes and offsets count characters of the str given.  Each raises ``msgidpolicy.FieldError`` for a
value it refuses, ``TypeError`` for arguments of another type, ``MemoryError``.
"""

from collections.abc import Callable
from email.message import Message

def fold(
    name: str,
    value: str,
    max_line_length: int | None,
    linesep: str,
    utf8: bool,
    read: bool,
    protected: bool,
    keep: bool,
    known: int = 0,
    /,
) -> bytes:
    """The field ``name: value`` as octets, folded, with a line's end.

    ``max_line_length`` counts columns; 0 and None stand for the 998 octets of RFC 5322, 2.1.1.
    ``read`` says that the value was read, so that its grammar is no reason to refuse it;
    ``protected`` that a name in no RFC is to be folded as tokens; ``keep`` that encoded-words of a value
    that was read stay as they came, be they over 75 octets or cut within a character; ``known`` is what
    ``show`` has found out of a value that was set.
    """

def fold_all(
    items: list[tuple[str, object]],
    other: Callable[[str, object], bytes],
    max_line_length: int | None,
    linesep: str,
    utf8: bool,
    keep: bool,
    /,
) -> bytes:
    """The fields of a message, one after the other, as ``fold`` makes them of what our header objects keep; ``other`` is
    asked for the octets of any other value. Raises what that raises.
    """

def set_field(message: Message, name: str, value: object, policy_class: type, registry_class: type, /) -> bool:
    """Append a field to a message: its name, and a header object for a value (str) that is checked and shown, as by ``show``.

    False, and nothing is appended, where Python's code has to do it: the value is no str, but one of another class; the
    message's policy is of another class than this one, its ``header_factory`` than that of registries, or the message has no
    list of fields; the registry has ``found`` a class of which the core cannot say what it shows; there are as many fields
    of this name as may be; a line end is to be taken off first.
    """

def find_field(items: list[tuple[str, object]], name: str, /) -> int:
    """The index of the first field of a name, whatever its case; -1 where there is none."""

def check(name: str, value: str, /) -> None:
    """Refuse a name outside of RFC 5322, 3.6.8, and a CR or LF in the value or in the text of an
    encoded-word in it.
    """

def show(name: str, value: str, view: int, is_set: bool, /) -> str | None | tuple[str | None, int]:
    """What header objects show of a value.  ``view`` is a number of ``mip_view``.  None where a line end stands
    at its very end, which is no part of it.

    A value that is set is checked first, as by ``check``; then a pair is returned, of that and of what is
    known of the value for ``fold``.
    """

def keep(name: str, after_colon: str, limit: int | None, linesep: str, /) -> bytes | None:
    """A field that was read in the lines that it came in, each with ``linesep``; None where one is longer than ``limit``
    (0 or None: 998 octets) or not US-ASCII, or a line end is no fold. ``after_colon`` is all that stood there, folds and all.
    """

def parts(value: str, view: int, /) -> list[tuple[int, str, str, str]]:
    """The parts of a value of addresses, of a media type, a disposition or a transfer encoding with its parameters, or of
    a version: the number of a ``mip_part_kind``, and its texts. ``view`` as for ``show``.
    """

def unfold(name: str, value: str, /) -> str:
    """The value without its folds (RFC 5322, 2.2.3).  Refuses any other line end."""

def syntax_of(name: str, /) -> str:
    """What the RFCs let a field hold: "unstructured", "phrases", "addresses", "parameters",
    "msg-ids", "tokens" or "tags".  The case of the name does not matter.
    """

def msg_ids(value: str, /) -> tuple[str, ...]:
    """Each ``<...>`` outside of comments and quoted-strings (RFC 5322, 3.6.4), in order."""

def make_msg_id(time_ns: int, pool: bytearray, idstring: str | None, domain: str, /) -> str:
    """``<time.random@domain>``, or ``<time.random.idstring@domain>`` with an idstring.

    ``time_ns`` is in nanoseconds since 1970, of which milliseconds count. The random part is 12 octets
    of the pool. That begins with ``forks()`` when it was filled, in 4 octets, and with how many such parts
    follow, in 2, big-endian both; the last part is taken. ``EOFError`` when there is none, or in another
    process. Refuses a domain or an idstring that is no dot-atom
    (RFC 5322, 3.2.3), with the offset in that.
    """

def forks() -> int:
    """How many forks lie between the process that loaded the module and this one, in 32 bits, and one more;
    0 where processes do not fork. Other than by ``os.register_at_fork``, a fork by C is counted.
    """

def base64(octets: bytes, columns: int, /) -> str:
    """The octets in base64 (RFC 2045, 6.8), in lines of at most so many digits, each with a LF behind it; ``""`` for none.
    ``ValueError`` for less than 4 columns.
    """

def quoted_printable(octets: bytes, columns: int, /) -> str:
    """A text, whose lines end in LF, in quoted-printable (RFC 2045, 6.7), in lines of at most so many columns. The last one
    has a LF behind it if it had one. ``ValueError`` for less than 4 columns.
    """

def longest_line(text: str, /) -> int:
    """The most octets of a line of a text, without the CRLF, CR or LF that ends it."""

def with_line_ends(text: str, linesep: str, /) -> bytes:
    """The text as octets, with ``linesep`` in the place of each CRLF, CR and LF."""
