"""Message-IDs of our own: their form, their domain, that no two are alike."""

import importlib
import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
import warnings
from email.utils import make_msgid as standard_make_msgid

import pytest

import msgidpolicy
from msgidpolicy import FieldError, _core, make_msgid, message_id, set_msgid_domain

FORM = re.compile(r"<[0-9a-v]{9}\.[0-9a-v]{20}@[a-z0-9.-]+>")

#: Kinds of domain that mail comes from.
DOMAINS = [
    "example.com",
    "mail.example.com",
    "a.co",
    "x1.io",
    "mx-1.eu-west-1.compute.example.net",
    "aaf39fce-569e-473a-9453-6862595bd8da.prvt.dyno.rt.heroku.com",
    "1and1.example",
    "123.example",
    "ip-10-0-0-1.ec2.internal",
    "host.local",
    "xn--mnchen-3ya.example",
    "münchen.example",
    "日本語.example",
    "a.b.c.d.e.f.example.org",
    "EXAMPLE.COM",
    "mail2.example.co.uk",
    "deadbeef.example",
    "smtp.q-1.example",
    "yahoo.example",
    "static.4.3.2.1.example.net",
]


@pytest.fixture(autouse=True)
def unconfigured(monkeypatch):
    monkeypatch.delenv("MESSAGE_ID_DOMAIN", raising=False)
    monkeypatch.setattr(socket, "getfqdn", lambda name="": "mx.example.net")
    set_msgid_domain(None)
    yield
    monkeypatch.undo()
    set_msgid_domain(None)


# --- form ----------------------------------------------------------------------------------------


def test_an_id_is_its_time_and_96_random_bits():
    assert FORM.fullmatch(make_msgid(domain="mail.example.com"))
    forks = _core.forks().to_bytes(4, "big")
    pool = bytearray(forks + b"\x00\x01" + bytes(11) + b"\x05")
    assert _core.make_msg_id(31_000_000, pool, None, "a.example") == "<00000000v.00000000000000000005@a.example>"
    assert pool[:6] == forks + b"\x00\x00"


def test_an_id_is_shorter_than_the_standard_librarys():
    ours = sum(len(make_msgid(domain="a.example")) for _ in range(200))
    theirs = sum(len(standard_make_msgid(domain="a.example")) for _ in range(200))  # its digits vary
    assert ours + 200 * 5 < theirs
    assert len("Message-ID: " + make_msgid(domain="x" * 30 + ".de")) <= 78


def test_ids_sort_as_they_were_made():
    ids = []
    for _ in range(20):
        ids.append(make_msgid(domain="a.example"))
        time.sleep(0.002)
    assert ids == sorted(ids)


def test_the_idstring_goes_behind_the_random_part():
    assert re.fullmatch(r"<[0-9a-v]{9}\.[0-9a-v]{20}\.order-1\.x@a\.example>", make_msgid("order-1.x", "a.example"))


@pytest.mark.parametrize("idstring", ["a b", "a@b", "<", "a..b", ".a", "é", "a\r\nBcc: x"])
def test_an_idstring_that_is_no_dot_atom_is_refused(idstring):
    with pytest.raises(FieldError, match="idstring"):
        make_msgid(idstring, "a.example")


# --- domain --------------------------------------------------------------------------------------


@pytest.mark.parametrize("domain", ["", "a b", "a@b", "a..b", ".a", "a.", "[127.0.0.1]", "a\r\nBcc: x", "a>b", "(a)"])
def test_a_domain_that_is_no_dot_atom_is_refused(domain):
    for refuse in (lambda: make_msgid(domain=domain), lambda: set_msgid_domain(domain)):
        with pytest.raises(FieldError, match="domain") as caught:
            refuse()
        assert caught.value.name == "Message-ID"


def test_the_offset_is_that_of_the_character_at_fault():
    with pytest.raises(FieldError) as caught:
        make_msgid(domain="mail example.com")
    assert caught.value.offset == 4


