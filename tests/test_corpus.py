"""Real header blocks, read where they lie: set MSGIDPOLICY_CORPUS to their folder.

Each file NAME.hdrs is a series of records, ``<octets> <path>\\n<header block>\\n``.
"""

import email
import os
import re
from email.message import EmailMessage
from pathlib import Path

import pytest
from judge import judge

import msgidpolicy
from msgidpolicy import FieldError

FOLDER = os.environ.get("MSGIDPOLICY_CORPUS")
pytestmark = pytest.mark.skipif(not FOLDER, reason="MSGIDPOLICY_CORPUS names no folder")


def blocks():
    for path in sorted(Path(FOLDER).glob("*.hdrs")):
        octets = path.read_bytes()
        at = 0
        while at < len(octets):
            size, _, name = octets[at : octets.index(b"\n", at)].partition(b" ")
            at = octets.index(b"\n", at) + 1
            yield f"{path.name}:{name.decode()}", octets[at : at + int(size)]
            at += int(size) + 1


BLOCKS = list(blocks()) if FOLDER else []
LIMITS = [78, *(pytest.param(limit, marks=pytest.mark.core) for limit in (60, 998, 0))]


def source_fields(block, policy):
    message = email.message_from_bytes(block + b"\r\n\r\n", policy=policy)
    return list(message.raw_items())


def is_utf8(value):
    try:
        return bool(value.encode("utf-8", "surrogateescape").decode() or True)
    except UnicodeDecodeError:
        return False


def unfolded(value):
    octets = re.sub("\r\n?|\n", "", value).encode("utf-8", "surrogateescape")
    return octets.decode("utf-8", "surrogateescape")


def test_there_are_blocks():
    assert len(BLOCKS) == 670


@pytest.mark.parametrize("utf8", [False, True], ids=["ascii", "utf8"])
@pytest.mark.parametrize("limit", LIMITS)
def test_a_field_that_was_read_is_folded_again(limit, utf8):
    policy = msgidpolicy.SMTP.clone(max_line_length=limit, utf8=utf8, refold_source="all")
    broken = []
    for where, block in BLOCKS:
        for name, value in source_fields(block, policy):
            wire = policy.fold_binary(name, value)
            found = judge(name, unfolded(value), wire, limit=limit, utf8=utf8, source=True)
            if found:
                broken.append((where, name, found))
    assert broken == []


@pytest.mark.parametrize("utf8", [False, True], ids=["ascii", "utf8"])
@pytest.mark.parametrize("limit", LIMITS)
def test_a_value_that_is_set_is_folded(limit, utf8):
    policy = msgidpolicy.SMTP.clone(max_line_length=limit, utf8=utf8)
    broken, refused, total = [], [], 0
    for where, block in BLOCKS:
        for name, value in source_fields(block, policy):
            value = unfolded(value)
            message = EmailMessage(policy=policy)
            total += 1
            try:
                message[name] = value
                wire = policy.fold_binary(name, message[name])
            except FieldError as error:
                refused.append((where, name, error.reason))
                continue
            found = judge(name, value, wire, limit=limit, utf8=utf8, source="=?" in value or not value.isprintable())
            if re.search(r"=\?[^ ]+\?[BbQq]\?\?=", value):  # of no text: it is none, and so encoded
                found = [rule for rule in found if not rule.startswith("U2")]
            if found:
                broken.append((where, name, found))
    assert broken == []
    # What no RFC 5322 message may hold: raw octets in msg-ids and addresses, a DKIM-Signature without
    # white space.
    assert total > 5000 and len(refused) <= 13, refused


PARSERS = [email.policy.compat32, email.policy.default, msgidpolicy.default]


def read_by(parser, block):
    """The fields that a parser makes of a block: (source, name, value) each."""
    sources = []

    class Recorder(type(parser)):
        def header_source_parse(self, sourcelines):
            sources.append("".join(sourcelines))
            return super().header_source_parse(sourcelines)

    message = email.message_from_bytes(block + b"\r\n\r\n", policy=Recorder())
    return [(source, *item) for source, item in zip(sources, message.raw_items())]


def lines_as_read(source, value, is_ours):
    """The lines of a field, with what white space behind the colon a parser has kept."""
    if not is_ours:
        begins_with_fold = value[:1] in ("\r", "\n")
        blanks, kept = (r"[ \t]*", "") if begins_with_fold else (r"[ \t\r\n]*", " " if value else "")
        source = re.sub("^([^:]*:)" + blanks, lambda match: match[1] + kept, source)
    return re.split(b"\r\n?|\n", source.encode("utf-8", "surrogateescape").rstrip(b"\r\n"))


@pytest.mark.parametrize("refold_source, limit", [("long", 78), ("none", 998), ("all", 0)])
@pytest.mark.parametrize("parser", PARSERS, ids=["compat32", "email.policy", "ours"])
def test_a_field_is_sent_on_whoever_read_it(parser, refold_source, limit):
    """In US-ASCII and within the limit it leaves octet for octet; else what it holds is folded by the rules."""
    policy = msgidpolicy.SMTP.clone(refold_source=refold_source)
    changed, broken, kept = [], [], 0
    for where, block in BLOCKS:
        for source, name, value in read_by(parser, block):
            sent = policy.fold_binary(name, value)
            lines = lines_as_read(source, value, parser is msgidpolicy.default)
            if max(map(len, lines)) <= limit and b"".join(lines).isascii():
                kept += 1
                if sent != b"\r\n".join([*lines, b""]):
                    changed.append((where, name, sent))
            elif refold_source == "all":
                found = judge(name, unfolded(msgidpolicy.unfold(value)), sent, source=True)
                broken += [(where, name, found)] if found else []
    assert (changed, broken) == ([], [])
    assert kept > 4000 or refold_source == "all"


def test_fields_go_on_as_they_came():
    policy = msgidpolicy.SMTP.clone(refold_source="none", utf8=True)
    for where, block in BLOCKS:
        source = re.sub(rb"\r\n?|\n", b"\r\n", block)
        for name, value in email.message_from_bytes(block + b"\r\n\r\n", policy=policy).raw_items():
            if not is_utf8(value):
                continue
            wire = policy.fold_binary(name, value)
            assert wire in source + b"\r\n" or max(map(len, source.split(b"\r\n"))) > 998, (where, name)


def test_every_message_id_is_found():
    for where, block in BLOCKS:
        message = email.message_from_bytes(block + b"\r\n\r\n", policy=msgidpolicy.default)
        for name in ("Message-ID", "In-Reply-To", "References"):
            for header in message.get_all(name, []):
                for found in re.findall(r"<[^<>()\"\\\s]+@[^<>()\"\\\s]+>", header):
                    assert found in header.message_ids or "(" in header or '"' in header, (where, header)
