"""No call of the extension module keeps what it took, made or raised."""

import codecs
import sys
import sysconfig
from contextlib import contextmanager
from email.message import EmailMessage

import pytest

import msgidpolicy
import msgidpolicy.charset
import msgidpolicy.domain
import msgidpolicy.errors
from msgidpolicy import _core

tracemalloc = pytest.importorskip("tracemalloc")  # not on PyPy

# Of each call: what it leaks is there so many times. Without the GIL a few objects are freed later, whoever made them.
TIMES = 200 if sysconfig.get_config_var("Py_GIL_DISABLED") else 20


def text(value):
    """A str of its own, which nobody has made immortal."""
    return "".join(list(value))


def encoded(charset, value):
    return f"=?{charset}?q?" + "".join(f"={octet:02X}" for octet in value) + "?="


class Refusing:
    """What raises when it is asked for its truth or its number."""

    def __bool__(self):
        raise RuntimeError

    __index__ = __bool__


def pool(count, octets):
    return bytearray(_core.forks().to_bytes(4, "big") + count.to_bytes(2, "big") + bytes(octets))


class Error(Exception):
    """An error that is none of a codec's or of a domain's."""


def raising(error):
    """A function that raises a new error each time."""

    def fail(*_):
        raise error

    return fail


DECODERS = {
    "x-memory": raising(MemoryError),
    "x-error": raising(Error),
    "x-value": raising(ValueError),
    "x-bytes": lambda octets, errors: (bytes(octets), len(octets)),
    "x-long": lambda octets, errors: ("é" * 5000, len(octets)),
    "x-surrogate": lambda octets, errors: ("a\ud800", len(octets)),
}


@contextmanager
def codecs_of_all_kinds():
    def find(name):
        decode = DECODERS.get(name.replace("_", "-"))
        return decode and codecs.CodecInfo(raising(Error), decode, name=name)

    codecs.register(find)
    try:
        yield
    finally:
        if sys.version_info >= (3, 10):
            codecs.unregister(find)


A_LABELS = {
    "of another domain": lambda domain: "xn--e-1ga.example",
    "too long": lambda domain: "x" * 300,
    "not a str": lambda domain: None,
    "without idna": raising(ImportError),
    "not a domain": raising(UnicodeError),
    "an error": raising(Error),
    "no memory": raising(MemoryError),
}

LONG = [text("é" * 2000), text("x" * 2000), text("<a@b> (é) " * 200), text("a@b.example, é <c@d.example>, " * 90)]
VALUES = [
    *LONG,
    text("word and word"),
    text("caf\udce9 " * 9),
    text("a\ud800"),
    text("a\nb"),
    text("a\r\n b\udce9"),
    text("a\x00b <é>"),
    text("<a\udce9@b>"),
    text("a@é.example"),
    text("a@é.example " * 200),
    text("é <é@é.example>"),
    text("a/b; c=d; e*=utf-8''%0A"),
    text('a/b; name="é\udce9"; x=' + "é" * 400),
    text(encoded("utf-8", b"a\n")),
    text("=?utf-8?q?caf=C3=A9?= " + "x" * 2000),
    text("\t".join(f"=?{'x' * size}?q?=E9?=" for size in (1, 40, 63, 64, 90))),
    *(text(f"{encoded(charset, b'a')}é {encoded(charset, b'b' * 40)}") for charset in DECODERS),
    *(
        text(encoded(charset, octets) * 2)
        for charset in ("iso-8859-1", "utf-7", "hex", "idna")
        for octets in (b"+2AA-", b"\xe9")
    ),
]
NAMES = [
    text(name) for name in ("Subject", "References", "To", "Keywords", "Content-Type", "Received", "X Y", "", "é", "a\udce9\n")
]
STYLES = [
    (78, "\r\n", 0, 0, 0, 0),
    (78, "\n", 1, 1, 1, 0),
    (None, "", 0, 1, 0, 1),
    (13, "\r\n", 0, 0, 0, 0),
    (-5, "", 1, 0, 0, 0),
]


message = EmailMessage(policy=msgidpolicy.SMTP)
message["X-Tag"], message["Subject"] = text("a tag"), text("é")
CLASS = type(message["X-Tag"])
REGISTRY = msgidpolicy.FieldRegistry()
CLASSES = msgidpolicy.MsgIdPolicy, msgidpolicy.FieldRegistry
OWN, FULL = (EmailMessage(policy=msgidpolicy.MsgIdPolicy(header_factory=REGISTRY)) for _ in range(2))
REGISTRY.found["X-Tag"] = CLASS, 0, 1
FULL["X-Tag"] = "one"  # another one is none of what leaks


