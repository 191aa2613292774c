"""One digest of what fields made at random become, under every syntax, style and limit: equal before and after a change
that is to change no octet.

    python digest.py [COUNT [SEED]]
"""

import hashlib
import random
import sys
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from generated import Fields  # noqa: E402

import msgidpolicy  # noqa: E402
from msgidpolicy import FieldError  # noqa: E402

LIMITS = [78, 78, 78, 78, 0, None, 998, 76, 60, 40, 30, 20, 14, 13, 5, 1, 120, 500, 997]
#: Each syntax has the values of each other, too: a name of one, and what its fields hold.
NAMES = [
    "Subject",
    "Keywords",
    "To",
    "Content-Type",
    "Content-Disposition",
    "References",
    "Received",
    "DKIM-Signature",
    "X-Own",
]


def policies(choose):
    """Any number of policies."""
    while True:
        yield msgidpolicy.MsgIdPolicy(
            max_line_length=choose(LIMITS),
            linesep=choose(["\r\n", "\r\n", "\n", ""]),
            utf8=choose([False, False, True]),
            refold_source=choose(["all", "all", "long", "none"]),
            protected_headers=choose([(), (), {"x-own", "x-note"}]),
        )


def outcome(policy, name, value, is_read):
    """What a field becomes and what its header object shows, or the error."""
    try:
        if not is_read:
            name, value = policy.header_store_parse(name, value)
        return policy.fold_binary(name, value), str(policy.header_fetch_parse(name, value))
    except FieldError as error:
        return type(error).__name__, error.name, error.offset, error.reason


def main(count=1_000_000, seed=1):
    warnings.simplefilter("ignore")
    choose, fields, digest = random.Random(seed).choice, Fields(seed), hashlib.sha256()
    for number, policy in zip(range(count), policies(choose)):
        name, value = fields()
        if number % 5 == 4:
            name = choose(NAMES)
        is_read = number % 3 == 2
        if is_read and choose([True, True, False]):
            value = value.encode("utf-8").decode("ascii", "surrogateescape")
        digest.update(repr(outcome(policy, name, value, is_read)).encode("utf-8", "surrogatepass"))
    print(f"{sys.version.split()[0]}: {count:,} fields, seed {seed}: {digest.hexdigest()}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