@pytest.mark.parametrize("idstring, longest", [(None, 953), ("x", 951)])
def test_a_line_of_998_octets_holds_an_id(idstring, longest):
    """RFC 5322, 2.1.1: with the field's name; and the policy folds it."""
    msg_id = make_msgid(idstring, domain="x" * longest)
    assert msgidpolicy.fold("Message-ID", msg_id) == b"Message-ID: " + msg_id.encode() + b"\r\n"
    assert len("Message-ID: " + msg_id) == 998
    with pytest.raises(FieldError, match="no place to fold within the 998 octets"):
        make_msgid(idstring, domain="x" * (longest + 1))


def test_a_domain_may_be_any_object_with_a_str():
    class DNSName:
        def __str__(self):
            return "dns.example"

    assert make_msgid(domain=DNSName()).endswith("@dns.example>")


def test_an_internationalized_domain_becomes_its_a_label():
    assert make_msgid(domain="münchen.example").endswith("@xn--mnchen-3ya.example>")
    assert make_msgid(domain="faß.example").endswith("@xn--fa-hia.example>")  # IDNA 2003 has fass
    set_msgid_domain("münchen.example")
    assert make_msgid().endswith("@xn--mnchen-3ya.example>")


def test_without_the_package_idna_the_error_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "idna", None)
    with pytest.raises(FieldError, match=r'pip install "msgidpolicy\[idna\]"'):
        make_msgid(domain="münchen.example")


def test_a_domain_that_idna_has_not_is_refused():
    with pytest.raises(FieldError, match="is none"):
        make_msgid(domain="\u2488com.example\ufffd")


def test_the_argument_goes_before_the_setting_before_the_environment_before_the_host(monkeypatch):
    assert make_msgid().endswith("@mx.example.net>")
    monkeypatch.setenv("MESSAGE_ID_DOMAIN", "env.example")
    assert make_msgid().endswith("@env.example>")
    set_msgid_domain("set.example")
    assert make_msgid().endswith("@set.example>")
    assert make_msgid(domain="arg.example").endswith("@arg.example>")
    set_msgid_domain(None)
    assert make_msgid().endswith("@env.example>")


def test_the_host_is_asked_once_and_again_when_the_setting_is_taken_back(monkeypatch):
    asked = []
    monkeypatch.setattr(socket, "getfqdn", lambda name="": asked.append(1) or "mx.example.net")
    for _ in range(5):
        make_msgid()
    assert len(asked) == 1
    set_msgid_domain(None)
    make_msgid()
    assert len(asked) == 2


@pytest.mark.parametrize(
    "host, domain",
    [
        ("localhost", "localhost.invalid"),
        ("localhost.localdomain", "localhost.localdomain.invalid"),
        ("web1", "web1.invalid"),
        ("10.0.0.1", "10.0.0.1.invalid"),
        ("", "localhost.invalid"),
        ("my_host.example", "my-host.example.invalid"),
        ("1.0.0.0.ip6.arpa", "1.0.0.0.ip6.arpa"),
    ],
)
def test_a_host_that_filters_punish_gets_a_name_that_none_has(monkeypatch, host, domain):
    monkeypatch.setattr(socket, "getfqdn", lambda name="": host)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert make_msgid().endswith(f"@{domain}>")
        make_msgid()
    assert len(caught) == (1 if domain.endswith(".invalid") else 0)
    assert all("set_msgid_domain" in str(warning.message) and "MESSAGE_ID_DOMAIN" in str(warning.message) for warning in caught)
    assert all(warning.filename == __file__ for warning in caught)


# --- what receivers want -------------------------------------------------------------------------

