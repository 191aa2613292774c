"""Charsets of encoded-words, by Python's codecs."""

import codecs
import encodings
import itertools
import sys

import pytest

from msgidpolicy import FieldError, _core, charset

STYLE = (78, "\r\n", False, True, False, False)  # of mail that was read, all of it folded anew


def folded(value):
    return _core.fold("Subject", value, *STYLE).decode()


def in_q(charset, text):
    """The text as an encoded-word, however long."""
    return f"=?{charset}?q?{''.join(f'={octet:02X}' for octet in text.encode(charset))}?="


def encoded(charset, octets="=E9"):
    """An encoded-word of that charset that is over 75 octets, so that it is decoded to be encoded anew."""
    return f"=?{charset}?q?{octets * (80 // len(octets))}?="


@pytest.fixture
def register():
    """Register a codec under a name, for a test; its function makes a str of octets."""
    searches = []

    def of_name(name, decode):
        def search(wanted):
            found = lambda octets, errors="strict": (decode(bytes(octets)), len(octets))
            return codecs.CodecInfo(None, found, name=name) if wanted == name else None

        codecs.register(search)
        searches.append(search)

    yield of_name
    if hasattr(codecs, "unregister"):  # since 3.10
        for search in searches:
            codecs.unregister(search)


def raising(error):
    def decode(octets):
        raise error

    return decode


@pytest.fixture
def none_asked(monkeypatch):
    """No charset has been asked for yet."""
    monkeypatch.setattr(charset, "_asked", set())
    charset._short_name.cache_clear()


# --- names of charsets ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name, text",
    [("iso-8859-1", "é"), ("ISO-8859-15", "€"), ("Windows-1252", "€"), ("cp850", "é"), ("latin1", "é"), ("koi8-r", "Ж")]
    + [("gb2312", "中"), ("gbk", "中"), ("GB18030", "中"), ("big5", "中"), ("shift_jis", "日"), ("EUC-KR", "한")]
    + [("ks_c_5601-1987", "한"), ("iso-2022-jp", "日"), ("utf-16be", "é"), ("utf-7", "é"), ("utf8", "é"), ("tis-620", "ก")]
    + [("macintosh", "é"), ("windows-1256", "ع"), ("-" * 100 + "latin1", "é")],
)
def test_a_charset_that_python_knows_is_decoded(none_asked, name, text):
    assert folded(in_q(name, text * 40)) == folded(in_q("utf-8", text * 40))
    assert not charset._asked


@pytest.mark.parametrize("name", ["utf-7", "(utf-7", "UTF 7:", "!utf--7", "u7", "unicode.1.1.utf.7"])
def test_a_line_end_is_seen_however_a_charset_is_spelled(none_asked, name):
    """As Python itself takes these names for one, so may who reads."""
    assert b"a+AAo-b".decode(name) == "a\nb"
    with pytest.raises(FieldError):
        _core.check("Content-Type", f"text/plain; name*={name}''a+AAo-b")


@pytest.mark.parametrize(
    "name",
    ["idna", "punycode", "unicode-escape", "Raw_Unicode_Escape", "undefined", "rot13", "hex", "zlib", "aliases", "x-none"]
    + ["latin.1", "x" * 41, "__init__", "-"],
)
def test_what_is_no_charset_of_text_is_not_decoded(none_asked, name):
    assert folded(encoded(name, "a")) == folded(encoded("x-nobody-has-this", "a")).replace("x-nobody-has-this", name)


def test_a_codec_that_the_application_registered_is_found(none_asked, register):
    assert folded(encoded("X-Mine")) == f"Subject: {encoded('X-Mine')}\r\n"
    register("x_mine", lambda octets: octets.decode("latin-1"))
    assert folded(encoded("X-Mine")) == folded(encoded("iso-8859-1"))


def test_an_alias_that_the_application_added_is_found(none_asked, monkeypatch):
    monkeypatch.setitem(encodings.aliases.aliases, "x_ours", "latin_1")
    assert folded(encoded("X-Ours")) == folded(encoded("iso-8859-1"))
    assert not charset._asked


def as_parameters(words):
    return "text/plain; " + words.replace("=?", "a*=").replace("?q?", "''").replace(" ", "; ")


SET = (78, "\r\n", False, False, False, False)
CALLS = {
    "fold a value that was set": lambda value: _core.fold("Subject", value, *SET),
    "fold a value that was read": lambda value: _core.fold("Subject", value, *STYLE),
    "fold names": lambda value: _core.fold("To", value, *STYLE),
    "fold comments": lambda value: _core.fold("Received", f"({value})", *STYLE),
    "check": lambda value: _core.check("Subject", value),
    "check parameters": lambda value: _core.check("Content-Type", as_parameters(value.replace("=E9", "%E9"))),
    "show a value that was set": lambda value: _core.show("Subject", value, 0, True),
    "show a value that was read": lambda value: _core.show("To", value, 1, False),
}


SPELLINGS = {
    "unknown": lambda number: f"none-{number}",
    "known": lambda number: "".join("-_+!#$%&"[int(digit)] for digit in f"{number:o}") + "latin1",
    "of another form": lambda number: f"none.{number}",
}
numbers = itertools.count(1)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_names_in_mail_do_not_make_a_process_grow(none_asked, register, call, spelling):
    """Python keeps each name that ``codecs`` is asked for."""
    register("x_mine", lambda octets: octets.decode("latin-1"))
    folded(encoded("x-mine"))
    values = [" ".join(encoded(spelling(number)) for number in itertools.islice(numbers, 20_000)) for _ in range(2)]
    call(values[0])  # now it has asked for as many as it does
    allocated = getattr(sys, "getallocatedblocks", lambda: 0)  # not on PyPy
    kept, blocks = len(encodings._cache), allocated()
    call(values[1])
    assert len(encodings._cache) - kept <= 256
    assert allocated() - blocks < 3000
    assert folded(encoded("x-mine")) == folded(encoded("iso-8859-1")) != f"Subject: {encoded('iso-8859-1')}\r\n"


# --- errors of codecs ----------------------------------------------------------------------------


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, MemoryError, RecursionError])
def test_what_stops_the_program_is_no_error_of_a_codec(register, error):
    name = f"x_{error.__name__}_raising".lower()
    register(name, raising(error))
    for call in (
        lambda: folded(encoded(name)),
        lambda: _core.fold("To", f"(a {encoded(name)}) <a@b.example>, {encoded(name)} <c@d.example>", *STYLE),
        lambda: _core.check("Subject", encoded(name)),
        lambda: _core.check("Content-Type", f"text/plain; name*={name}''%E9"),
        lambda: _core.show("Subject", encoded(name), 0, True),
    ):
        with pytest.raises(error):
            call()


@pytest.mark.parametrize("error", [UnicodeError, LookupError, ValueError, TypeError, OSError])
def test_a_word_whose_codec_fails_stays_as_it_came(register, error):
    name = f"x_failing_with_{error.__name__}".lower()
    register(name, raising(error))
    assert folded(encoded(name)) == f"Subject: {encoded(name)}\r\n"
    _core.check("Subject", encoded(name))


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_what_stops_the_program_is_no_error_of_a_domain(monkeypatch, error):
    def a_labels(domain):
        raise error

    monkeypatch.setattr("msgidpolicy.domain.a_labels", a_labels)
    with pytest.raises(error):
        _core.fold("To", "a@é.example <b@ä.example> <c@ö.example>", *SET)