def set_once(name, value, view):
    """set_field() in a message that has no field, and in one that has as many of the name as may be."""
    REGISTRY.found[name] = CLASS, view, 1
    for OWN._headers in ([], [(text("x-tag"), "one")]):
        _core.set_field(OWN, name, value, *CLASSES)


set_once.__name__ = "set_field"


def usual_calls():
    """Each function with each value."""
    for name in NAMES:
        for value in VALUES:
            for style in STYLES:
                yield _core.fold, (name, value, *style)
            yield _core.check, (name, value)
            yield _core.unfold, (name, value)
            for style in STYLES:
                yield _core.keep, (name, value, *style[:2])
            yield _core.show, (name, value, 0, True)
        yield _core.syntax_of, (name,)
    items = [("Subject", text("plain")), ("x-Tag", message["X-Tag"]), ("Subject", message["Subject"])]
    for name in NAMES:
        yield _core.find_field, (items, name)
    for style in STYLES:
        yield _core.fold_all, (items, lambda name, value: b"x: y\r\n", *style[:3], style[5])
        yield _core.fold_all, (items, lambda name, value: LONG[0].encode(), *style[:3], style[5])
        yield _core.fold_all, (items, raising(Error), *style[:3], style[5])
    for value in VALUES:
        for view in range(-1, 9):
            yield set_once, (text("X-Tag"), value, view)
    for octets in (b"", b"x = y \n" * 9, bytes(range(256)) * 90):
        for columns in (4, 76):
            yield _core.base64, (octets, columns)
            yield _core.quoted_printable, (octets, columns)
    for value in VALUES:
        yield _core.with_line_ends, (value, "\r\n")
        yield _core.longest_line, (value,)
        for view in range(-1, 9):
            yield _core.show, ("X", value, view, False)
            yield _core.parts, (value, view)
        yield _core.msg_ids, (value,)
    yield _core.forks, ()


def msg_id_calls():
    """make_msg_id() with each argument that it takes or refuses."""
    usual = {"time": 10**18, "pool": pool(60000, 12 * 60000), "idstring": None, "domain": text("a.example")}
    others = {
        "time": [0, -1, 2**64, 1.5, "1", None],
        "pool": [
            bytes(pool(1, 12)),
            bytearray(4) + pool(1, 12),
            bytearray(),
            bytearray(1),
            pool(0, 12),
            pool(2, 12),
            pool(65535, 12),
            None,
        ],
        "idstring": ["x", "x" * 2000, "x y", "é", "\ud800", "\udce9", b"x", 1],
        "domain": ["", "a b", "é" * 1000, "x" * 1200, "\ud800", "\udce9", b"x", None, Refusing()],
    }
    yield _core.make_msg_id, tuple(usual.values())
    for argument, values in others.items():
        for value in values:
            value = text(value) if isinstance(value, str) else value
            yield _core.make_msg_id, tuple({**usual, argument: value}.values())


def calls_of_other_arguments():
    """Each function with too few and too many arguments, and with each of them of another kind."""
    usual = {
        _core.fold: ("Subject", text("é"), 78, "\r\n", False, False, False, False),
        _core.check: ("Subject", text("é")),
        _core.show: ("Subject", text("é"), 0, True),
        _core.parts: (text("é <a@b>"), 1),
        _core.unfold: ("Subject", text("é")),
        _core.keep: ("Subject", text("é"), 78, "\r\n"),
        _core.syntax_of: (text("Subject"),),
        _core.msg_ids: (text("<a@b>"),),
        _core.find_field: ([("Subject", text("é"))], text("Subject")),
        _core.fold_all: ([("X-Tag", message["X-Tag"])], bytes, 78, "\r\n", False, False),
        _core.set_field: (FULL, text("X-Tag"), text("é"), *CLASSES),
        _core.base64: (b"octets", 76),
        _core.quoted_printable: (b"octets", 76),
        _core.with_line_ends: (text("a\nb"), text("\r\n")),
        _core.longest_line: (text("a\nb"),),
        _core.make_msg_id: (10**18, pool(60000, 12 * 60000), text("x"), text("a.example")),
    }
    for function, arguments in usual.items():
        yield function, arguments[:-1]
        yield function, (*arguments, None)
        for i in range(len(arguments)):
            for other in (text("a\ud800"), text("caf\udce9"), b"b", None, 3.5, 2**80, Refusing(), [text("x")]):
                yield function, (*arguments[:i], other, *arguments[i + 1 :])


