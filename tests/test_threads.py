"""Threads side by side, with and without the GIL: what they share, and interpreters with a GIL of their own."""

import email
import email.message
import email.policy
import itertools
import os
import subprocess
import sys
import sysconfig
import threading

import pytest

import msgidpolicy
from msgidpolicy import _core, message_id

THREADS, ROUNDS = 8, int(os.environ.get("MSGIDPOLICY_ROUNDS", "60"))  # CI has 300
LONG_ID = f"<{'x' * 90}@mail.example.com>"
FIELDS = {
    "Subject": "Grüße – " + "Fortschritte der Arbeiten am neuen Büro " * 4,
    "To": "Zoë <zoe@example.com>, team: ann@example.com, bob@example.com;",
    "References": " ".join([LONG_ID] + [f"<{number}@example.com>" for number in range(20)]),
    "Date": "Mon, 02 Nov 2026 10:00:00 +0000",
    "Content-Type": "text/plain; charset=utf-8",
    "X-Own": "Ärger " * 30,
}
WITHOUT_GIL = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))


@pytest.fixture(autouse=True)
def switch_often():
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


def side_by_side(work, threads=THREADS, rounds=ROUNDS, meanwhile=None):
    """What the threads got, each calling ``work(round)`` that many times, all from the same moment on. ``meanwhile`` is
    called over and over until they have ended."""
    start, got, errors = threading.Barrier(threads), [], []

    def run():
        mine = []
        try:
            start.wait()
            for number in range(rounds):
                mine.append(work(number))
        except BaseException as error:
            errors.append(repr(error))
        got.extend(mine)

    workers = [threading.Thread(target=run) for _ in range(threads)]
    for worker in workers:
        worker.start()
    while meanwhile and any(worker.is_alive() for worker in workers):
        meanwhile()
    for worker in workers:
        worker.join()
    assert errors[:3] == []
    assert len(got) == threads * rounds
    return got


def fill(message, fields=FIELDS):
    for name, value in fields.items():
        message[name] = value
    return message


def said(message):
    """All that header objects of a message say."""
    to, date, kind = message["To"], message["Date"], message["Content-Type"]
    references = message["References"]
    return (
        [(name, str(value), [str(defect) for defect in value.defects]) for name, value in message.items()],
        [str(address) for address in to.addresses],
        [group.display_name for group in to.groups],
        date.datetime,
        kind.maintype,
        dict(kind.params),
        references.message_ids,
    )


@pytest.mark.skipif(not WITHOUT_GIL, reason="this Python has the GIL")
def test_the_gil_stays_off():
    code = "import sys, msgidpolicy; assert not sys._is_gil_enabled()"
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


def test_one_policy_is_for_all():
    expected = fill(msgidpolicy.EmailMessage()).as_bytes()
    assert set(side_by_side(lambda number: fill(msgidpolicy.EmailMessage()).as_bytes())) == {expected}


def test_policies_that_are_cloned_meanwhile_fold_as_they_say():
    def work(number):
        policy = msgidpolicy.SMTP.clone(max_line_length=60 + number)
        return number, fill(msgidpolicy.EmailMessage(policy)).as_bytes()

    expected = {work(number) for number in range(ROUNDS)}
    assert set(side_by_side(work)) == expected


def test_one_registry_is_asked_while_it_is_changed():
    policy = msgidpolicy.MsgIdPolicy(header_factory=msgidpolicy.FieldRegistry())
    registry, numbers = policy.header_factory, itertools.count()
    classes = [msgidpolicy.SMTP.header_factory[name] for name in ("To", "Subject")]

    def change():
        registry.map_to_type("X-Other", classes[next(numbers) % 2].__bases__[0])

    def work(number):
        message = msgidpolicy.EmailMessage(policy)
        message["To"] = message["X-Other"] = "ann@example.com, bob@example.com"
        message[f"X-{number}"] = "ü"
        return message.as_bytes()[:60], len(message["To"].addresses)

    assert len(set(side_by_side(work, meanwhile=change))) == 1
    registry.map_to_type("X-Other", classes[0].__bases__[0])
    assert registry["X-Other"] is not registry["X-Another"]


