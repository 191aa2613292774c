"""Send mail by a fleet: Celery, a broker of Redis, 4 worker processes, Flask-Mail and Django, one SMTP server.

    python tests/fleet/run.py [MESSAGES]     # 20,000, half of them by each

It needs celery[redis], Django, Flask-Mail and redis-server. Exit status 1 where a message is lost, comes twice, has the
Message-ID of another, or is not folded right.
"""

import email
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import hostile  # noqa: E402
from judge import judge  # noqa: E402
from whole_mail import fields_of  # noqa: E402

import msgidpolicy  # noqa: E402

WORKERS = 4
PATIENCE = 60  # seconds without a message that end the run
FIELDS = {name: hostile.HEADERS[name] for name in ("In-Reply-To", "References", "List-Unsubscribe")}


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def subject(number):
    return f"Nº {number}: {hostile.SUBJECT}"


def enqueue(count):
    """Hand the messages to the broker, by turns of Flask-Mail and of Django."""
    import tasks
    from django.core.mail import EmailMessage

    with tasks.flask_app.app_context():
        for number in range(count):
            if number % 2:
                message = EmailMessage(subject(number), "Hello\n", hostile.FROM, hostile.TO[:5], headers=dict(FIELDS))
                tasks.send_django.delay(message)
            else:
                message = msgidpolicy.Message(
                    subject(number), recipients=hostile.TO[:5], sender=hostile.FROM, body="Hello\n", extra_headers=dict(FIELDS)
                )
                tasks.send_flask.delay(message)


def wait_for(server, count):
    """Until all have come, or none has for long."""
    seen, since = 0, time.monotonic()
    while len(server.received) < count and time.monotonic() - since < PATIENCE:
        if len(server.received) > seen:
            seen, since = len(server.received), time.monotonic()
        time.sleep(0.2)


def broken_rules(octets):
    """What is wrong with the fields of a message that arrived."""
    found = [f"{finding.field}: {finding.reason}" for finding in msgidpolicy.audit(octets)]
    for field in fields_of(octets):
        if field.name in FIELDS:
            found += judge(field.name, FIELDS[field.name], field.octets)
    return found


def report(received, count):
    """Print the figures; True where all is right."""
    messages = [email.message_from_bytes(octets, policy=email.policy.default) for octets in received]
    numbers = Counter(int(re.match(r"Nº (\d+): ", message["Subject"])[1]) for message in messages)
    ids = Counter(message["Message-ID"] for message in messages)
    changed = sum(message["Subject"].partition(": ")[2] != hostile.SUBJECT for message in messages)
    broken = [rules for rules in map(broken_rules, received) if rules]
    figures = {
        "lost": count - len(numbers),
        "twice": sum(numbers.values()) - len(numbers),
        "ids of another": sum(ids.values()) - len(ids),
        "ids on another domain": sum(not one.endswith("@mail.example.com>") for one in ids),
        "other subjects": changed,
        "not folded right": len(broken),
    }
    print(f"{len(received)} messages of {count}:", ", ".join(f"{number} {what}" for what, number in figures.items()))
    for rules in broken[:3]:
        print("   ", rules)
    return not any(figures.values())


def main(count=20_000):
    directory = tempfile.mkdtemp()
    redis_port = free_port()
    with hostile.Server() as server:
        os.environ.update(
            FLEET_SMTP_PORT=str(server.port), FLEET_BROKER=f"redis://127.0.0.1:{redis_port}/0", PYTHONWARNINGS="ignore"
        )
        warnings.simplefilter("ignore")
        redis = subprocess.Popen(
            ["redis-server", "--port", str(redis_port), "--bind", "127.0.0.1", "--save", "", "--dir", directory],
            stdout=subprocess.DEVNULL,
        )
        command = [sys.executable, "-m", "celery", "-A", "tasks", "worker", f"--concurrency={WORKERS}", "--loglevel=error"]
        environment = {**os.environ, "PYTHONPATH": str(HERE), "C_FORCE_ROOT": "1"}
        workers = subprocess.Popen(command, cwd=HERE, env=environment, stdout=subprocess.DEVNULL)
        try:
            begun = time.monotonic()
            enqueue(count)
            print(f"enqueued in {time.monotonic() - begun:.0f} s", flush=True)
            wait_for(server, count)
            print(f"sent by {WORKERS} processes in {time.monotonic() - begun:.0f} s", flush=True)
            time.sleep(1)  # for one that comes twice
        finally:
            for process in (workers, redis):
                process.terminate()
                process.wait(30)
            shutil.rmtree(directory, ignore_errors=True)
        return 0 if report(server.received, count) else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
