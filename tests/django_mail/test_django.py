"""Django, whichever version is installed. CI runs this with each, in an environment of its own:

python -m pip install -e '.[test]' Django && python -m pytest tests/django_mail
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import django
import pytest

SENDER = Path(__file__).with_name("sender.py")
ROOT = Path(__file__).parent.parent.parent
SIX = django.VERSION >= (6, 0)
MAILERS = django.VERSION >= (6, 1)
SMTP_WAYS = ["app", "backend", "app-backend", "install-legacy", "app-backend-install-legacy"] + (["install"] if SIX else [])


def run(code, way="app", backend="smtp", **settings):
    """Run code behind ``configure()`` in a process of its own, with more settings of Django's; what it prints, read as JSON."""
    lines = [
        f"import sys; sys.path[:0] = [{str(SENDER.parent)!r}, {str(SENDER.parent.parent)!r}]",
        "import copy, email, email.policy, json, pickle, socket, warnings, hostile, msgidpolicy, sender",
        "warnings.simplefilter('error')",
        "socket.getfqdn = lambda name='': hostile.HOST",
        "with hostile.Server() as server:",
        f"    sender.configure({way!r}, {backend!r}, server.port, **{settings!r})",
        "    from django.core import mail",
        *(f"    {line}" for line in code.splitlines()),
    ]
    return _output(["-c", "\n".join(lines)])


def _output(arguments):
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def faults(way, backend):
    return _output([str(SENDER), way, backend])


def test_django_alone_breaks_rules():
    assert len(faults("none", "smtp")) >= 10


@pytest.mark.parametrize("way", SMTP_WAYS)
def test_what_django_sends_is_right(way):
    assert faults(way, "smtp") == []


@pytest.mark.parametrize("backend", ["console", "file", "locmem"])
def test_the_app_is_for_every_backend(backend):
    assert faults("app", backend) == []


if MAILERS:

    @pytest.mark.parametrize("way", ["app", "backend", "install"])
    def test_the_same_holds_with_mailers(way):
        assert faults(way, "mailers") == []

    def test_our_backend_makes_no_warning_of_its_own():
        code = "sender.build().send()\nprint(len(server.received))"  # warnings are errors
        assert run(code, "backend", "mailers") == 1


@pytest.mark.parametrize("way", ["none", "app"])
def test_a_message_is_audited_as_it_is_sent(way):
    code = (
        "message = sender.build()\n"
        "message.send()\n"
        "found = [[(f.rule, f.field, f.line) for f in msgidpolicy.audit(sent)] for sent in (message, server.received[0])]\n"
        "print(json.dumps([found[0] == found[1], len(found[0])]))"
    )
    is_same, findings = run(code, way)
    assert is_same and (findings > 5) == (way == "none")


def test_our_backend_has_no_constructor_of_its_own():
    assert run("from msgidpolicy.django import EmailBackend\nprint(json.dumps('__init__' in vars(EmailBackend)))") is False


def test_ready_twice_wraps_once():
    code = (
        "from django.apps import apps\n"
        "before = mail.EmailMessage.message\n"
        "apps.get_app_config('msgidpolicy').ready()\n"
        "print(json.dumps(mail.EmailMessage.message is before))"
    )
    assert run(code) is True


def test_a_subclass_that_calls_its_base_is_folded():
    code = (
        "class Mine(mail.EmailMessage):\n"
        "    def message(self, **arguments):\n"
        "        made = super().message(**arguments)\n"
        "        made['X-Mine'] = '<' + 'x' * 90 + '@example.com>'\n"
        "        return made\n"
        "print(json.dumps(type(Mine('a', 'b', 'a@b.example', ['c@d.example']).message().policy).__module__))"
    )
    assert run(code).startswith("msgidpolicy.")