def outcome(function, arguments):
    """What a call came to: "a result", "None", or the class of what it raised and its reason."""
    try:
        return "None" if function(*arguments) is None else "a result"
    except Exception as error:
        return type(error).__name__ + " " + getattr(error, "reason", "")


def names_of_codecs():
    """The names that the core gets for the charsets above, which a cache keeps."""
    names = []
    for charset in (*DECODERS, "iso-8859-1", "utf-7"):
        try:
            names.append(msgidpolicy.charset.codec(charset))
        except LookupError:
            pass
    return names


def held(arguments):
    """The octets that are allocated, and the references to what outlives a call."""
    watched = [argument for argument in arguments if isinstance(argument, (str, bytes, bytearray, list))]
    watched += [msgidpolicy.FieldError, msgidpolicy.errors.LimitError, msgidpolicy.errors, msgidpolicy.domain, None]
    watched += [msgidpolicy.domain.a_labels, msgidpolicy.charset, msgidpolicy.charset.codec, *DECODERS.values()]
    watched += names_of_codecs()
    return tracemalloc.get_traced_memory()[0], sum(map(sys.getrefcount, watched))


def leaked(function, arguments):
    """Octets and references that so many calls leave behind."""
    outcome(function, arguments)
    octets, references = held(arguments)
    for _ in range(TIMES):
        outcome(function, arguments)
    octets_after, references_after = held(arguments)
    return octets_after - octets, references_after - references


def leaks(calls):
    """The calls that leave an object or a reference behind each time."""
    found = []
    tracemalloc.start()
    try:
        for function, arguments in calls:
            for _ in range(30):  # free lists of the interpreter grow, for some time
                octets, references = leaked(function, arguments)
                if octets < 16 * TIMES and references < TIMES:
                    break
            else:
                found.append((function.__name__, arguments, octets, references))
    finally:
        tracemalloc.stop()
    return found


def test_no_call_leaks():
    with codecs_of_all_kinds():
        assert leaks(usual_calls()) == []


def test_no_call_that_makes_a_msg_id_leaks():
    assert leaks(msg_id_calls()) == []


def test_no_call_with_other_arguments_leaks():
    assert leaks(calls_of_other_arguments()) == []


@pytest.mark.parametrize("a_labels", A_LABELS.values(), ids=A_LABELS)
def test_no_call_that_asks_for_a_labels_leaks(a_labels, monkeypatch):
    monkeypatch.setattr(msgidpolicy.domain, "a_labels", a_labels)
    assert leaks((_core.fold, ("To", text(value), *STYLES[0])) for value in ("a@é.example", "é <a@é.example>")) == []


def test_a_leak_is_seen():
    kept = []
    value = text("a value")
    calls = [(kept.append, (value,)), (str.upper, (value,)), (lambda: kept.append(bytes(100)), ())]
    assert [name for name, *_ in leaks(calls)] == ["append", "<lambda>"]


def test_each_function_and_each_way_to_fail_is_tried(monkeypatch):
    tried, outcomes = set(), set()
    with codecs_of_all_kinds():
        for calls in (usual_calls(), msg_id_calls(), calls_of_other_arguments()):
            for function, arguments in calls:
                tried.add(function.__name__)
                outcomes.add(outcome(function, arguments))
    for a_labels in A_LABELS.values():
        monkeypatch.setattr(msgidpolicy.domain, "a_labels", a_labels)
        outcomes.add(outcome(_core.fold, ("To", "a@é.example", *STYLES[0])))
    assert tried == {name for name in vars(_core) if not name.startswith("__")}
    errors = {outcome.partition(" ")[0] for outcome in outcomes}
    assert errors >= {"a", "None", "TypeError", "FieldError", "LimitError", "MemoryError", "EOFError", "OverflowError", "Error"}
    # Each status that a value or a name may have, and a lone surrogate.
    assert len([outcome for outcome in outcomes if outcome.startswith("FieldError")]) >= 11
