"""``msgidpolicy check``, run as a user runs it."""
import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from msgidpolicy.check.rule import RULES
from msgidpolicy.check.sources import Sources

MAIL = (
    b"From: Ann <ann@example.com>\r\n"
    b"To: bob@example.org\r\n"
    b"Date: Fri, 08 Jul 2011 12:08:34 +0000\r\n"
    b"Message-ID: <1@example.com>\r\n"
    b"Subject: dinner\r\n"
    b"\r\n"
    b"At eight?\r\n"
)
ENCODED = b"=?utf-8?q?=3C1=40example=2Ecom=3E?="  # as Python 3.7 writes a long one
ENCODED_REASON = RULES["msg-id-encoded"].reason
BROKEN = MAIL.replace(b"<1@example.com>", ENCODED)
FROM_LINE = b"From ann@example.com Fri Jul  8 12:08:34 2011\n"
FORMS = {"CRLF": lambda mail: mail, "LF": lambda mail: mail.replace(b"\r\n", b"\n")}

on_unix = pytest.mark.skipif(os.name != "posix", reason="needs pipes and terminals of Unix")


def lf(mail):
    return mail.replace(b"\r\n", b"\n")


def mbox_of(*mails):
    return b"".join(FROM_LINE + lf(mail) + b"\n" for mail in mails)


def check(*arguments, **keywords):
    command = [sys.executable, "-m", "msgidpolicy", "check", *map(str, arguments)]
    keywords = {"capture_output": True, "stdin": None if "input" in keywords else subprocess.DEVNULL, **keywords}
    return subprocess.run(command, timeout=300, **keywords)


def places(run):
    """Path, line and rule of each finding that was told as JSON."""
    found = [json.loads(line) for line in run.stdout.splitlines()]
    return [(finding["path"], finding["line"], finding["rule"]) for finding in found]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder that commands run in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


# What is told.


def test_a_broken_field_is_told_as_a_compiler_would_say_it(folder):
    (folder / "bad.eml").write_bytes(BROKEN)
    run = check("bad.eml", "--select", "msg-id-encoded")
    lines = run.stdout.decode().splitlines()
    assert run.returncode == 1
    assert lines[:3] == [
        f"bad.eml:4: error: Message-ID: {ENCODED_REASON} [msg-id-encoded]",
        f"    Message-ID: {ENCODED.decode()}",
        "                " + "^" * len(ENCODED),
    ]
    assert "  RFC 5322, 3.6.4" in lines
    assert "  what receivers make of it:" in lines
    assert lines[-3:] == [
        "1 finding, worst first:",
        f"  error: {ENCODED_REASON} [msg-id-encoded]",
        "    1 finding in 1 mail, the first at bad.eml:4",
    ]


def test_a_right_mail_is_praised_in_one_line(folder):
    (folder / "good.eml").write_bytes(MAIL)
    run = check("good.eml")
    assert (run.returncode, run.stdout.decode().splitlines(), run.stderr) == (0, ["nothing found in 1 mail"], b"")


def test_json_has_one_object_a_line(folder):
    (folder / "bad.eml").write_bytes(BROKEN)
    run = check("bad.eml", "--format", "json", "--select", "msg-id-encoded")
    (line,) = run.stdout.splitlines()
    finding = json.loads(line)
    assert list(finding)[:9] == ["path", "line", "field", "rule", "severity", "reason", "clause", "effect", "mended"]
    assert (finding["path"], finding["line"], finding["column"]) == ("bad.eml", 4, 13)
    assert (finding["field"], finding["rule"], finding["severity"]) == ("Message-ID", "msg-id-encoded", "error")
    assert finding["clause"] == "RFC 5322, 3.6.4" and isinstance(finding["effect"], list)


