"""``msgidpolicy fix`` as a filter, and of files."""

import io
import os
import stat
import subprocess
import sys

import pytest

from msgidpolicy.__main__ import main
from msgidpolicy.check._command import mail_file
from msgidpolicy.check._command.sources import Sources

BROKEN = b"From: a@b.example\nReferences: =?utf-8?q?=3C1=40b=2Eexample=3E?=\nSubject: \xe9\n\nbody \xff\r\n\n"
FIXED = BROKEN.replace(b"=?utf-8?q?=3C1=40b=2Eexample=3E?=", b"<1@b.example>")
RIGHT = b"From: a@b.example\nMessage-ID: <1@b.example>\nDate: Mon, 01 Jan 2024 00:00:00 +0000\n\nbody\n"


def run(*arguments, given=b""):
    command = [sys.executable, "-m", "msgidpolicy", "fix", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True)


@pytest.fixture
def mail(tmp_path):
    path = tmp_path / "mail.eml"
    path.write_bytes(BROKEN)
    return path


def test_without_a_path_it_is_a_filter_in_octets():
    for octets, fixed in (
        (BROKEN, FIXED),
        (BROKEN.replace(b"\n", b"\r\n"), FIXED.replace(b"\n", b"\r\n")),
        (RIGHT, RIGHT),
        (b"", b""),
    ):
        ran = run(given=octets)
        assert (ran.stdout, ran.returncode) == (fixed, 0)


def test_it_says_what_was_changed_and_what_was_left_and_why():
    said = run(given=BROKEN).stderr.decode().splitlines()
    assert "<stdin>:2: References: mended: msg-id-encoded" in said
    assert any(
        line.startswith("<stdin>:3: Subject: left: octet-8bit: ") and line.endswith("what was meant is a guess")
        for line in said
    )
    assert not run("--quiet", given=BROKEN).stderr


def test_rules_are_chosen_as_for_check():
    assert run("--ignore", "msg-id,line", given=BROKEN).stdout == BROKEN
    assert run("--select", "msg-id", given=BROKEN).stdout == FIXED
    wrong = run("--select", "nothing", given=BROKEN)
    assert (wrong.returncode, wrong.stdout, wrong.stderr.decode().split(": ", 1)[1].strip()) == (
        2,
        b"",
        "no such rule: nothing",
    )


def test_a_file_goes_to_standard_output_and_stays(mail):
    assert run(mail).stdout == FIXED
    assert mail.read_bytes() == BROKEN


def test_in_place_the_file_is_another_with_the_mode_and_the_time_of_the_old(mail):
    mail.chmod(0o640)
    os.utime(mail, (1_000_000_000, 1_000_000_000))
    before = mail.stat()
    assert main(["fix", "--in-place", str(mail)]) == 0
    after = mail.stat()
    assert mail.read_bytes() == FIXED and os.listdir(mail.parent) == ["mail.eml"]
    assert (stat.S_IMODE(after.st_mode), after.st_mtime) == (stat.S_IMODE(before.st_mode), before.st_mtime)


def test_in_place_a_mail_that_is_right_is_not_written(mail):
    mail.write_bytes(RIGHT)
    before = mail.stat()
    assert main(["fix", "--in-place", str(mail)]) == 0
    assert mail.stat().st_ino == before.st_ino and os.listdir(mail.parent) == ["mail.eml"]


def test_when_the_file_cannot_take_its_place_the_old_one_is_there(mail, monkeypatch):
    def crash(*_):
        raise OSError("no space left")

    for function in ("fsync", "replace"):
        with monkeypatch.context() as patch:
            patch.setattr(os, function, crash)
            assert main(["fix", "--in-place", str(mail)]) == 2
        assert mail.read_bytes() == BROKEN and os.listdir(mail.parent) == ["mail.eml"]


def test_a_link_stays_one(mail):
    link = mail.with_name("link")
    try:
        link.symlink_to(mail)
    except OSError:
        pytest.skip("this user may make no links")
    assert main(["fix", "--in-place", str(link)]) == 0
    assert link.is_symlink() and mail.read_bytes() == FIXED


def test_an_mbox_keeps_its_from_lines(tmp_path, capsys):
    first, second = b"From a@b Mon Jan  1 00:00:00 2024\n", b"From c@d Tue Jan  2 00:00:00 2024\r\n"
    path = tmp_path / "mbox"
    path.write_bytes(first + BROKEN + b">From x\nFrom here on\n\n" + second + BROKEN.replace(b"\n", b"\r\n"))
    assert main(["fix", "--in-place", str(path)]) == 0
    assert path.read_bytes() == first + FIXED + b">From x\nFrom here on\n\n" + second + FIXED.replace(b"\n", b"\r\n")
    said = capsys.readouterr().err
    assert f"{path}:3: References: mended" in said and f"{path}:13: References: mended" in said


@pytest.fixture
def maildir(tmp_path):
    files = [
        "new/1",
        "cur/2:2,S".replace(":", "!" if os.name == "nt" else ":"),
        ".Sent/cur/3",
        "tmp/4",
        "subscriptions",
        ".Sent/new/.hidden",
    ]
    for folder in ("cur", "new", "tmp", ".Sent/cur", ".Sent/new", ".Sent/tmp"):
        (tmp_path / "mail" / folder).mkdir(parents=True)
    for name in files:
        (tmp_path / "mail" / name).write_bytes(BROKEN)
    return tmp_path / "mail", files


