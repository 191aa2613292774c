"""What ``msgidpolicy check`` says, and what it looks for."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from check_run import BROKEN, ENCODED, ENCODED_REASON, MAIL, check, in_processes, lf, mbox_of, places

import msgidpolicy


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


def test_of_kinds_that_are_as_many_those_that_receivers_are_known_to_misread_come_first(folder):
    (folder / "bad.eml").write_bytes(b"".join(line for line in BROKEN.splitlines(True) if not line.startswith(b"Date:")))
    lines = check("bad.eml", "--quiet").stdout.decode().splitlines()
    assert [line.rpartition("[")[2] for line in lines if line.endswith("]")] == ["msg-id-encoded]", "message-no-date]"]


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


def test_the_version_and_the_commands_are_told():
    run = subprocess.run([sys.executable, "-m", "msgidpolicy", "--version"], capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (0, f"msgidpolicy {msgidpolicy.__version__}\n")
    run = subprocess.run([sys.executable, "-m", "msgidpolicy", "--help"], capture_output=True, text=True)
    assert run.returncode == 0
    assert "\nCheck and mend mails, and show what msgidpolicy does.\n" in run.stdout


def test_text_and_json_need_no_other_package(folder):
    (folder / "bad.eml").write_bytes(BROKEN)
    code = (
        "import sys; sys.modules['rich'] = sys.modules['jinja2'] = None;from msgidpolicy.__main__ import main; sys.exit(main())"
    )
    run = subprocess.run([sys.executable, "-c", code, "check", "bad.eml"], capture_output=True)
    assert (run.returncode, run.stdout) == (1, check("bad.eml").stdout)
    run = subprocess.run([sys.executable, "-c", code, "check", "bad.eml", "--format", "json"], capture_output=True)
    assert run.returncode == 1 and json.loads(run.stdout)


@pytest.mark.skipif(not shutil.which("msgidpolicy", path=str(Path(sys.executable).parent)), reason="needs the script")
@in_processes
def test_the_script_is_the_same_command(folder):
    (folder / "bad.eml").write_bytes(BROKEN)
    script = shutil.which("msgidpolicy", path=str(Path(sys.executable).parent))
    run = subprocess.run([script, "check", "bad.eml", "--jobs", "2"], capture_output=True)
    assert (run.returncode, run.stdout, run.stderr) == (1, check("bad.eml").stdout, b"")
