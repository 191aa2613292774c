"""What ``msgidpolicy check`` reads: files, mboxes, Maildirs, folders, standard input."""

import os

import pytest
from check_run import BROKEN, FORMS, FROM_LINE, MAIL, check, lf, mbox_of, on_unix, places

from msgidpolicy.check._command.sources import Sources


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


@pytest.mark.parametrize("octets, line", [(BROKEN, 4), (mbox_of(MAIL, BROKEN), 9 + 5)], ids=["mail", "mbox"])
def test_a_byte_order_mark_is_no_part_of_a_mail(folder, octets, line):
    """Editors put one before a text in UTF-8."""
    (folder / "bad.eml").write_bytes(b"\xef\xbb\xbf" + octets)
    assert places(check("bad.eml", "--format", "json")) == [("bad.eml", line, "msg-id-encoded")]


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


@pytest.mark.parametrize(
    "octets, reason",
    [
        (None, "No such file or directory"),
        (b"", "not a mail"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(24), "an Outlook message (.msg); save it as .eml"),
        ("\ufeffFrom: a@b.example".encode("utf-16-le"), "a text in UTF-16; save the mail as it came (.eml)"),
    ],
    ids=["missing", "empty", "Outlook", "UTF-16"],
)
def test_where_no_mail_was_looked_at_none_is_praised(folder, octets, reason):
    if octets is not None:
        (folder / "a.msg").write_bytes(octets)
    run = check("a.msg")
    said = run.stderr.decode().splitlines()
    assert (run.returncode, run.stdout, said) == (2, b"", [f"msgidpolicy check: a.msg: {reason}"])


def test_a_folder_without_mails_is_said_to_be_so(folder):
    (folder / "all").mkdir()
    run = check("all")
    assert (run.returncode, run.stdout, run.stderr.decode().splitlines()) == (0, b"", ["msgidpolicy check: no mail is there"])


@on_unix
def test_what_is_no_file_in_a_folder_is_left_alone(folder):
    (folder / "all").mkdir()
    os.mkfifo(folder / "all/pipe")
    (folder / "all/dangling.eml").symlink_to("nowhere")
    run = check("all")
    assert run.returncode == 2
    assert run.stderr.decode().splitlines() == ["msgidpolicy check: all/dangling.eml: No such file or directory"]