def test_the_first_three_of_a_kind_are_told_in_full_and_the_others_in_a_line(folder):
    (folder / "mails.mbox").write_bytes(mbox_of(*[BROKEN] * 10))
    run = check("mails.mbox", "--select", "msg-id-encoded")
    lines = run.stdout.decode().splitlines()
    assert sum(line.startswith("mails.mbox:") for line in lines) == 10
    assert lines.count("  RFC 5322, 3.6.4") == 3
    assert lines.count("  what receivers make of it:") == 1, "the effects of a kind are told once"
    assert lines.count("    what receivers make of it:") == 1, "and again at the end, as that stands far below"
    assert "    10 findings in 10 mails, the first at mails.mbox:5" in lines


def test_how_many_are_told_in_full_can_be_chosen(folder):
    (folder / "mails.mbox").write_bytes(mbox_of(*[BROKEN] * 10))
    run = check("mails.mbox", "--select", "msg-id-encoded", "--details", "0")
    assert b"  RFC 5322, 3.6.4" not in run.stdout
    quiet = check("mails.mbox", "--select", "msg-id-encoded", "--quiet").stdout.decode().splitlines()
    assert quiet[0] == "10 findings in 10 of 10 mails, worst first:"


def test_the_summary_has_the_worst_kind_first(folder):
    worse = lf(BROKEN).replace(b"Subject: dinner", b"Subject:dinner" + b" and" * 30)
    (folder / "mails.mbox").write_bytes(mbox_of(worse, worse.replace(ENCODED, b"<2@example.com>")))
    lines = check("mails.mbox", "--quiet", "--select", "msg-id-encoded,line-over-limit").stdout.decode().splitlines()
    kinds = [line.rpartition("[")[2] for line in lines if line.endswith("]")]
    assert lines[0] == "3 findings in 2 of 2 mails, worst first:"
    assert kinds == ["msg-id-encoded]", "line-over-limit]"]
    assert "    2 findings in 2 mails, the first at mails.mbox:6" in lines


def test_no_control_character_of_a_mail_reaches_the_terminal(folder):
    hostile = b"\x1b]0;pwned\x07\x1b[31m\x9b\xc2\x9b\xe2\x80\xae\x08\x7f\r\x00"
    name = os.fsdecode(b"\x1b[31m\xff.eml") if sys.platform == "linux" else "hostile.eml"
    Path(name).write_bytes(MAIL.replace(b"dinner", hostile).replace(b"<1@", hostile + b"<1@" + hostile))
    run = check(name, name + "-is-not-there")
    assert run.returncode == 2
    assert "\\x1b]0;pwned\\x07\\x1b[31m\\x9b\\u009b\\u202e\\x08\\x7f\\r\\0" in run.stdout.decode()
    for shown in (run.stdout, run.stderr):
        assert shown and not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown.decode("utf-8").replace(os.linesep, "\n"))


def test_a_long_line_is_cut_around_the_place(folder):
    (folder / "bad.eml").write_bytes(MAIL.replace(b"dinner", b"x" * 500_000 + b"\x01" + b"y" * 500_000))
    run = check("bad.eml", "--select", "octet-control")
    shown, mark = run.stdout.decode().splitlines()[1:3]
    assert len(shown) <= 120 and shown.startswith("    ...xxx") and shown.endswith("yyy...")
    assert mark == " " * shown.index("\\x01") + "^^^^"


def test_a_long_name_is_cut(folder):
    (folder / "bad.eml").write_bytes(MAIL.replace(b"Subject: dinner", b"X-" + b"n" * 500_000 + b": a\x01b"))
    run = check("bad.eml", "--select", "octet-control")
    assert run.stdout.decode().startswith("bad.eml:5: error: X-" + "n" * 58 + "...: a control character [octet-control]\n")


def test_json_is_json_whatever_the_octets_are(folder):
    name = os.fsdecode(b"\xff.eml") if sys.platform == "linux" else "hostile.eml"
    Path(name).write_bytes(MAIL.replace(b"dinner", b"\xff\xfe\x00"))
    run = check(name, "--format", "json", "--select", "octet")
    assert run.stdout.isascii() and "\\\\udc" not in run.stdout.decode()
    assert {rule for _, _, rule in places(run)} == {"octet-8bit", "octet-nul"}