#: What a spam filter takes for a sign of spam, or wants to see (SpamAssassin 4.0, rspamd 3.4).
SUSPICIOUS = {
    "MSGID_RANDY": r"<[a-z\d][a-z\d$-]{10,29}[a-z\d]@[a-z\d][a-z\d.]{3,12}[a-z\d]>",
    "MSGID_SPAM_CAPS": r"^\s*<?[A-Z]+@(?!(?:mailcity|whowhere)\.com)",
    "MSGID_SHORT": r"^.{1,15}$|<.{0,4}@",
    "MSGID_MULTIPLE_AT": r"<[^>]*@[^>]*@",
    "RATWARE_MS_HASH": r"<[0-9a-f]{4,}\$[0-9a-f]{4,}\$[0-9a-f]{4,}@\S+>",
    "MID_DEGREES": r"^<\d{14}\.[A-F0-9]{10}@[A-Z0-9]+>$",
    "MID_BARE_IP": r"@\d+\.\d+\.\d+\.\d+>$",
    "MID_RHS_IP_LITERAL": r"@\[\d+\.\d+\.\d+\.\d+\]",
    "MID_RHS_NOT_FQDN": r"@[^.]+>?$",
    "MID_RHS_WWW": r"@www\.",
}
WANTED = {
    "INVALID_MSGID": r"^<[^<>\\ \t\n\r\x0b\x80-\xff]+@[^<>\\ \t\n\r\x0b\x80-\xff]+>\s*$",
    "MID_MISSING_BRACKETS": r"^<[^>]+>$",
    "dot-atoms on both sides": r"^<[a-z0-9.-]+@[A-Za-z0-9.-]+>$",
}


def test_no_filter_holds_an_id_against_its_sender():
    ids = [make_msgid(domain=domain) for domain in DOMAINS for _ in range(500)]
    assert len(ids) == 10_000
    for name, pattern in SUSPICIOUS.items():
        assert not [one for one in ids if re.search(pattern, one)], name
    for name, pattern in WANTED.items():
        assert all(re.search(pattern, one) for one in ids), name
    assert max(len(one) for one in ids) <= 189  # notmuch keeps no longer one


# --- unique --------------------------------------------------------------------------------------

COUNT = int(os.environ.get("MSGIDPOLICY_UNIQUE", "20000"))  # ids of each process and each thread
RANDOM = slice(11, 31)  # the digits of the random part


def random_part(one):
    return int(one[RANDOM], 32)


def in_children(count, write):
    """What `count` forked children write to a pipe each, one after the other."""
    pipes = []
    for _ in range(count):
        source, target = os.pipe()
        if os.fork() == 0:
            status = 1
            try:
                with os.fdopen(target, "wb") as pipe:
                    write(pipe)
                status = 0
            finally:
                os._exit(status)
        os.close(target)
        pipes.append(source)
    written = []
    for source in pipes:
        with os.fdopen(source, "rb") as pipe:
            written.append(pipe.read())
    for _ in range(count):
        assert os.wait()[1] == 0
    return written


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_no_two_are_alike_among_forked_processes():
    make_msgid(domain="a.example")  # the parent has a pool that the children must not share

    def write(pipe):
        for _ in range(COUNT):
            pipe.write(random_part(make_msgid(domain="a.example")).to_bytes(13, "big"))

    seen = set()
    for octets in in_children(8, write):
        seen.update(octets[at : at + 13] for at in range(0, len(octets), 13))
    seen.update(random_part(make_msgid(domain="a.example")).to_bytes(13, "big") for _ in range(COUNT))
    assert len(seen) == 9 * COUNT


