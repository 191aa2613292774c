"""What is of a wrong type is refused by a TypeError, where it is given, that says what was asked for."""

import email.message
import email.mime.text
import email.policy
from email.header import Header
from email.headerregistry import Address, Group
from enum import IntEnum

import flask_mail
import pytest

import msgidpolicy
from msgidpolicy import check

ANN, BOB = Address("Ann", "ann", "example.com"), Address("", "bob", "example.org")
MESSAGE = email.message.EmailMessage(policy=msgidpolicy.SMTP)


class Number(IntEnum):
    ONE = 1


class Text:
    """As Django's ``DNS_NAME``, and text that is translated late."""

    def __init__(self, text):
        self.text = text

    def __str__(self):
        return self.text


@pytest.mark.parametrize(
    "domain", [1, 1.5, True, False, Number.ONE, b"a.example", ["a.example"], ("a.example",), object(), Text]
)
def test_a_domain_is_text_or_says_what_its_text_is(domain):
    for call in (lambda: msgidpolicy.make_msgid(domain=domain), lambda: msgidpolicy.set_msgid_domain(domain)):
        with pytest.raises(TypeError, match="the domain of a Message-ID must be str, not "):
            call()


def test_an_object_whose_text_is_a_domain_is_one():
    assert msgidpolicy.make_msgid(domain=Text("mail.example.com")).endswith("@mail.example.com>")