def test_a_report_can_go_to_a_file(folder):
    (folder / "bad.eml").write_bytes(BROKEN)
    run = check("bad.eml", "--output", "report.txt")
    assert (run.returncode, run.stdout) == (1, b"")
    assert (folder / "report.txt").read_text("utf-8").startswith("bad.eml:4: error: Message-ID:")
    run = check("bad.eml", "--output", "no/such/folder/report.txt")
    assert run.returncode == 2 and run.stderr.decode().splitlines() == [
        "msgidpolicy check: no/such/folder/report.txt: No such file or directory"
    ]


# What is looked for.


def test_rules_are_chosen_as_linters_have_it(folder):
    (folder / "bad.eml").write_bytes(BROKEN.replace(b"Subject: dinner", b"Subject: a\x01" + b" and" * 30))
    every = {"msg-id-encoded", "octet-control", "line-over-limit"}
    for arguments, left in {
        ("--select", "msg-id-encoded,octet-control,line-over-limit"): every,
        ("--select", "msg-id-encoded", "--select", "octet, line-over-limit"): every,
        ("--select", "msg-id,octet,line", "--ignore", "octet"): every - {"octet-control"},
        ("--select", "msg-id,octet,line", "--ignore", "octet,msg-id"): {"line-over-limit"},
        ("--select", "msg-id,octet,line", "--severity", "error"): every - {"line-over-limit"},
        ("--select", "msg-id,octet,line", "--max-line-length", "0"): every - {"line-over-limit"},
    }.items():
        assert {rule for _, _, rule in places(check("bad.eml", "--format", "json", *arguments))} == left, arguments


def test_utf8_is_right_in_mail_that_goes_by_smtputf8(folder):
    (folder / "mail.eml").write_bytes(MAIL.replace(b"dinner", "Käse".encode()))
    assert check("mail.eml").returncode == 1
    assert check("mail.eml", "--utf8").returncode == 0


def test_nothing_of_the_chosen_severity_is_status_0(folder):
    (folder / "bad.eml").write_bytes(MAIL.replace(b"dinner", b"dinner" + b" and" * 30))
    assert check("bad.eml").returncode == 1
    assert check("bad.eml", "--severity", "error").returncode == 0


@pytest.mark.parametrize("option", ["--select", "--ignore", "--explain"])
def test_a_rule_that_there_is_not_is_told_with_those_near_it(option):
    run = check("-", option, "msg-id-encoding")
    assert run.returncode == 2 and run.stdout == b""
    (line,) = run.stderr.decode().splitlines()
    assert line.startswith("msgidpolicy check: no such rule: msg-id-encoding; near it: msg-id-encoded")


def test_a_rule_is_explained():
    run = check("--explain", "msg-id-encoded")
    assert run.returncode == 0
    assert run.stdout.decode().splitlines()[:4] == [
        "msg-id-encoded (error)",
        f"  {ENCODED_REASON}",
        "  RFC 5322, 3.6.4",
        "  what receivers make of it:",
    ]
    assert check("--explain", "msg-id").stdout.count(b"msg-id-") >= 5


# What is read.


@pytest.mark.parametrize("form", FORMS)
def test_a_file_has_any_line_ends(folder, form):
    (folder / "good.eml").write_bytes(FORMS[form](MAIL))
    (folder / "bad.eml").write_bytes(FORMS[form](BROKEN))
    assert places(check("good.eml", "bad.eml", "--format", "json")) == [("bad.eml", 4, "msg-id-encoded")]


@pytest.mark.parametrize("form", FORMS)
def test_lines_of_an_mbox_are_those_of_the_file(folder, form):
    (folder / "mails.mbox").write_bytes(FORMS[form](mbox_of(BROKEN, MAIL, BROKEN).replace(b"\n", b"\r\n")))
    first, second = 5, 9 * 2 + 5
    run = check("mails.mbox", "--format", "json")
    assert places(run) == [("mails.mbox", first, "msg-id-encoded"), ("mails.mbox", second, "msg-id-encoded")]
    lines = (folder / "mails.mbox").read_bytes().splitlines()
    assert lines[first - 1].startswith(b"Message-ID") and lines[second - 1].startswith(b"Message-ID")


