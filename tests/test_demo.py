"""The demo, run as a user runs it."""

import re
import subprocess
import sys

import flask_mail
from judge import judge
from whole_mail import fields_of

import msgidpolicy
from msgidpolicy import demo


def test_the_demo_shows_no_broken_rule_of_ours():
    run = subprocess.run([sys.executable, "-m", "msgidpolicy", "demo"], capture_output=True, text=True, encoding="utf-8")
    assert run.returncode == 0, run.stderr
    theirs, ours = re.findall(r"^flask_mail\.message_policy.*: (\d+) broken rules$", run.stdout, re.M)
    assert int(theirs) > 10 and int(ours) == 0
    assert "\x1b[" not in run.stdout


def test_the_judge_agrees(monkeypatch):
    monkeypatch.setattr(flask_mail, "message_policy", msgidpolicy.SMTP, raising=False)
    meant = demo.build_message().extra_headers
    fields = {field.name: field.octets for field in fields_of(demo.send_reply())}
    for name, value in meant.items():
        assert judge(name, value, fields[name]) == []


def test_the_parts_are_what_the_demo_promises():
    assert len(demo.THREAD) == 30 and len(set(map(len, demo.THREAD))) > 5
    assert len(demo.PARENT) == 118 and len(demo.UNSUBSCRIBE) == 300


def test_a_wrong_command_is_told_so():
    run = subprocess.run([sys.executable, "-m", "msgidpolicy", "nonsense"], capture_output=True, text=True)
    assert run.returncode == 2 and "demo" in run.stderr


def test_without_a_command_the_help_is_shown():
    run = subprocess.run([sys.executable, "-m", "msgidpolicy"], capture_output=True, text=True)
    asked = subprocess.run([sys.executable, "-m", "msgidpolicy", "--help"], capture_output=True, text=True, check=True)
    assert (run.returncode, run.stdout, run.stderr) == (2, "", asked.stdout)


def test_the_version_is_told():
    run = subprocess.run([sys.executable, "-m", "msgidpolicy", "--version"], capture_output=True, text=True, check=True)
    assert run.stdout == f"msgidpolicy {msgidpolicy.__version__}\n"
