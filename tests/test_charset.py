"""Charsets of encoded-words, by Python's codecs."""
import codecs

import pytest

from msgidpolicy import _core

STYLE = (78, "\r\n", False, True, False, False)  # of mail that was read, all of it folded anew


def folded(value):
    return _core.fold("Subject", value, *STYLE).decode()


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
        _core.fold("To", "a@é.example <b@ä.example> <c@ö.example>", 78, "\r\n", False, False, False, False)
