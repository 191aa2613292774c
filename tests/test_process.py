"""install(): one switch for the policies of a process, thrown and taken back."""

import copy
import email
import email.message
import email.policy
import functools
import os
import pickle
import subprocess
import sys
import threading
from email import headerregistry
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from email.mime.text import MIMEText
from email.policy import HTTP, Compat32, EmailPolicy
from email.policy import SMTP as BOUND
from pathlib import Path

import pytest

import msgidpolicy
from msgidpolicy import process

CLONED = email.policy.SMTP.clone(cte_type="7bit")  # as anymail does when it is imported
LONG_ID = f"<{'x' * 90}@mail.example.com>"
FIELDS = {
    "In-Reply-To": LONG_ID,
    "References": " ".join([LONG_ID] + [f"<{number}@example.com>" for number in range(20)]),
    "List-Unsubscribe": f"<https://example.com/leave?t={'t' * 90}>, <mailto:leave@example.com>",
    "Subject": "Grüße – " + "Fortschritte der Arbeiten am neuen Büro " * 4,
}
CLASSES = (EmailPolicy, Compat32, HeaderRegistry)
SWITCHES = int(os.environ.get("MSGIDPOLICY_SWITCHES", "50"))  # CI throws it 1,000 times


def default_argument(policy=email.policy.default):  # as Django 6 does
    return policy


class Odoo(EmailPolicy):
    """As in Odoo: some fields are folded by a policy without a limit."""

    without_limit = email.policy.SMTP.clone(max_line_length=None)

    def _fold(self, name, value, *args, **kwargs):
        if name.lower() in {"message-id", "in-reply-to", "resent-msg-id"}:
            return self.without_limit._fold(name, value, *args, **kwargs)
        return super()._fold(name, value, *args, **kwargs)


class OwnFold(EmailPolicy):
    def fold(self, name, value):
        return f"{name}: OWN {value}\n"


class OwnLegacyFold(Compat32):
    def fold(self, name, value):
        return f"{name}: OWN {value}\n"


class OwnHeader(headerregistry.UnstructuredHeader):
    def fold(self, *, policy):
        return f"{self.name}: OWN {policy.linesep}"


def own(cls):
    """What is in a class, but for what pickle, and abc on PyPy, keep there."""
    return {name: value for name, value in vars(cls).items() if name != "__slotnames__" and not name.startswith("_abc_")}


def state():
    return {cls: own(cls) for cls in CLASSES}


BEFORE = state()


@pytest.fixture(autouse=True)
def put_back():
    yield
    msgidpolicy.uninstall()
    for cls in CLASSES:
        for name, value in BEFORE[cls].items():
            assert vars(cls)[name] is value, (cls, name)
        assert set(own(cls)) == set(BEFORE[cls])


def made(policy=None, **fields):
    message = EmailMessage(policy=policy) if policy else EmailMessage()
    for name, value in (fields or FIELDS).items():
        message[name] = value
    return message


def is_right(message):
    """Is it folded by our rules, as octets and as text?"""
    octets = message.as_bytes(policy=message.policy.clone(linesep="\r\n"))
    text = message.as_string(maxheaderlen=78).replace("\r\n", "\n").replace("\n", "\r\n")
    return not any(msgidpolicy.audit(form, ignore=["message"]) for form in (octets, text.encode()))


POLICIES = {
    "bound before": BOUND,
    "a default argument": default_argument(),
    "a clone made before": CLONED,
    "SMTPUTF8": email.policy.SMTPUTF8.clone(utf8=False),
    "strict": email.policy.strict,
    "a sum": email.policy.SMTP + email.policy.strict,
    "no policy": None,
    "a subclass with a _fold": Odoo(linesep="\r\n"),
}


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
def test_a_policy_is_reached_wherever_it_is(policy):
    assert not is_right(made(policy))
    msgidpolicy.install()
    assert is_right(made(policy))


def test_a_clone_made_after_is_reached():
    msgidpolicy.install()
    assert is_right(made(BOUND.clone(max_line_length=70)))


def test_a_message_made_before_is_folded_by_ours():
    message = made(BOUND)
    msgidpolicy.install()
    assert is_right(message)


def test_mail_that_was_read_is_folded_by_ours():
    source = "".join(f"{name}: {value}\r\n" for name, value in FIELDS.items() if value.isascii()).encode()
    before = email.message_from_bytes(source + b"\r\n", policy=BOUND)
    msgidpolicy.install()
    assert is_right(before) and is_right(email.message_from_bytes(source + b"\r\n", policy=BOUND))
    source = b"X-One:\tone\r\n\ttwo\r\n\r\n"
    assert email.message_from_bytes(source, policy=BOUND).as_bytes() == source


