"""Two rows of messages.py in instructions, counted by valgrind: 15 headers set and written, without and with a text.

python messages_instructions.py
"""

import itertools
import os
import re
import subprocess
import sys

from messages import POLICIES, a_text, made_by_class, set_and_send, varied_fields, with_content

FEW, MANY = 10, 60  # messages: what is counted of the one and not of the other is those between


def make(label, has_text, times):
    messages = itertools.cycle(list(varied_fields()))
    for _ in range(times):
        if label in POLICIES:
            (with_content if has_text else set_and_send)(POLICIES[label], messages)
        else:
            made_by_class(a_text if has_text else None, messages)


def counted(label, has_text, times):
    """The instructions of a process that makes so many messages."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", sys.executable, __file__]
    arguments = label, str(int(has_text)), str(times)
    run = subprocess.run([*command, *arguments], env={**os.environ, "PYTHONHASHSEED": "0"}, stderr=subprocess.PIPE, check=True)
    return int(re.search(rb"Collected : (\d+)", run.stderr)[1])


def main():
    for has_text, row in enumerate(("15 headers set, as_bytes()", "15 headers, set_content(), as_bytes()")):
        print(row)
        first = None
        for label in (*POLICIES, "msgidpolicy.EmailMessage"):
            count = (counted(label, has_text, MANY) - counted(label, has_text, FEW)) / (MANY - FEW)
            first = first or count
            print(f"  {label:30}{count:14,.0f}{first / count:8.1f}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        make(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
