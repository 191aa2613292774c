"""Messages that are written without the standard library's generator are what that makes of them, octet for octet."""

import copy
import email
import email.message
import email.policy
import importlib.util
import io
import os
import pickle
import random
import threading
from email.generator import BytesGenerator
from email.header import Header
from email.headerregistry import AddressHeader, UniqueUnstructuredHeader
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest

import msgidpolicy
from msgidpolicy.tree import Tree, UnusualError

TIMES = int(os.environ.get("MSGIDPOLICY_TREES", "500"))
POLICIES = {
    "SMTP": msgidpolicy.SMTP,
    "SMTPUTF8": msgidpolicy.SMTPUTF8,
    "7bit": msgidpolicy.SMTP.clone(cte_type="7bit"),
    "no limit": msgidpolicy.SMTP.clone(max_line_length=0),
    "998": msgidpolicy.SMTP.clone(max_line_length=998),
    "line ends of Unix": msgidpolicy.default,
    "refold all": msgidpolicy.SMTP.clone(refold_source="all"),
    "refold none": msgidpolicy.SMTP.clone(refold_source="none"),
    "protected": msgidpolicy.SMTP.clone(protected_headers={"x-tag"}),
}
every_policy = pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)


def generated(message, policy):
    octets = io.BytesIO()
    BytesGenerator(octets, mangle_from_=False, policy=policy).flatten(message)
    return octets.getvalue()


def outcome(function, *arguments):
    try:
        return function(*arguments)
    except UnusualError:
        raise
    except Exception as error:
        return type(error), str(error)