FORKED_IN_C = """
import ctypes, os, sys
from msgidpolicy import _core, make_msgid

count = int(sys.argv[1])
forks, first = _core.forks(), make_msgid(domain="a.example")
pids = []
for child in range(4):
    pid = ctypes.CDLL(None).fork()
    if not pid:
        pids = None
        break
    pids.append(pid)
assert _core.forks() == forks + (pids is None)
sys.stdout.write("".join(make_msgid(domain="a.example") + "\\n" for _ in range(count)))
sys.stdout.flush()
if pids is None:
    os._exit(0)
sys.exit(any(os.waitpid(pid, 0)[1] for pid in pids))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_no_two_are_alike_among_processes_that_were_forked_in_c(tmp_path):
    """As by uWSGI, which loads the application and forks its workers in C: os.register_at_fork() is not asked."""
    made = tmp_path / "made"
    with made.open("w") as output:
        subprocess.run([sys.executable, "-c", FORKED_IN_C, str(COUNT)], stdout=output, check=True)
    ids = made.read_text().split()
    assert len(ids) == 5 * COUNT
    assert len({one[RANDOM] for one in ids}) == len(ids)


def test_no_two_are_alike_among_threads():
    made = [[] for _ in range(8)]

    def work(mine):
        mine.extend(random_part(make_msgid(domain="a.example")).to_bytes(13, "big") for _ in range(COUNT))

    threads = [threading.Thread(target=work, args=[mine]) for mine in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set().union(*made)) == 8 * COUNT


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_child_asks_for_the_hosts_name_again(monkeypatch):
    make_msgid()
    monkeypatch.setattr(socket, "getfqdn", lambda name="": "child.example.net")
    (written,) = in_children(1, lambda pipe: pipe.write(make_msgid().encode()))
    assert written.endswith(b"@child.example.net>")
    assert make_msgid().endswith("@mx.example.net>")


def test_the_seed_of_random_changes_nothing():
    random.seed(7)
    first = make_msgid(domain="a.example")
    random.seed(7)
    assert make_msgid(domain="a.example")[RANDOM] != first[RANDOM]


def test_a_pool_is_not_used_twice_after_an_error():
    with pytest.raises(FieldError):
        make_msgid(domain="a b")
    parts = {make_msgid(domain="a.example")[RANDOM] for _ in range(1000)}
    assert len(parts) == 1000


@pytest.mark.parametrize(
    "domain", ["a.example", None, "münchen.example", type("Name", (), {"__str__": lambda self: "a.example"})()]
)
def test_a_block_is_drawn_once_in_hundreds_of_ids(monkeypatch, domain):
    drawn = []
    urandom = os.urandom
    monkeypatch.setattr(os, "urandom", lambda size: drawn.append(size) or urandom(size))
    for _ in range(300):
        make_msgid(domain=domain)
    assert len(drawn) <= 2


def test_every_digit_of_the_random_part_varies():
    ids = [make_msgid(domain="a.example")[RANDOM] for _ in range(2000)]
    assert all(len({one[place] for one in ids}) == 32 for place in range(16))
    assert all(len({one[place] for one in ids}) == 32 for place in (17, 18, 19))
    assert {one[16] for one in ids} == {"0", "1"}  # 96 bits are not a multiple of five


def test_importing_it_asks_for_nothing():
    code = (
        "import os, socket; os.urandom = socket.getfqdn = None; import msgidpolicy;"
        "assert msgidpolicy.message_id._domain.host is None"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_reload_keeps_working():
    importlib.reload(message_id)
    assert FORM.fullmatch(message_id.make_msgid(domain="a.example"))
    assert FORM.fullmatch(msgidpolicy.make_msgid(domain="a.example"))


BETWEEN = """
import ctypes, os, socket
from msgidpolicy import make_msgid
fork = ctypes.CDLL(None).fork
write = lambda: os.write(1, make_msgid().encode() + b"\\n")
"""


def printed(code):
    done = subprocess.run([sys.executable, "-c", BETWEEN + code], capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_a_child_that_was_forked_in_c_asks_for_the_hosts_name_again():
    child, parent = printed(
        "socket.getfqdn = lambda name='': 'parent.example.net'; make_msgid()\n"
        "socket.getfqdn = lambda name='': 'child.example.net'\n"
        "fork() or os._exit(write() and 0); os.wait(); write()\n"
    )
    assert child.endswith("@child.example.net>") and parent.endswith("@parent.example.net>")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_octets_drawn_before_a_fork_are_of_no_use_to_the_child():
    """A signal handler may fork between the drawing and the first use."""
    ids = printed(
        "os.environ['MESSAGE_ID_DOMAIN'] = 'a.example'; draw = os.urandom\n"
        "def urandom(size):\n"
        "    os.urandom, octets = draw, draw(size)\n"
        "    fork()\n"
        "    return octets\n"
        "os.urandom = urandom\n"
        "try: make_msgid()\n"
        "except EOFError: pass\n"
        "for _ in range(400): write()\n"
    )
    assert len({one[RANDOM] for one in ids}) == len(ids) == 800


@pytest.mark.parametrize("domain", [b"example.com", bytearray(b"example.com")])
def test_a_domain_that_is_bytes_is_refused(domain):
    for call in (lambda: make_msgid(domain=domain), lambda: msgidpolicy.set_msgid_domain(domain)):
        with pytest.raises(TypeError, match="the domain of a Message-ID must be str, not byte"):
            call()
