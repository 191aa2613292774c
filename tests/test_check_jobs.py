"""``msgidpolicy check`` of many mails: in several processes, in little memory."""

import os
import subprocess
import sys

import pytest
from check_run import BROKEN, JOBS, MAIL, check, in_processes, mbox_of, on_unix

from msgidpolicy.check._command import jobs
from msgidpolicy.check._command.sources import Sources


@in_processes
def test_two_processes_say_what_one_says_in_the_same_order(folder):
    mails = [BROKEN.replace(b"Subject: dinner", b"Subject: %d" % number + b" and" * (number % 40)) for number in range(2000)]
    (folder / "mails").mkdir()
    (folder / "mails/a.mbox").write_bytes(mbox_of(*mails))
    for number in range(20):
        (folder / f"mails/{number:02}.eml").write_bytes(mails[number])
    one, two = (check("mails", "--format", "json", "--jobs", processes) for processes in (1, 2))
    assert one.returncode == two.returncode == 1
    assert len(one.stdout.splitlines()) > 2020
    assert one.stdout == two.stdout


def kilobytes_of_check(*arguments):
    """The memory of the largest process of a check that finds nothing."""
    code = (
        "import resource, subprocess, sys\n"
        "run = subprocess.run([sys.executable, '-m', 'msgidpolicy', 'check', *sys.argv[1:]])\n"
        "print(run.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    run = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=1800)
    status, used = run.stdout.splitlines()[-1].split()
    assert status == "0", run.stdout
    return int(used) // (1024 if sys.platform == "darwin" else 1)


@on_unix
@pytest.mark.skipif(sys.implementation.name == "pypy", reason="frees memory when it likes")
@pytest.mark.parametrize("processes", JOBS)
def test_memory_does_not_grow_with_the_mailbox(folder, processes):
    megabytes = int(os.environ.get("MSGIDPOLICY_MBOX_MEGABYTES", "40"))
    block = mbox_of(*[MAIL + b"A line of text as mails have it.\r\n" * 200] * 150)
    with open("mails.mbox", "wb") as mbox:
        for _ in range(megabytes * 1_000_000 // len(block)):
            mbox.write(block)
    smallest = kilobytes_of_check(write_one_mail(folder))
    assert kilobytes_of_check("mails.mbox", "--jobs", processes) < min(100_000, smallest + 20_000)


def write_one_mail(folder):
    (folder / "one.eml").write_bytes(MAIL)
    return "one.eml"


def test_of_large_mails_one_is_in_memory_and_that_once(folder, monkeypatch):
    """What the audit of it needs is not counted."""
    mail = MAIL + b"A line of text as mails have it.\r\n" * 100_000
    (folder / "mails.mbox").write_bytes(mbox_of(mail, mail, mail))
    monkeypatch.setattr(jobs, "audit", lambda octets: [])
    tracemalloc = pytest.importorskip("tracemalloc")  # not on PyPy
    tracemalloc.start()
    read = sum(1 for _ in jobs.audited(Sources(["mails.mbox"]).mails(), {}))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert read == 3 and peak < 1.4 * len(mail)


@on_unix
@in_processes
def test_an_interrupt_is_quiet_while_processes_start(folder):
    code = (
        "import os, signal, time\n"
        "from msgidpolicy.check._command import jobs, place\n"
        "def mails():\n"
        "    for number in range(jobs._MAILS):\n"
        "        yield place.Place('a'), b'From: a@b.example\\n\\n'\n"
        "    time.sleep(float(os.environ['SECONDS']))\n"
        "    os.killpg(0, signal.SIGINT)\n"
        "    yield from ()\n"
        "try:\n"
        "    list(jobs.audited(mails(), {}, 2))\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted')\n"
    )
    for seconds in ("0", "0.01", "0.03", "0.06", "0.1", "0.15"):
        environment = {**os.environ, "SECONDS": seconds}
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, start_new_session=True, env=environment, timeout=60
        )
        assert (run.stdout.split(), run.stderr) == ([b"interrupted"], b"")