@pytest.mark.parametrize("is_parsed", [False, True], ids=["set", "parsed"])
def test_one_message_is_read_and_written(is_parsed):
    expected = said(fill(msgidpolicy.EmailMessage()))
    octets = fill(msgidpolicy.EmailMessage()).as_bytes()

    def new():
        if is_parsed:
            return email.message_from_bytes(octets, policy=msgidpolicy.SMTP)
        return fill(msgidpolicy.EmailMessage())

    messages = [new() for _ in range(ROUNDS)]  # a new one each time: what is found is kept

    def work(number):
        return (
            said(messages[number]) == expected,
            messages[number].as_bytes() == octets,
            msgidpolicy.flatten(messages[number]) == octets,
        )

    assert set(side_by_side(work)) == {(True, True, True)}


def test_no_msg_id_is_made_twice():
    ids = side_by_side(lambda number: [msgidpolicy.make_msgid(domain="example.com") for _ in range(100)])
    assert len({msg_id for several in ids for msg_id in several}) == THREADS * ROUNDS * 100


def test_no_part_of_one_pool_is_taken_twice():
    """Each thread has a pool of its own, but the core does not depend on it."""
    parts = 60_000  # long enough that the threads meet
    pool = message_id._pool()
    pool[4:] = parts.to_bytes(2, "big") + os.urandom(parts * message_id._PART_SIZE)

    def work(number):
        ids = []
        try:
            while True:
                ids.append(_core.make_msg_id(0, pool, None, "example.com"))
        except EOFError:
            return ids

    ids = [msg_id for several in side_by_side(work, rounds=1) for msg_id in several]
    assert len(ids) == len(set(ids)) == parts


def test_the_domain_of_ids_is_configured_meanwhile(monkeypatch):
    monkeypatch.delenv("MESSAGE_ID_DOMAIN", raising=False)
    monkeypatch.setattr("socket.getfqdn", lambda: "mail.example.com")
    msgidpolicy.set_msgid_domain(None)  # the name of the host is asked for anew
    domains = itertools.cycle(["one.example", None, "two.example", None])
    try:
        ids = side_by_side(
            lambda number: msgidpolicy.make_msgid(), rounds=500, meanwhile=lambda: msgidpolicy.set_msgid_domain(next(domains))
        )
    finally:
        msgidpolicy.set_msgid_domain(None)
    assert {msg_id.partition("@")[2] for msg_id in ids} <= {"one.example>", "two.example>", "mail.example.com>"}


def test_the_switch_for_the_process_is_thrown_meanwhile():
    """Messages of ours are not touched by it; messages of email.policy lose nothing."""
    ours = fill(msgidpolicy.EmailMessage()).as_bytes()
    numbers = itertools.count()

    def work(number):
        theirs = email.message.EmailMessage(policy=email.policy.SMTP)
        theirs["Message-ID"] = "<1@example.com>"
        return fill(msgidpolicy.EmailMessage()).as_bytes() == ours, theirs.as_bytes()

    def throw():
        with msgidpolicy.installed(legacy=next(numbers) % 2 == 0):
            pass

    assert set(side_by_side(work, meanwhile=throw)) == {(True, b"Message-ID: <1@example.com>\r\n\r\n")}


# --- interpreters with a GIL of their own --------------------------------------------------------

IN_AN_INTERPRETER = """
import msgidpolicy
for number in range(50):
    message = msgidpolicy.EmailMessage()
    message["Subject"] = "Grüße – " * 20
    message["References"] = "<a@b.example> " * 30
    message["Message-ID"] = msgidpolicy.make_msgid(domain="example.com")
    assert message.as_bytes().count(b"<a@b.example>") == 30
try:
    msgidpolicy.fold("X", "a\\nb")
except msgidpolicy.FieldError:
    pass
else:
    raise AssertionError
"""


@pytest.mark.skipif(sys.version_info < (3, 13), reason="subinterpreters are run by a private module")
def test_interpreters_with_a_gil_of_their_own_work_side_by_side():
    interpreters = pytest.importorskip("_interpreters")
    several = [interpreters.create("isolated") for _ in range(4)]
    failed = []
    threads = [
        threading.Thread(target=lambda each=each: failed.append(interpreters.exec(each, IN_AN_INTERPRETER))) for each in several
    ]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        for each in several:
            interpreters.destroy(each)
    assert failed == [None] * 4