if SIX:

    @pytest.mark.parametrize("name", ["default", "SMTP", "SMTPUTF8", "strict"])
    def test_a_policy_of_the_standard_library_becomes_ours(name):
        assert (
            run(
                f"found = mail.EmailMessage('a').message(policy=email.policy.{name}).policy\n"
                f"wanted = msgidpolicy.{name}\n"
                "names = ('utf8', 'cte_type', 'linesep', 'max_line_length', 'raise_on_defect', 'refold_source')\n"
                "print(json.dumps([type(found) is type(wanted)] + [getattr(found, n) == getattr(wanted, n) for n in names]))"
            )
            == [True] * 7
        )

    def test_settings_and_registry_of_a_policy_count():
        assert run(
            "import email.headerregistry\n"
            "policy = email.policy.EmailPolicy(max_line_length=60, cte_type='7bit')\n"
            "policy.header_factory.map_to_type('x-to', email.headerregistry.AddressHeader)\n"
            "made = mail.EmailMessage('word ' * 30, headers={'X-To': 'a@b.example, c@d.example'}).message(policy=policy)\n"
            "print(json.dumps([made.policy.max_line_length, made.policy.cte_type, len(made['X-To'].addresses)]))"
        ) == [60, "7bit", 2]

    def test_a_policy_that_is_not_exactly_an_email_policy_is_passed_on():
        assert run(
            "class Mine(email.policy.EmailPolicy): pass\n"
            "policy = Mine()\n"
            "print(json.dumps(mail.EmailMessage('a').message(policy=policy).policy is policy))"
        )

else:

    def test_what_a_message_hands_out_is_what_it_was():
        code = "made = sender.build().message()\nprint(json.dumps([[n, str(v)] for n, v in made.items() if n not in ('Date', 'Message-ID', 'Content-Type')]))"
        assert run(code, "app") == run(code, "none")


def test_line_ends_in_a_field_are_refused_as_django_refuses_them():
    code = (
        "names = []\n"
        "for headers in ({'References': '<a@b.example>\\r\\n <c@d.example>'}, {'X-One': 'a\\nBcc: everybody@example.org'}):\n"
        "    try: mail.EmailMessage('a', headers=headers).message()\n"
        "    except ValueError as error: names.append(type(error).__mro__[-4].__name__)\n"
        "print(json.dumps(names))"
    )
    assert len(run(code, "app")) == len(run(code, "none")) == 2


def test_internationalized_domains_and_addresses_are_as_they_were():
    code = (
        "made = mail.EmailMessage('a', 'b', 'ann@bücher.example', ['Zoë <zoe@exämple.com>', 'bob@example.org'])\n"
        "made = email.message_from_bytes(made.message().as_bytes(), policy=email.policy.default)\n"
        "print(json.dumps([[[a.display_name, a.addr_spec] for a in made[n].addresses] for n in ('From', 'To')]))"
    )
    assert run(code, "app") == run(code, "none")


def test_a_failure_to_send_can_be_silent():
    port = "import socket; closed = socket.create_server(('127.0.0.1', 0)); port = closed.getsockname()[1]; closed.close()\n"
    code = port + (
        "from msgidpolicy.django import EmailBackend\n"
        "warnings.simplefilter('ignore')\n"
        "backend = EmailBackend(host='127.0.0.1', port=port, fail_silently=True)\n"
        "print(json.dumps([backend.send_messages([sender.build()]), backend.send_messages([]), backend.send_messages(())]))"
    )
    assert run(code, "backend") in ([0, 0, 0], [None, 0, 0])


def test_messages_are_pickled_and_copied_as_before():
    code = (
        "message = sender.build()\n"
        "message.extra_headers.update({'Message-ID': '<1@example.com>', 'Date': 'Mon, 02 Nov 2026 10:00:00 +0000'})\n"
        "def wire(made):\n"
        "    for number, part in enumerate(made.walk()):\n"
        "        if part.is_multipart(): part.set_boundary(f'b{number}')\n"
        "    return made.as_bytes()\n"
        "wires = {wire(pickle.loads(pickle.dumps(message)).message()), wire(copy.deepcopy(message).message())}\n"
        "made = message.message()\n"
        "wires |= {wire(made), wire(pickle.loads(pickle.dumps(made))), wire(copy.deepcopy(made))}\n"
        "print(json.dumps(len(wires)))"
    )
    assert run(code) == 1