def test_a_subclass_with_a_fold_of_its_own_keeps_it_and_is_reported():
    installation = msgidpolicy.install()
    assert OwnFold().fold("X", "y") == "X: OWN y\n"
    names = [name for name, _ in installation.unreached]
    assert f"{__name__}.OwnFold" in names and f"{__name__}.OwnLegacyFold" in names and f"{__name__}.Odoo" not in names


def test_each_report_says_what_to_write():
    reports = dict(msgidpolicy.install().unreached)
    assert "MsgIdPolicy" in reports[f"{__name__}.OwnFold"] and "MsgIdCompat32" in reports[f"{__name__}.OwnLegacyFold"]
    assert "legacy=True" in reports["email.policy.compat32"]
    assert "email.policy.compat32" not in dict(msgidpolicy.install(legacy=True).unreached)


def test_a_loaded_package_that_flattens_by_hand_is_reported(monkeypatch):
    monkeypatch.setitem(sys.modules, "yagmail", email)
    assert "as_string" in dict(msgidpolicy.install().unreached)["yagmail"]


def test_the_policy_http_is_as_it_was():
    def shown():
        message = made(HTTP, **{"X-Long": "a" * 1200 + " ü", "To": "Zoë <zoe@example.com>"})
        parsed = email.message_from_bytes(b"X-One: \xc3\xbc " + b"a" * 90 + b"\r\n two\r\n\r\n", policy=HTTP)
        return message.as_bytes(), message.as_string(), parsed.as_bytes(), type(message["To"]).__mro__[1:]

    before = shown()
    msgidpolicy.install()
    assert shown() == before


def test_registries_and_header_classes_of_ones_own_keep_what_they_have():
    mapped, other = EmailPolicy(), EmailPolicy(header_factory=lambda name, value: OwnHeader(name, value))
    mapped.header_factory.map_to_type("x-own", OwnHeader)
    based = EmailPolicy(header_factory=HeaderRegistry(base_class=type("Base", (headerregistry.BaseHeader,), {})))
    msgidpolicy.install()
    assert made(mapped, **{"X-Own": "x"}).as_bytes() == b"X-Own: OWN \n\n"
    assert based.header_factory("X-One", "x").__class__.__mro__[2].__name__ == "Base"
    assert callable(other.header_factory)


def test_what_is_mapped_in_a_registry_counts_before_and_later():
    policy = EmailPolicy()
    policy.header_factory.map_to_type("x-to", headerregistry.AddressHeader)
    msgidpolicy.install()
    assert len(made(policy, **{"X-To": "a@b.example, c@d.example"})["X-To"].addresses) == 2
    policy.header_factory.map_to_type("x-when", headerregistry.UniqueDateHeader)
    assert made(policy, **{"X-When": "Mon, 2 Nov 2026 10:00:00 +0000"})["X-When"].datetime.year == 2026


def test_header_objects_are_of_the_standard_librarys_classes():
    msgidpolicy.install()
    assert isinstance(made(BOUND, To="a@b.example")["To"], headerregistry.UniqueAddressHeader)
    message = made(BOUND, Subject="one")
    with pytest.raises(ValueError):
        message["Subject"] = "two"


@pytest.mark.parametrize("value", ["a\r\nBcc: e@x.example", "=?utf-8?q?x=0ABcc=3A_e=40x?="])
def test_line_ends_are_refused(value):
    msgidpolicy.install()
    with pytest.raises(ValueError):
        made(BOUND, Subject=value)


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda message: pickle.loads(pickle.dumps(message))])
def test_a_copy_is_folded_the_same(copied):
    msgidpolicy.install()
    assert copied(made(BOUND)).as_bytes() == made(BOUND).as_bytes()


def test_a_message_pickled_before_is_folded_by_ours():
    pickled = pickle.dumps(made(BOUND))
    msgidpolicy.install()
    assert is_right(pickle.loads(pickled))


def test_a_message_made_while_it_was_installed_is_right_afterwards():
    msgidpolicy.install()
    message = made(BOUND)
    msgidpolicy.uninstall()
    assert is_right(message) and is_right(pickle.loads(pickle.dumps(message)))


def legacy_message():
    message = MIMEText("")
    for name, value in FIELDS.items():
        message[name] = value
    message["To"] = "Jürgen <juergen@example.org>"
    return message