def test_of_a_maildir_its_mails_are_fixed(maildir):
    path, files = maildir
    assert main(["fix", "--in-place", str(path)]) == 0
    assert [(path / name).read_bytes() == FIXED for name in files] == [True, True, True, False, False, False]


def test_the_files_of_a_folder_go_to_another_under_their_names(maildir, tmp_path):
    path, files = maildir
    assert main(["fix", "--output", str(tmp_path / "new"), str(path)]) == 0
    assert [(tmp_path / "new" / name).read_bytes() for name in files[:3]] == [FIXED] * 3
    assert all((path / name).read_bytes() == BROKEN for name in files)


def test_of_a_folder_that_is_fixed_which_check_looks_at(tmp_path):
    """Hidden folders, as that of git, are left alone; and one that cannot be read keeps nothing else from being fixed."""
    for folder in ("all/.git/objects", "all/sub", "all/mails/cur", "all/mails/new", "all/mails/.Sent/cur"):
        (tmp_path / folder).mkdir(parents=True)
    paths = [
        "all/a.eml",
        "all/sub/b.eml",
        "all/mails/cur/1",
        "all/mails/.Sent/cur/2",
        "all/.git/config",
        "all/.git/objects/c.eml",
    ]
    for path in paths:
        (tmp_path / path).write_bytes(BROKEN)
    assert main(["fix", "--in-place", "--quiet", str(tmp_path / "all")]) == 0
    assert [(tmp_path / path).read_bytes() == FIXED for path in paths] == [True] * 4 + [False] * 2
    looked_at = {path for path, _ in Sources([str(tmp_path / "all")]).files()}
    assert looked_at == {str(tmp_path / path) for path in paths[:4]}


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")
def test_a_link_to_nothing_is_said_and_the_rest_is_fixed(mail, capsys):
    (mail.parent / "a.eml").symlink_to("absent")
    assert main(["fix", "--in-place", str(mail.parent)]) == 2
    assert mail.read_bytes() == FIXED and "a.eml: No such file or directory" in capsys.readouterr().err


def test_two_files_of_one_name_are_not_written_over_each_other(mail, tmp_path):
    (tmp_path / "other").mkdir()
    other = tmp_path / "other" / "mail.eml"
    other.write_bytes(RIGHT)
    assert main(["fix", "--output", str(tmp_path / "new"), str(mail), str(other)]) == 2
    assert (tmp_path / "new" / "mail.eml").read_bytes() == FIXED


def test_what_is_no_mail_is_left_out_and_what_cannot_be_read_is_said(mail, tmp_path, capsys):
    (mail.parent / "picture").write_bytes(b"\x89PNG\r\n\x1a\n: x")
    assert main(["fix", "--output", str(tmp_path / "new"), str(mail.parent), str(tmp_path / "absent")]) == 2
    assert os.listdir(tmp_path / "new") == ["mail.eml"]
    said = capsys.readouterr().err
    assert "picture: not a mail, left out" in said and "absent: No such file or directory" in said


def test_a_message_of_outlook_is_told_from_a_mail(tmp_path, capsys):
    path = tmp_path / "a.msg"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(24))
    assert main(["fix", "--in-place", str(path)]) == 2
    assert capsys.readouterr().err.endswith("a.msg: an Outlook message (.msg); save it as .eml\n")


@pytest.mark.parametrize("before", [b"", b"From a@b.example Fri Jul  8 12:08:34 2011\n"], ids=["mail", "mbox"])
def test_a_byte_order_mark_stays_before_the_mail(mail, before):
    octets = b"\xef\xbb\xbf" + before
    assert run(given=octets + BROKEN).stdout == octets + FIXED
    mail.write_bytes(octets + BROKEN)
    assert main(["fix", "--in-place", "--quiet", str(mail)]) == 0
    assert mail.read_bytes() == octets + FIXED


def test_more_than_one_file_needs_a_place(mail):
    for arguments in ([mail, mail], [mail.parent], ["--in-place", "-"], ["--in-place"]):
        assert run(*arguments).returncode == 2


def test_a_terminal_is_not_controlled_by_the_name_of_a_file(tmp_path):
    path = tmp_path / "a\x1b[2J"
    try:
        path.write_bytes(BROKEN)
    except OSError:
        pytest.skip("no file may have such a name")
    assert b"\x1b" not in run(path).stderr


def test_a_sentence_of_a_body_that_begins_with_from_begins_no_mail():
    body = b"From 10:30 on we meet.\n\nFrom then to 11:45 too:\nSubject:\n stays\n"
    mbox = b"From ann@example.com Mon Jan  1 10:00:00 2024\nSubject: a\n\n" + body
    assert b"".join(part for pair in mail_file.mails_of(io.BytesIO(mbox)) for part in pair) == mbox
    assert len(list(mail_file.mails_of(io.BytesIO(mbox)))) == 1