IDS = (
    "asked = []\n"
    "def getfqdn(name=''): asked.append(name); return hostile.HOST\n"
    "socket.getfqdn = getfqdn\n"
    "made = [mail.EmailMessage('a').message()['Message-ID'] for _ in range(3)]\n"
)


def test_ids_are_on_the_domain_that_is_set_without_a_look_up():
    ids, asked, host = run(
        IDS + "print(json.dumps([made, len(asked), str(mail.DNS_NAME)]))", MESSAGE_ID_DOMAIN="mail.example.com"
    )
    assert len(set(ids)) == 3 and all(one.endswith("@mail.example.com>") and len(one) < 60 for one in ids)
    assert asked == 0 and host.endswith(".example.net")  # EHLO asks for that


def test_an_id_of_ones_own_stays():
    code = "print(json.dumps(mail.EmailMessage('a', headers={'Message-ID': '<1@example.com>'}).message()['Message-ID']))"
    assert run(code, MESSAGE_ID_DOMAIN="mail.example.com") == "<1@example.com>"


def test_a_domain_of_the_callers_counts():
    code = "print(json.dumps([mail.make_msgid('x', 'a.example'), mail.make_msgid()]))"
    own, known = run(code, MESSAGE_ID_DOMAIN="mail.example.com")
    assert own.endswith(".x@a.example>") and known.endswith("@mail.example.com>")


def ids_sent(code, way="backend", backend="smtp", **settings):
    """The Message-IDs of what code sends."""
    shown = "\nprint(json.dumps([email.message_from_bytes(octets)['Message-ID'] for octets in server.received]))"
    return run(code + shown, way, backend, **settings)


SENT = "mail.EmailMessage('a', 'b', 'a@b.example', ['c@d.example']).send()\n"


@pytest.mark.parametrize("backend", ["smtp", "mailers"] if MAILERS else ["smtp"])
@pytest.mark.parametrize("way", ["backend", "app-backend"])
def test_our_backend_sends_ids_on_the_domain_that_is_set(way, backend):
    ids = ids_sent(SENT * 2, way, backend, MESSAGE_ID_DOMAIN="mail.example.com")
    assert len(set(ids)) == 2 and all(one.endswith("@mail.example.com>") and len(one) < 60 for one in ids)


def test_our_backend_leaves_ids_of_ones_own_and_djangos_where_no_domain_is_set():
    code = (
        "headers = {'message-id': f'<1@{mail.DNS_NAME}>'}\n"
        "mail.EmailMessage('a', 'b', 'a@b.example', ['c@d.example'], headers=headers).send()\n"
        "class Mine(mail.EmailMessage):\n"
        "    def message(self, **arguments):\n"
        "        made = super().message(**arguments)\n"
        "        made.replace_header('Message-ID', '<2@mine.example>')\n"
        "        return made\n"
        "Mine('a', 'b', 'a@b.example', ['c@d.example']).send()\n"
    )
    first, second = ids_sent(code, MESSAGE_ID_DOMAIN="mail.example.com")
    assert first.startswith("<1@") and second == "<2@mine.example>"
    assert ids_sent(SENT)[0].endswith(".prvt.dyno.rt.example.net>")


def test_our_backend_refuses_to_send_on_a_domain_that_is_none():
    with pytest.raises(AssertionError, match="FieldError"):
        ids_sent(SENT, MESSAGE_ID_DOMAIN="not a domain")


def test_without_a_domain_ids_are_djangos():
    assert run(IDS + "print(json.dumps(made))")[0].endswith(".prvt.dyno.rt.example.net>")


def test_a_domain_that_is_none_is_refused_at_the_start():
    with pytest.raises(AssertionError, match="FieldError"):
        run("print(1)", MESSAGE_ID_DOMAIN="not a domain")