def test_messages_of_the_older_kind_are_reached_only_if_asked_for():
    before = legacy_message().as_bytes()
    msgidpolicy.install()
    assert legacy_message().as_bytes() == before
    earlier = legacy_message()
    msgidpolicy.install(legacy=True)
    assert is_right(legacy_message()) and is_right(earlier)
    assert type(legacy_message()["Subject"]) is str and legacy_message()["Subject"] == FIELDS["Subject"]


def test_twice_is_once():
    msgidpolicy.install()
    once = state()
    assert msgidpolicy.install() == msgidpolicy.install()
    assert state() == once


def test_with_installed_is_for_a_block():
    with msgidpolicy.installed() as installation:
        assert is_right(made(BOUND)) and not installation.legacy
        with msgidpolicy.installed(legacy=True) as inner:
            assert inner.legacy and is_right(legacy_message())
        assert is_right(made(BOUND)) and not is_right(legacy_message())
    assert not is_right(made(BOUND))


def test_with_installed_ends_behind_an_error():
    with pytest.raises(KeyError), msgidpolicy.installed():
        raise KeyError
    assert not process._saved


def test_importing_msgidpolicy_installs_nothing():
    code = (
        "from email.policy import EmailPolicy, Compat32; from email.headerregistry import HeaderRegistry\n"
        "before = [dict(vars(cls)) for cls in (EmailPolicy, Compat32, HeaderRegistry)]\n"
        "import msgidpolicy\n"
        "assert before == [dict(vars(cls)) for cls in (EmailPolicy, Compat32, HeaderRegistry)]\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_our_own_policies_are_as_they_were():
    before = made(msgidpolicy.SMTP).as_bytes(), made(msgidpolicy.SMTP).as_string()
    msgidpolicy.install(legacy=True)
    assert (made(msgidpolicy.SMTP).as_bytes(), made(msgidpolicy.SMTP).as_string()) == before


def test_six_threads_fold_while_the_switch_is_thrown(request):
    request.addfinalizer(functools.partial(sys.setswitchinterval, sys.getswitchinterval()))
    sys.setswitchinterval(1e-5)
    errors, folds, done = [], [0], threading.Event()
    # Whatever folds at the moment, an id is never lost and each message is one that either policy makes.
    fields = {"Message-ID": "<1@example.com>", "In-Reply-To": LONG_ID}

    def work():
        while not done.is_set():
            try:
                message = made(BOUND, **fields)
                assert message.as_bytes().startswith(b"Message-ID: <1@example.com>\r\n")
                assert pickle.loads(pickle.dumps(legacy_message())).as_bytes()
                folds[0] += 1
            except Exception as error:
                errors.append(repr(error))

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for number in range(SWITCHES):
        msgidpolicy.install(legacy=number % 2 == 0)
        msgidpolicy.uninstall()
    done.set()
    for thread in threads:
        thread.join()
    assert errors[:3] == [] and folds[0] > 0


def test_the_command_says_what_is_not_reached(tmp_path):
    Path(tmp_path, "mine.py").write_text(
        "import email.policy\nclass P(email.policy.EmailPolicy):\n    def fold(self, n, v): pass\n"
    )
    command = [sys.executable, "-m", "msgidpolicy", "installed"]
    shown = subprocess.run([*command, "mine"], capture_output=True, text=True, cwd=tmp_path, check=True, encoding="utf-8")
    assert "mine.P: it has its own fold: derive it from msgidpolicy.MsgIdPolicy" in shown.stdout
    assert "compat32" in shown.stdout
    shown = subprocess.run([*command, "--legacy"], capture_output=True, text=True, check=True, encoding="utf-8")
    assert "Not reached" not in shown.stdout


@pytest.mark.parametrize("name", ["nosuch", "nosuch.mail", "email.nosuch"])
def test_a_module_that_is_not_there_is_said_in_a_line(name):
    run = subprocess.run([sys.executable, "-m", "msgidpolicy", "installed", name], capture_output=True, text=True)
    assert (run.returncode, run.stdout, run.stderr) == (2, "", f"msgidpolicy installed: no module {name}\n")


def test_what_a_module_lacks_has_its_traceback(tmp_path):
    Path(tmp_path, "mine.py").write_text("import nosuch\n")
    command = [sys.executable, "-m", "msgidpolicy", "installed", "mine"]
    run = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert run.returncode == 1 and "mine.py" in run.stderr
