"""The octets of memory that a message keeps, by the standard library and by msgidpolicy: parsed, and five fields read.

python memory.py
"""

import email
import email.policy
import gc
import tracemalloc
from email.message import EmailMessage

from messages import FIELDS, TEXT

import msgidpolicy

COUNT = 50
POLICIES = {"standard library": email.policy.SMTP, "compat32": email.policy.compat32, "msgidpolicy": msgidpolicy.SMTP}


def message(policy):
    made = EmailMessage(policy=policy)
    for name, value in FIELDS:
        made[name] = value
    made.set_content(TEXT)
    return made


def read(messages):
    for made in messages:
        for name in ("From", "To", "Subject", "Date", "Message-ID"):
            str(made[name])


def kept(make, use=None):
    """The octets that each of COUNT messages keeps."""
    make()
    gc.collect()
    tracemalloc.start()
    messages = [make() for _ in range(COUNT)]
    if use:
        use(messages)
    gc.collect()
    octets = tracemalloc.get_traced_memory()[0] // COUNT
    tracemalloc.stop()
    return octets


def main():
    source = message(msgidpolicy.SMTP).as_bytes()
    print(f"{'':20}{'set':>10}{'parsed':>10}{'and read':>10}")
    for label, policy in POLICIES.items():
        made = f"{kept(lambda: message(policy)):10,}" if policy is not email.policy.compat32 else f"{'':10}"
        parsed = [kept(lambda: email.message_from_bytes(source, policy=policy), use) for use in (None, read)]
        print(f"{label:20}{made}{parsed[0]:10,}{parsed[1]:10,}")


if __name__ == "__main__":
    main()
