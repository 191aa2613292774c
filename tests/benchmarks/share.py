"""Where the time of one message goes: set 15 headers and as_bytes(), by cProfile, a share for each file.

python share.py
"""

import collections
import cProfile
import itertools
import pstats
from pathlib import Path

from messages import set_and_send, varied_fields

import msgidpolicy


def main():
    messages = itertools.cycle(list(varied_fields()))
    profile = cProfile.Profile()
    profile.runcall(lambda: [set_and_send(msgidpolicy.SMTP, messages) for _ in range(5000)])
    shares = collections.Counter()
    for (path, _, function), (_, _, own, _, _) in pstats.Stats(profile).stats.items():
        folder = Path(path).parent.name
        here = "the C core and its binding" if "_core." in function else "built-in functions" if path == "~" else None
        shares[here or (f"msgidpolicy/{Path(path).name}" if folder == "msgidpolicy" else Path(path).name)] += own
    for name, own in shares.most_common(8):
        print(f"{name:30}{own / sum(shares.values()):7.1%}")


if __name__ == "__main__":
    main()