class Trees:
    """Random messages, as applications and parsers build them."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def text(self):
        alphabet = self.random.choice(("ab cd\n", "aü é\n", "日本\n", "ab\r\n", "\r\n", "-=0 \n"))
        return "".join(self.random.choices(alphabet, k=self.random.choice((0, 1, 30, 300))))

    def fields(self, message):
        values = {
            "Subject": ("plain", "größer " * 20, "x" * 200),
            "From": ("Zoë <z@example.com>", "a@example.com"),
            "To": ("a@example.com, " * 9 + "b@example.com", 'Group: "x, y" <c@example.com>;'),
            "References": ("<1@example.com> <2@example.com>", f"<{'x' * 100}@example.com>"),
            "X-Tag": ("é", "a b"),
            "Date": ("Thu, 26 Nov 2026 04:47:30 +0000",),
        }
        for name, choices in values.items():
            if self.random.random() < 0.5:
                message[name] = self.random.choice(choices)

    def leaf(self, message, policy):
        kind = self.random.randrange(6)
        if kind == 0:
            message.set_content(self.random.randbytes(self.random.choice((0, 1, 100, 1000))), "image", "png", filename="é.png")
        elif kind == 1:
            message.set_content(self.text(), subtype="html", cte=self.random.choice((None, "base64", "quoted-printable")))
        elif kind == 2:
            message.set_payload(self.text().encode("ascii", "ignore").decode())
        elif kind == 3:
            message["Content-Type"] = self.random.choice(("text/plain", "nonsense", "application/x; a=b", "TEXT/HTML"))
            message.set_payload(self.random.choice((None, "", "one\r\rtwo\n\r\n", "x")))
        else:
            message.set_content(self.text())

    def multipart(self, message, policy, depth):
        getattr(message, "make_" + self.random.choice(("mixed", "related", "alternative")))()
        for _ in range(self.random.choice((0, 1, 2, 3))):
            message.attach(self.build(policy, depth - 1))
        if self.random.random() < 0.2:
            message.set_boundary(self.random.choice(("b", "a b", "x" * 70)))
        if self.random.random() < 0.2:
            message.preamble = self.text().encode("ascii", "ignore").decode()
        if self.random.random() < 0.2:
            message.epilogue = self.text().encode("ascii", "ignore").decode()

    def build(self, policy, depth=3):
        message = self.random.choice((msgidpolicy.EmailMessage, email.message.EmailMessage, email.message.MIMEPart))(
            policy=policy
        )
        self.fields(message)
        if depth and self.random.random() < 0.6:
            self.multipart(message, policy, depth)
        elif depth and self.random.random() < 0.15:
            message.set_content(self.build(policy, depth - 1))
        elif depth and self.random.random() < 0.1:
            message = MIMEText(self.text(), "plain", "utf-8", policy=policy)
        else:
            self.leaf(message, policy)
        return message


def test_a_tree_that_was_built_is_what_the_generator_writes():
    trees, written = Trees(1), 0
    for _ in range(TIMES):
        policy = trees.random.choice(list(POLICIES.values()))
        message = trees.build(policy)
        try:
            tree = outcome(Tree, message, policy)
        except UnusualError:
            continue
        written += 1
        if isinstance(tree, tuple):
            assert tree == outcome(generated, message, policy)
            continue
        for part, bounded in tree.bounded:
            part.set_boundary(bounded.get_boundary())
        assert tree.octets == generated(message, policy)
    assert written > TIMES * 0.8


def messages_of_cpython():
    spec = importlib.util.find_spec("test")
    folders = [Path(folder) / "test_email" / "data" for folder in (spec.submodule_search_locations if spec else ())]
    return [path.read_bytes() for folder in folders for path in sorted(folder.glob("*.txt"))]


@every_policy
def test_a_message_that_was_read_is_what_the_generator_writes(policy):
    sources, written = messages_of_cpython(), 0
    if not sources:
        pytest.skip("this Python has no tests of its own")
    for source in sources:
        for parser_policy in (policy, email.policy.compat32, email.policy.SMTP):
            message, again = (email.message_from_bytes(source, policy=parser_policy) for _ in range(2))
            try:
                tree = Tree(message, policy)
            except UnusualError:
                continue
            written += 1
            assert not tree.bounded
            assert tree.octets == generated(again, policy)
    assert written > len(sources)


@pytest.fixture
def message():
    message = msgidpolicy.EmailMessage()
    message["Subject"] = "größer " * 20
    message.set_content("Text\n")
    message.add_alternative("<p>Grüße\n", subtype="html")
    message.add_attachment(b"x" * 1000, "application", "pdf", filename="Übersicht.pdf")
    return message


def state(message):
    return [(part.policy, part.items(), part.get_payload() if not part.is_multipart() else None) for part in message.walk()]


def test_a_message_gets_its_boundaries_for_good(message):
    first = message.as_bytes()
    assert first == bytes(message) == message.as_bytes() == generated(message, msgidpolicy.SMTP)
    boundaries = [part.get_boundary() for part in message.walk() if part.is_multipart()]
    assert len(set(boundaries)) == 2 and all(len(boundary) <= 70 for boundary in boundaries)  # RFC 2046, 5.1.1


class Derived(msgidpolicy.MsgIdPolicy):
    pass


@pytest.mark.parametrize("bad", [{"To": "zoë@example.com"}, {"Message-ID": f"<{'x' * 1200}@example.com>"}])
def test_a_message_that_cannot_be_written_is_as_it_was(message, bad):
    for name, value in bad.items():
        message.get_payload()[-1][name] = value
    before = state(message)
    for keep in (False, True):
        for write in (
            message.as_bytes,
            lambda: message.as_bytes(unixfrom=True),
            lambda: message.as_bytes(policy=Derived(linesep="\r\n")),
            lambda: msgidpolicy.flatten(message, keep_bcc=keep),
        ):
            with pytest.raises(msgidpolicy.FieldError):
                write()
            assert state(message) == before


def test_a_boundary_is_in_no_text(monkeypatch, message):
    drawn = iter([b"\0" * 16, b"\0" * 16, b"\1" * 16, b"\2" * 16])
    monkeypatch.setattr("msgidpolicy.tree.os.urandom", lambda size: next(drawn))
    message.get_payload()[0].get_payload()[0].set_content(f"--{'=' * 15}{0:039}==\n")
    octets = message.as_bytes()
    assert octets.count(b"0" * 39) == 1
    assert len(list(email.message_from_bytes(octets).walk())) == 5


def test_a_message_is_one_for_smtplib_and_parsers(message):
    assert isinstance(message, email.message.EmailMessage) and message.policy is msgidpolicy.SMTP
    assert type(message.get_payload(0)) is msgidpolicy.EmailMessage
    for other in (pickle.loads(pickle.dumps(message)), copy.deepcopy(message)):
        assert type(other) is msgidpolicy.EmailMessage and other.items() == message.items()
    policy = msgidpolicy.SMTP.clone(message_factory=msgidpolicy.EmailMessage)
    read = email.message_from_bytes(message.as_bytes(), policy=policy)
    assert type(read) is msgidpolicy.EmailMessage and read.as_bytes() == message.as_bytes()


def test_fields_are_set_as_in_another_message():
    ours, theirs = msgidpolicy.EmailMessage(), email.message.EmailMessage(policy=msgidpolicy.SMTP)
    values = {
        "Subject": "ü",
        "To": "Zoë <z@example.com>",
        "X-Tag": "a =?utf-8?q?=C3=BC?=",
        "Date": "1 Jan 2026 00:00",
        "Content-Type": "text/x",
    }
    for message in (ours, theirs):
        for name, value in values.items():
            message[name] = value
        message["X-Tag"] = "another"
        message["From"] = message["To"]
    assert ours.items() == theirs.items()
    for (_, one), (_, other) in zip(ours.raw_items(), theirs.raw_items()):
        assert type(one) is type(other) and str(one) == str(other) and vars(one).keys() == vars(other).keys()
        kept = ("_field_name", "_value", "_read", "_known")
        assert [getattr(one, key) for key in kept] == [getattr(other, key) for key in kept]


@pytest.mark.parametrize("name", ["Subject", "subject", "From", "MIME-Version"])
def test_a_field_that_may_be_there_once_is_not_set_twice(name):
    message = msgidpolicy.EmailMessage()
    message[name] = "1.0"
    with pytest.raises(ValueError, match="at most 1"):
        message[name.upper()] = "1.0"
    assert len(message.items()) == 1


@pytest.mark.parametrize("value", ["a\nBcc: x@example.com", "a\r\n", "=?utf-8?q?a=0A?=", "\ud800"])
def test_a_field_that_is_refused_is_not_there(value):
    message = msgidpolicy.EmailMessage()
    if value == "a\r\n":
        message["Subject"] = value
        assert message.as_bytes() == b"Subject: a\r\n\r\n"
        return
    with pytest.raises(msgidpolicy.FieldError):
        message["Subject"] = value
    assert message.items() == []


@pytest.mark.parametrize("policy", [email.policy.compat32, email.policy.default, email.policy.SMTP.clone(max_line_length=40)])
def test_a_message_with_another_policy_is_as_any(policy):
    ours, theirs = msgidpolicy.EmailMessage(policy), email.message.EmailMessage(policy)
    for message in (ours, theirs):
        message["Subject"] = "a subject " * 9
        message.set_payload("x\n")
    assert ours.as_bytes() == theirs.as_bytes() and ours.as_bytes(unixfrom=True).startswith(b"From ")


class Asking(msgidpolicy.MsgIdPolicy):
    def header_max_count(self, name):
        return 2

    def header_store_parse(self, name, value):
        return super().header_store_parse(name, value.upper())


class Copied(msgidpolicy.FieldRegistry):
    def __call__(self, name, value):
        return super().__call__(name, value.upper())


def test_a_policy_or_registry_of_ones_own_is_asked_for_each_field():
    message = msgidpolicy.EmailMessage(Asking())
    message["Subject"], message["subject"] = "a", "b"
    assert message.items() == [("Subject", "A"), ("subject", "B")]
    with pytest.raises(ValueError, match="at most 2"):
        message["SUBJECT"] = "c"
    message = msgidpolicy.EmailMessage(msgidpolicy.SMTP.clone(header_factory=Copied()))
    message["Subject"] = "a"
    assert message.as_bytes() == b"Subject: A\r\n\r\n"


def test_what_is_mapped_later_counts_for_fields_that_are_set_later():
    policy = msgidpolicy.SMTP.clone(header_factory=msgidpolicy.FieldRegistry())
    message = msgidpolicy.EmailMessage(policy)
    message["X-Once"] = "a"
    policy.header_factory.map_to_type("x-once", UniqueUnstructuredHeader)
    with pytest.raises(ValueError, match="at most 1"):
        message["X-Once"] = "b"
    policy.header_factory.default_class = AddressHeader
    message["X-To"] = "a@example.com"
    assert not hasattr(message["X-Once"], "addresses") and message["X-To"].addresses[0].username == "a"


def test_a_message_that_keeps_its_policy_or_fields_in_its_own_way_is_asked():
    class Other(msgidpolicy.EmailMessage):
        @property
        def policy(self):
            return email.policy.compat32

        @policy.setter
        def policy(self, policy):
            pass

        def __setitem__(self, name, value):
            super().__setitem__(name, value + "!")

    message = Other()
    message["Subject"] = "ü"
    assert list(message.raw_items()) == [("Subject", "ü!")]


@pytest.mark.parametrize("name", [1, None, ["Subject"]])
def test_a_name_that_is_no_str_is_refused_as_by_another_message(name):
    ours, theirs = msgidpolicy.EmailMessage(), email.message.EmailMessage(policy=msgidpolicy.SMTP)
    for use in (lambda message: message.__setitem__(name, "a"), lambda message: name in message):
        with pytest.raises((TypeError, AttributeError)) as wanted:
            use(theirs)
        with pytest.raises(wanted.type):
            use(ours)
    assert ours.items() == []


def test_a_field_is_in_a_message_whatever_the_case_of_its_name():
    message = msgidpolicy.EmailMessage()
    message["Subject"], message["X-Tag"] = "a", "b"
    assert "sUBJECT" in message and "x-tag" in message and "Subjec" not in message and "X-Täg" not in message


def test_content_goes_with_its_fields_and_nothing_else():
    ours, theirs = msgidpolicy.EmailMessage(), email.message.EmailMessage(policy=msgidpolicy.SMTP)
    for message in (ours, theirs):
        for name in ("Content-Type", "Subject", "content-id", "CONTENT-X", "X-Content-Y", "Content", "Contents-Z"):
            message[name] = "text/x"
        message.set_payload("a\n")
        message.clear_content()
    assert ours.items() == theirs.items() and len(ours.items()) == 4
    assert ours.get_payload() is theirs.get_payload() is None


class Injecting(str):
    name = "X-Tag"

    def fold(self, *, policy):
        return "X-Tag: a\r\nBcc: everybody@example.com\r\n"


def test_what_folds_itself_goes_through_the_generator():
    message = msgidpolicy.EmailMessage()
    message["X-Tag"] = Injecting("a")
    with pytest.raises(UnusualError):
        Tree(message, message.policy)


def test_a_policy_with_a_hook_of_ones_own_goes_through_the_generator(message):
    class Mine(msgidpolicy.MsgIdPolicy):
        def _fold(self, name, value, refold_binary=False):
            return f"{name}: mine\r\n"

    for policy in (
        Mine(linesep="\r\n"),
        message.policy.clone(linesep="\r"),
        message.policy.clone(fold_binary=lambda *_: b"mine\r\n"),
    ):
        with pytest.raises(UnusualError):
            Tree(message, policy)
    assert message.as_bytes(policy=Mine(linesep="\r\n")).startswith(b"Subject: mine\r\n")


def test_a_signed_part_is_in_its_message_as_it_was_signed():
    part = msgidpolicy.EmailMessage()
    part["X-Note"] = "a note " * 30
    part.set_content("x\n")
    signed = part.as_bytes(policy=msgidpolicy.SMTP.clone(max_line_length=0))
    message = MIMEMultipart("signed", _subparts=[part, MIMEText("signature")], policy=msgidpolicy.SMTP)
    outer = msgidpolicy.EmailMessage()
    outer.make_mixed()
    outer.attach(message)
    assert signed in outer.as_bytes() and signed in msgidpolicy.flatten(outer)


@pytest.mark.parametrize("depth", [90, 1000])
def test_a_deep_tree_is_written_or_refused_as_by_the_generator(depth):
    message = innermost = msgidpolicy.EmailMessage()
    for _ in range(depth):
        innermost.make_mixed()
        part = msgidpolicy.EmailMessage()
        innermost.attach(part)
        innermost = part
    innermost.set_payload("x")
    if depth == 1000:
        with pytest.raises(RecursionError):
            message.as_bytes()
        assert message.get_boundary() is None
    else:
        assert message.as_bytes().count(b"\r\nContent-Type: multipart/mixed") == depth - 1


def test_a_part_within_itself_is_refused():
    message = msgidpolicy.EmailMessage()
    message.make_mixed()
    message.attach(message)
    message.attach(message)
    with pytest.raises(RecursionError):
        message.as_bytes()
    assert message.get_boundary() is None


def test_eight_threads_write_one_message(message):
    message.as_bytes()
    octets, written = message.as_bytes(), set()
    threads = [threading.Thread(target=lambda: written.update(message.as_bytes() for _ in range(50))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert written == {octets}


def test_values_of_email_header_are_written_as_before():
    message = email.message.Message(policy=email.policy.compat32)
    message["Subject"] = Header("größer " * 20, "utf-8")
    message.set_payload("x\n")
    assert Tree(message, msgidpolicy.SMTP).octets == generated(message, msgidpolicy.SMTP)