def test_standard_input_is_a_mail_or_an_mbox(folder):
    assert places(check("-", "--format", "json", input=BROKEN)) == [("<stdin>", 4, "msg-id-encoded")]
    assert places(check("--format", "json", input=mbox_of(MAIL, BROKEN))) == [("<stdin>", 9 + 5, "msg-id-encoded")]


@pytest.mark.parametrize(
    "line, is_one",
    [
        (b"From ann@example.com Fri Jul  8 12:08:34 2011", True),
        (b"From ann@example.com Fri Jul  8 12:08:34 +0200 2011", True),
        (b"From ann at example.com  Fri Jul  8 12:08:34 2011", True),
        (b"From MAILER-DAEMON Fri Jul 08 12:08:34 2011", True),
        (b"From - Fri Jul  8 12:08:34 2011", True),
        (b"From ann@example.com Fri, 8 Jul 2011 12:08:34 +0000 (UTC)", True),
        (b">From ann@example.com Fri Jul  8 12:08:34 2011", False),
        (b"From Fri Jul  8 12:08:34 2011", False),
        (b"From here on", False),
        (b"From Monday to Friday 12:00 we are open", False),
        (b"From ann@example.com", False),
        (b"FROM ann@example.com Fri Jul  8 12:08:34 2011", False),
    ],
)
def test_a_mail_of_an_mbox_begins_behind_an_empty_line_and_a_from_line_with_address_and_date(folder, line, is_one):
    (folder / "mails.mbox").write_bytes(mbox_of(MAIL) + line + b"\n" + lf(MAIL))
    assert len(list(Sources(["mails.mbox"]).mails())) == 1 + is_one
    (folder / "mails.mbox").write_bytes(FROM_LINE + lf(MAIL) + line + b"\n" + lf(MAIL))
    assert len(list(Sources(["mails.mbox"]).mails())) == 1, "no empty line before it"


