"""What the parser of the Python that runs this sees in each file, its default policy: a line of JSON each."""

import json
import sys
from email import message_from_binary_file, policy


def raw(message, name):
    return ["".join(str(value).splitlines()) for value in message.get_all(name, [])]


def seen(message):
    found = {name: [str(value) for value in message.get_all(name, [])] for name in ("subject", "comments", "x-text")}
    for name in ("from", "to", "cc", "reply-to"):
        found[name] = [[one.display_name, one.addr_spec] for value in message.get_all(name, []) for one in value.addresses]
    for name in ("message-id", "references", "in-reply-to"):
        found[name] = " ".join(raw(message, name)).split()
    for name in ("list-unsubscribe", "dkim-signature"):
        found[name] = raw(message, name)
    parts = [part for part in message.walk() if part["Content-Disposition"]]
    found["filename"] = [part.get_filename("") for part in parts]
    found["content-id"] = [str(part.get("Content-ID", "")) for part in parts]
    return found


for name in sys.argv[1:]:
    with open(name, "rb") as file:
        try:
            answer = seen(message_from_binary_file(file, policy=policy.default))
        except Exception as error:  # what its parser raises on, it cannot read
            answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer))