@pytest.mark.parametrize(
    "value",
    [None, 0, 1, b"ann@example.com", [None], [ANN, 1], [("Ann", "ann@example.com")], 1.5, [b"ann@example.com"], object()],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize("name", ["To", "from", "Resent-Bcc"])
def test_an_address_is_text_or_an_object_of_addresses(name, value):
    """CPython sends to ``None``, ``1``, ``97, 110, 110`` and ``('Ann', 'ann@example.com')``."""
    for message in (email.message.EmailMessage(policy=msgidpolicy.SMTP), msgidpolicy.EmailMessage()):
        with pytest.raises(TypeError, match=f"field '{name}': a value must be str, not {type(value).__name__}"):
            message[name] = value
        assert message.keys() == []
    with pytest.raises(TypeError, match=f"field '{name}'"):
        msgidpolicy.fold(name, value)


@pytest.mark.parametrize(
    "value, said",
    [
        ([("Ann", "ann@example.com")], "list of tuple"),
        ([ANN, 1, 2], "list of Address and int"),
        ((None, b"a"), "tuple of NoneType and bytes"),
    ],
    ids=repr,
)
def test_of_a_list_it_is_said_what_is_in_it(value, said):
    message = email.message.EmailMessage(policy=msgidpolicy.SMTP)
    with pytest.raises(TypeError, match=f"field 'To': a value must be str, not {said}$"):
        message["To"] = value


@pytest.mark.parametrize("value", [b"a", 1, None, ["a"]], ids=repr)
def test_a_value_to_unfold_is_text(value):
    with pytest.raises(TypeError, match=f"value must be str, not .*{type(value).__name__}"):
        msgidpolicy.unfold(value)


@pytest.mark.parametrize(
    "value, folded",
    [
        ([ANN, BOB], b"To: Ann <ann@example.com>, bob@example.org\r\n"),
        (Group("g", (ANN,)), b"To: g: Ann <ann@example.com>;\r\n"),
        (["ann@example.com", BOB], b"To: ann@example.com, bob@example.org\r\n"),
        ({"ann@example.com": 1}, b"To: ann@example.com\r\n"),
        ([Header("ann@example.com"), Text("bob@example.org")], b"To: ann@example.com, bob@example.org\r\n"),
        (Text("ann@example.com"), b"To: ann@example.com\r\n"),
        ([], b"To:\r\n"),
    ],
    ids=repr,
)
def test_several_addresses_are_one_field(value, folded):
    assert msgidpolicy.fold("To", value) == folded
    assert isinstance(value, (Group, Text)) or msgidpolicy.fold("To", (item for item in value)) == folded


@pytest.mark.parametrize("value", [0, 0.0, False, b"", [], (), {}], ids=repr)
@pytest.mark.parametrize("name", ["Subject", "X-Priority", "Message-ID", "Date", "Content-Type", "MIME-Version"])
def test_a_value_that_is_false_is_not_dropped(name, value):
    """CPython writes the field without it."""
    with pytest.raises(TypeError, match=f"field '{name}': a value must be str, not {type(value).__name__}"):
        msgidpolicy.fold(name, value)


@pytest.mark.parametrize("name", ["Subject", "X-Priority", "Date", "Content-Type"])
def test_none_is_no_text_as_in_cpython(name):
    assert msgidpolicy.fold(name, None) == name.encode() + b":\r\n"


@pytest.mark.parametrize("value", [1, None, b"x"])
@pytest.mark.parametrize("policy", [msgidpolicy.SMTP, msgidpolicy.SMTP.clone(refold_source="all"), msgidpolicy.compat32])
def test_a_value_that_a_message_of_the_older_kind_took_names_its_field(value, policy):
    message = email.mime.text.MIMEText("Hello")
    message["X-Priority"] = value
    message.policy = policy
    for fold in (message.as_bytes, message.as_string, lambda: policy.fold_binary("X-Priority", value)):
        with pytest.raises(TypeError, match=f"field 'X-Priority': a value must be str, not {type(value).__name__}"):
            fold()


@pytest.mark.parametrize("call", [msgidpolicy.audit, msgidpolicy.fix], ids=["audit", "fix"])
@pytest.mark.parametrize(
    "given, said",
    [
        ({"select": "msg-id"}, "select must be several rules, not str"),
        ({"select": 1}, "select must be several rules, not int"),
        ({"select": [1]}, "a rule must be str, not int"),
        ({"ignore": b"msg-id"}, "ignore must be several rules, not bytes"),
        ({"ignore": [None]}, "a rule must be str, not NoneType"),
        ({"max_line_length": "78"}, "max_line_length must be int, not str"),
        ({"max_line_length": 78.5}, "max_line_length must be int, not float"),
    ],
)
def test_an_option_of_another_type_is_refused_whatever_the_mail(call, given, said):
    with pytest.raises(TypeError, match=said):
        call(b"", **given)


@pytest.mark.parametrize("severity", ["fatal", "", None, 1])
def test_a_severity_that_there_is_not_is_named(severity):
    with pytest.raises(ValueError, match=f"no such severity: {severity!r}"):
        msgidpolicy.audit(b"", severity=severity)


def test_rules_may_come_one_by_one():
    mail = b"Subject: a\r\n\r\n"
    assert [finding.rule for finding in check.audit(mail, select=iter(["message-no-date"]))] == ["message-no-date"]


@pytest.mark.parametrize("message", [None, 1, b"Subject: a\r\n\r\n", "Subject: a\n\n", email.message.EmailMessage], ids=repr)
def test_flatten_takes_a_message(message):
    with pytest.raises(TypeError, match="message must be an email.message.Message, not "):
        msgidpolicy.flatten(message)


@pytest.mark.parametrize("policy", [None, 1, "SMTP", msgidpolicy, msgidpolicy.MsgIdPolicy], ids=repr)
def test_a_policy_is_a_policy(policy, monkeypatch):
    monkeypatch.setattr(flask_mail, "message_policy", None, raising=False)
    for call in (lambda: msgidpolicy.flatten(MESSAGE, policy=policy), lambda: msgidpolicy.flask_mail.use(policy)):
        with pytest.raises(TypeError, match="policy must be a policy, as msgidpolicy.SMTP, not "):
            call()
    assert flask_mail.message_policy is None


@pytest.mark.parametrize("limit", ["78", 78.5, b"78", [78]], ids=repr)
def test_a_limit_is_a_number_of_columns(limit):
    for call in (lambda: msgidpolicy.MsgIdPolicy(max_line_length=limit), lambda: msgidpolicy.SMTP.clone(max_line_length=limit)):
        with pytest.raises(TypeError, match=f"max_line_length must be int or None, not {type(limit).__name__}"):
            call()
    with pytest.raises(TypeError, match=f"max_line_length must be int or None, not .*{type(limit).__name__}"):
        msgidpolicy.fold("Subject", "a", max_line_length=limit)
