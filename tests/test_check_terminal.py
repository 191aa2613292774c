"""``msgidpolicy check`` on a terminal, in a pipe that is closed, and interrupted."""

import os
import re
import select
import signal
import subprocess
import sys
import time

import pytest
from check_run import BROKEN, CHECK, JOBS, check, mbox_of, on_unix

# The command with a bar from the beginning, where one is to be shown.
AT_ONCE = [
    sys.executable,
    "-c",
    "import sys; from msgidpolicy.__main__ import main; from msgidpolicy.check._command import progress;"
    "progress._SILENT_SECONDS = progress._SECONDS = 0.01; sys.exit(main())",
    "check",
]


def on_terminal(command, *, columns=100, seconds=60, interrupt_after=None, **variables):
    """What a command writes to a terminal, and its exit status."""
    import fcntl
    import pty
    import struct
    import termios

    try:
        outer, inner = pty.openpty()
    except OSError as error:
        pytest.skip(f"no terminal can be had here: {error}")
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "FORCE_COLOR")}
    process = subprocess.Popen(
        command,
        stdin=inner,
        stdout=inner,
        stderr=inner,
        env={**environment, "TERM": "xterm-256color", **variables},
        start_new_session=True,
    )
    os.close(inner)
    written, begun = b"", time.monotonic()
    while time.monotonic() < begun + seconds:
        if interrupt_after and interrupt_after in written:
            os.killpg(process.pid, signal.SIGINT)
            interrupt_after = None
        if not select.select([outer], [], [], 0.1)[0]:
            continue
        try:
            octets = os.read(outer, 1 << 16)
        except OSError:  # Linux says so at the end
            break
        if not octets:
            break
        written += octets
    os.close(outer)
    if time.monotonic() > begun + seconds:
        os.killpg(process.pid, signal.SIGKILL)
    return written.decode(), process.wait(10)


@on_unix
def test_there_is_colour_on_a_terminal_alone(folder):
    pytest.importorskip("rich")
    (folder / "bad.eml").write_bytes(BROKEN)
    shown, status = on_terminal([*CHECK, "bad.eml"])
    assert status == 1 and "\x1b[1;31merror: \x1b[0m" in shown
    plain, _ = on_terminal([*CHECK, "bad.eml"], NO_COLOR="1")
    assert not re.search("\x1b\\[[0-9;]*3[0-9]m", plain)
    assert b"\x1b" not in check("bad.eml").stdout
    assert re.sub("\x1b\\[[0-9;]*m", "", shown).replace("\r\n", "\n") == check("bad.eml").stdout.decode()


@on_unix
def test_lines_are_cut_to_the_terminal(folder):
    (folder / "bad.eml").write_bytes(BROKEN.replace(b"=3C1", b"=3C" + b"1" * 300))
    shown, _ = on_terminal([*CHECK, "bad.eml", "--select", "msg-id-encoded"], columns=60)
    shown = re.sub("\x1b\\[[0-9;]*m", "", shown).replace("\r\n", "\n").split("\n")
    assert len(shown[1]) == 60 and shown[1].endswith("...") and len(shown[2]) <= 60


@pytest.fixture
def long_mbox(folder):
    """More than a machine reads in some seconds: a stream without end would be no mail."""
    block = mbox_of(*[BROKEN] * 1000)
    with open("mails.mbox", "wb") as mbox:
        for _ in range(200):
            mbox.write(block)
    return folder / "mails.mbox"


@on_unix
@pytest.mark.parametrize("jobs", JOBS)
def test_a_long_check_has_a_bar_that_leaves_nothing_behind(long_mbox, jobs):
    pytest.importorskip("rich")
    command = [*CHECK, "mails.mbox", "--jobs", jobs, "--format", "json", "--output", "found.json"]
    shown, status = on_terminal(command, interrupt_after=b"mails/s", seconds=120)
    assert status == 130
    assert re.search(r"checking ━.*\d+% [\d,]+ mails/s \d:\d\d:\d\d left", re.sub("\x1b\\[[0-9;?]*[a-zA-Z]", "", shown))
    assert "Traceback" not in shown and "Error" not in shown


@on_unix
def test_findings_stand_above_the_bar_and_none_is_lost(folder):
    pytest.importorskip("rich")
    (folder / "mails.mbox").write_bytes(mbox_of(*[BROKEN] * 3000))
    shown, status = on_terminal([*AT_ONCE, "mails.mbox"], columns=120)
    shown = re.sub("\x1b\\[[0-9;?]*[a-zA-Z]", "", shown)
    assert status == 1 and shown.count("mails/s") > 3
    assert not re.search("left[^\r\n]*mails.mbox", shown)
    text = re.sub("checking ━.*?left|[\r]", "", shown)
    assert [line for line in text.split("\n") if line.startswith("mails.mbox:")] == [
        line for line in check("mails.mbox").stdout.decode().splitlines() if line.startswith("mails.mbox:")
    ]


@on_unix
def test_there_is_no_bar_where_none_is_wanted_and_none_in_a_pipe(long_mbox):
    shown, _ = on_terminal([*AT_ONCE, "mails.mbox", "--no-progress", "--output", "found.txt"], seconds=2)
    assert shown == ""
    with subprocess.Popen([*AT_ONCE, "mails.mbox", "--output", "found.txt"], stderr=subprocess.PIPE) as process:
        time.sleep(2)
        process.kill()
        assert process.stderr.read() == b""


@on_unix
@pytest.mark.parametrize("jobs", JOBS)
def test_a_reader_that_goes_away_leaves_no_traceback(long_mbox, jobs):
    command = [*CHECK, "mails.mbox", "--jobs", jobs]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.readline().startswith(b"mails.mbox:5: error")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 2


@on_unix
@pytest.mark.parametrize("jobs", JOBS)
def test_an_interrupt_is_quiet(long_mbox, jobs):
    shown, status = on_terminal([*CHECK, "mails.mbox", "--jobs", jobs], interrupt_after=b"mails.mbox:")
    assert status == 130 and "Traceback" not in shown
