"""A field that was read goes on in the lines that it came in, where each of them may."""

import email

import pytest

import msgidpolicy
from msgidpolicy import _core


def kept(*lines, limit=78, linesep="\r\n"):
    name, colon, rest = lines[0].partition(":")
    assert colon
    return _core.keep(name, "\n".join([rest, *lines[1:]]), limit, linesep)


@pytest.mark.parametrize("limit, columns", [(78, 78), (20, 20), (998, 998), (0, 998), (None, 998), (2000, 998)])
def test_no_line_is_longer_than_the_limit(limit, columns):
    first, other = "X: " + "a" * (columns - 3), " " + "b" * (columns - 1)
    assert kept(first, other, other, limit=limit) == f"{first}\r\n{other}\r\n{other}\r\n".encode()
    assert kept(first + "a", other, limit=limit) is None
    assert kept(first, other + "b", limit=limit) is None
    assert kept(first, other, other + "b", limit=limit) is None


def test_a_line_that_is_one_column_too_long_is_folded_anew():
    words = "word " * 12
    for columns, is_kept in ((78, True), (79, False)):
        line = f"Subject: {words}{'x' * (columns - 9 - len(words))}"
        message = email.message_from_string(f"{line}\n\n", policy=msgidpolicy.SMTP)
        assert (message.as_bytes() == f"{line}\r\n\r\n".encode()) is is_kept


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_any_kind_become_those_of_the_policy(end):
    assert _core.keep("X", f" a{end}\tb{end} c{end}", 78, "\n") == b"X: a\n\tb\n c\n"


@pytest.mark.parametrize("after_colon", [" a\nb", " a\n\n b", " a\rb", " caf\xe9", " caf\udce9", " a\r\nBcc: b"])
def test_what_is_no_fold_or_not_in_us_ascii_is_not_kept(after_colon):
    assert _core.keep("X", after_colon, 78, "\r\n") is None


@pytest.mark.parametrize("name", ["", "X Y", "caf\xe9", "X\n", "X:"])
def test_what_is_no_name_is_not_kept(name):
    assert _core.keep(name, " a", 78, "\r\n") is None


def test_nothing_and_an_empty_first_line_are_kept():
    assert kept("X:") == b"X:\r\n"
    assert kept("X:", " a") == b"X:\r\n a\r\n"