@pytest.mark.parametrize("size", [0, 1, 300, 70_000, (1 << 18) - 1000, 1 << 18, 600_000])
def test_a_mail_of_an_mbox_is_what_was_put_into_it(folder, size):
    """Whatever its size, so at each place in the pieces that are read; the empty line before ``From`` is not the mail's."""
    mails = [lf(MAIL) + b"a line\n" * (size // 7 + more) + b">From me\n" + b"x" * more + b"\n" for more in range(60)]
    (folder / "mails.mbox").write_bytes(mbox_of(*mails))
    read = list(Sources(["mails.mbox"]).mails())
    assert [octets for _, octets in read[:-1]] == mails[:-1]
    assert read[-1][1] == mails[-1] + b"\n", "an empty line at the very end is nobody's"
    assert [place.number for place, _ in read] == list(range(1, 61))
    lines = (folder / "mails.mbox").read_bytes().split(b"\n")
    assert {lines[place.line - 1] for place, _ in read} == {b"From: Ann <ann@example.com>"}


def test_a_line_without_end_is_read_in_pieces(folder):
    (folder / "mails.mbox").write_bytes(FROM_LINE + lf(MAIL) + b"From " * 500_000)
    ((_, octets),) = Sources(["mails.mbox"]).mails()
    assert octets == lf(MAIL) + b"From " * 500_000


def test_a_maildir_is_read_with_its_folders(folder):
    for name in ("Maildir", "Maildir/.Sent", "Maildir/.Lists.python"):
        for part in ("cur", "new", "tmp"):
            (folder / name / part).mkdir(parents=True)
            (folder / name / part / "1.host:2,S").write_bytes(BROKEN)
        (folder / name / "dovecot-uidlist").write_bytes(b"3 V1\n")
    run = check("Maildir", "--format", "json")
    assert run.stderr == b""
    assert [path for path, _, _ in places(run)] == [
        f"Maildir/{name}1.host:2,S"
        for name in (".Lists.python/cur/", ".Lists.python/new/", ".Sent/cur/", ".Sent/new/", "cur/", "new/")
    ]


def test_a_folder_may_hold_any_of_these_and_what_is_no_mail_is_said(folder):
    (folder / "all/a/deep/er").mkdir(parents=True)
    (folder / "all/a/deep/er/bad.eml").write_bytes(BROKEN)
    (folder / "all/b/cur").mkdir(parents=True)
    (folder / "all/b/new").mkdir()
    (folder / "all/b/new/2").write_bytes(BROKEN)
    (folder / "all/c.mbox").write_bytes(mbox_of(MAIL, BROKEN))
    (folder / "all/picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0a:\n")
    (folder / "all/empty").write_bytes(b"")
    (folder / "all/.git").mkdir()
    (folder / "all/.git/config").write_bytes(BROKEN)
    run = check("all", "--format", "json")
    assert [path for path, _, _ in places(run)] == ["all/c.mbox", "all/a/deep/er/bad.eml", "all/b/new/2"]
    assert [path for path, _, _ in places(check(".", "--format", "json"))] == [
        "all/c.mbox",
        "all/a/deep/er/bad.eml",
        "all/b/new/2",
    ]
    assert run.returncode == 1
    assert run.stderr.decode().splitlines() == [
        "msgidpolicy check: all/empty: not a mail, left out",
        "msgidpolicy check: all/picture.png: not a mail, left out",
    ]


def test_a_very_deep_folder_is_read(folder):
    deep = folder
    for _ in range(400):
        deep = deep / "d"
        deep.mkdir()
    (deep / "bad.eml").write_bytes(BROKEN)
    assert check("d", "--quiet").returncode == 1


def test_a_file_that_cannot_be_read_is_said_at_the_end_and_the_others_are_read(folder):
    (folder / "bad.eml").write_bytes(BROKEN)
    (folder / "notes.txt").write_bytes(b"milk\nbread\n")
    run = check("not-there.eml", "bad.eml", "notes.txt", "--format", "json")
    assert run.returncode == 2
    assert places(run) == [("bad.eml", 4, "msg-id-encoded")]
    assert run.stderr.decode().splitlines() == [
        "msgidpolicy check: not-there.eml: No such file or directory",
        "msgidpolicy check: notes.txt: not a mail",
    ]


@on_unix
def test_what_is_no_file_in_a_folder_is_left_alone(folder):
    (folder / "all").mkdir()
    os.mkfifo(folder / "all/pipe")
    (folder / "all/dangling.eml").symlink_to("nowhere")
    run = check("all")
    assert run.returncode == 2
    assert run.stderr.decode().splitlines() == ["msgidpolicy check: all/dangling.eml: No such file or directory"]


# Many mails.


def test_two_processes_say_what_one_says_in_the_same_order(folder):
    mails = [BROKEN.replace(b"Subject: dinner", b"Subject: %d" % number + b" and" * (number % 40)) for number in range(2000)]
    (folder / "mails").mkdir()
    (folder / "mails/a.mbox").write_bytes(mbox_of(*mails))
    for number in range(20):
        (folder / f"mails/{number:02}.eml").write_bytes(mails[number])
    one, two = (check("mails", "--format", "json", "--jobs", jobs) for jobs in (1, 2))
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
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_memory_does_not_grow_with_the_mailbox(folder, jobs):
    megabytes = int(os.environ.get("MSGIDPOLICY_MBOX_MEGABYTES", "40"))
    block = mbox_of(*[MAIL + b"A line of text as mails have it.\r\n" * 200] * 150)
    with open("mails.mbox", "wb") as mbox:
        for _ in range(megabytes * 1_000_000 // len(block)):
            mbox.write(block)
    smallest = kilobytes_of_check(write_one_mail(folder))
    assert kilobytes_of_check("mails.mbox", "--jobs", jobs) < min(100_000, smallest + 20_000)


def write_one_mail(folder):
    (folder / "one.eml").write_bytes(MAIL)
    return "one.eml"


@on_unix
def test_of_large_mails_one_is_in_memory_and_that_once(folder):
    mail = MAIL + b"A line of text as mails have it.\r\n" * 1_200_000
    (folder / "mails.mbox").write_bytes(mbox_of(mail, mail, mail))
    assert kilobytes_of_check("mails.mbox") < kilobytes_of_check(write_one_mail(folder)) + 1.3 * len(mail) / 1024


# A terminal, a pipe that is closed, Ctrl-C.


def on_terminal(command, *, columns=100, seconds=60, interrupt_after=None, **variables):
    """What a command writes to a terminal, and its exit status."""
    import fcntl
    import pty
    import struct
    import termios

    outer, inner = pty.openpty()
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


CHECK = [sys.executable, "-m", "msgidpolicy", "check"]


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


def test_text_and_json_need_no_other_package(folder):
    (folder / "bad.eml").write_bytes(BROKEN)
    code = "import sys; sys.modules['rich'] = sys.modules['jinja2'] = None; from msgidpolicy.__main__ import main; sys.exit(main())"
    run = subprocess.run([sys.executable, "-c", code, "check", "bad.eml"], capture_output=True)
    assert (run.returncode, run.stdout) == (1, check("bad.eml").stdout)
    run = subprocess.run([sys.executable, "-c", code, "check", "bad.eml", "--format", "json"], capture_output=True)
    assert run.returncode == 1 and json.loads(run.stdout)


@pytest.fixture
def long_mbox(folder):
    """More than a machine reads in some seconds: a stream without end would be no mail."""
    block = mbox_of(*[BROKEN] * 1000)
    with open("mails.mbox", "wb") as mbox:
        for _ in range(200):
            mbox.write(block)
    return folder / "mails.mbox"


@on_unix
@pytest.mark.parametrize("jobs", ["1", "2"])
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
    code = (
        "import sys; from msgidpolicy.__main__ import main; from msgidpolicy.check import progress;"
        "progress._SILENT_SECONDS = progress._SECONDS = 0.01; sys.exit(main())"
    )
    shown, status = on_terminal([sys.executable, "-c", code, "check", "mails.mbox"], columns=120)
    shown = re.sub("\x1b\\[[0-9;?]*[a-zA-Z]", "", shown)
    assert status == 1 and shown.count("mails/s") > 3
    assert not re.search("left[^\r\n]*mails.mbox", shown)
    text = re.sub("checking ━.*?left|[\r]", "", shown)
    assert [line for line in text.split("\n") if line.startswith("mails.mbox:")] == [
        line for line in check("mails.mbox").stdout.decode().splitlines() if line.startswith("mails.mbox:")
    ]


@on_unix
def test_there_is_no_bar_where_none_is_wanted_and_none_in_a_pipe(long_mbox):
    shown, _ = on_terminal([*CHECK, "mails.mbox", "--no-progress", "--output", "found.txt"], seconds=4)
    assert shown == ""
    with subprocess.Popen([*CHECK, "mails.mbox", "--output", "found.txt"], stderr=subprocess.PIPE) as process:
        time.sleep(4)
        process.kill()
        assert process.stderr.read() == b""


@on_unix
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_reader_that_goes_away_leaves_no_traceback(long_mbox, jobs):
    command = [*CHECK, "mails.mbox", "--jobs", jobs]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.readline().startswith(b"mails.mbox:5: error")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 2


@on_unix
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_is_quiet(long_mbox, jobs):
    shown, status = on_terminal([*CHECK, "mails.mbox", "--jobs", jobs], interrupt_after=b"mails.mbox:")
    assert status == 130 and "Traceback" not in shown


@on_unix
def test_an_interrupt_is_quiet_while_processes_start(folder):
    code = (
        "import os, signal, time\n"
        "from msgidpolicy.check import jobs, place\n"
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


@pytest.mark.skipif(not shutil.which("msgidpolicy", path=str(Path(sys.executable).parent)), reason="needs the script")
def test_the_script_is_the_same_command(folder):
    (folder / "bad.eml").write_bytes(BROKEN)
    script = shutil.which("msgidpolicy", path=str(Path(sys.executable).parent))
    run = subprocess.run([script, "check", "bad.eml", "--jobs", "2"], capture_output=True)
    assert (run.returncode, run.stdout, run.stderr) == (1, check("bad.eml").stdout, b"")
