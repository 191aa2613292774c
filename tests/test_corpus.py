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
@pytest.mark.parametrize("limit", [78, 60, 998, 0])
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
@pytest.mark.parametrize("limit", [78, 60, 998, 0])
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
            if found:
                broken.append((where, name, found))
    assert broken == []
    # What no RFC 5322 message may hold: raw octets in msg-ids and addresses, a DKIM-Signature without
    # white space.
    assert total > 5000 and len(refused) <= 13, refused


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