def lines_of_the_documentation():
    """The settings that README and docs show, with what is asked of what is sent with them."""
    found = set()
    for page in ("README.rst", "docs/usage.rst"):
        found |= set(re.findall(r"^    ((?:INSTALLED_APPS|EMAIL_BACKEND|MAILERS) .+)$", (ROOT / page).read_text("utf-8"), re.M))
    assert len(found) == 3
    return sorted(line for line in found if MAILERS or not line.startswith("MAILERS"))


@pytest.mark.parametrize("line", lines_of_the_documentation())
def test_a_line_of_the_documentation_is_enough(line):
    code = (
        f"import sys, warnings; sys.path[:0] = [{str(SENDER.parent)!r}, {str(SENDER.parent.parent)!r}]\n"
        "import hostile, json, socket, sender, django\n"
        "from django.conf import settings\n"
        "warnings.simplefilter('ignore')\n"
        "with hostile.Server() as server:\n"
        "    given = {'INSTALLED_APPS': []}\n"
        f"    exec({line!r}, given)\n"
        "    del given['__builtins__']\n"
        "    if 'MAILERS' in given: given['MAILERS']['default']['OPTIONS']['port'] = server.port\n"
        "    else: given.update(EMAIL_HOST='127.0.0.1', EMAIL_PORT=server.port)\n"
        "    settings.configure(USE_TZ=True, **given)\n"
        "    django.setup()\n"
        "    print(json.dumps(hostile.faults(sender.sent('smtp', server))))\n"
    )
    assert _output(["-c", code]) == []


def test_the_domain_is_set_by_the_line_of_the_documentation():
    (line,) = re.findall(r"(?m)^    (MESSAGE_ID_DOMAIN = .+)$", (ROOT / "docs" / "usage.rst").read_text("utf-8"))
    settings = {}
    exec(line, settings)
    domain = settings["MESSAGE_ID_DOMAIN"]
    made = run("print(json.dumps(mail.EmailMessage().message()['Message-ID']))", MESSAGE_ID_DOMAIN=domain)
    assert domain == "mail.example.com" and made.endswith(f"@{domain}>")


@pytest.mark.parametrize("sender, ok", [("ann@example.com", True), ("ann", False)])
def test_a_test_of_djangos_runner_fails_by_the_line_of_the_documentation(sender, ok):
    (line,) = re.findall(r"(?m)^    (self\.assert.+)$", (ROOT / "docs" / "testing.rst").read_text("utf-8"))
    code = f"""
import unittest
from django.test.utils import setup_test_environment
setup_test_environment()
class Test(unittest.TestCase):
    def test_mail(self):
        from django.core import mail
        mail.EmailMessage("Hello", "Hello", {sender!r}, ["bob@example.org"]).send()
        {line}
result = unittest.TestResult()
Test("test_mail").run(result)
print(json.dumps([len(result.failures), len(result.errors)]))
"""
    assert run(code) == [0 if ok else 1, 0]


def test_importing_msgidpolicy_imports_no_django():
    code = "import msgidpolicy, sys, json; print(json.dumps('django' in sys.modules))"
    assert _output(["-c", code]) is False


@pytest.mark.skipif(not SIX, reason="older versions make messages of email.mime")
@pytest.mark.parametrize("way", ["app", "backend"])
def test_what_is_sent_is_what_the_generator_writes(way):
    code = """
from email.generator import BytesGenerator
import io
import msgidpolicy.django
message = mail.EmailMultiAlternatives("Grüße", "Grüße", "Zoë <a@example.com>", ["b@example.com"])
message.attach_alternative("<p>Grüße", "text/html")
message.attach("Übersicht.pdf", b"x" * 999, "application/pdf")
built = msgidpolicy.django.folded(message.message)
octets, generated = built.as_bytes(), io.BytesIO()
BytesGenerator(generated, mangle_from_=False, policy=built.policy).flatten(built)
print(json.dumps([type(built).__module__, octets == generated.getvalue()]))
"""
    assert run(code, way) == ["msgidpolicy.message", True]
