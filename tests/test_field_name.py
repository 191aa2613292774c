"""The grammar of a field is decided by its name, whatever its case."""

import re
from pathlib import Path

import judge
import pytest

from msgidpolicy import _core

TABLE = Path(__file__).parent.parent / "src" / "core" / "field_name.c"

#: Every name that is not unstructured.
NAMES = {
    "msg-ids": """
        content-id in-reply-to message-id original-message-id references resent-message-id resent-msg-id supersedes
        x-forwarded-message-id x-original-message-id
    """,
    "addresses": """
        author bcc cc delivered-to disposition-notification-to errors-to from mail-followup-to mail-reply-to
        original-from reply-to resent-bcc resent-cc resent-from resent-reply-to resent-sender resent-to return-path
        return-receipt-to sender to
    """,
    "parameters": "content-disposition content-type",
    "phrases": "keywords list-id",
    "tags": """
        arc-message-signature arc-seal autocrypt autocrypt-gossip dkim-signature domainkey-signature
        x-google-dkim-signature
    """,
    "tokens": """
        accept-language arc-authentication-results archived-at authentication-results auto-submitted
        bimi-selector cfbl-address cfbl-feedback-id content-base content-duration content-features
        content-language content-location content-md5 content-transfer-encoding control date deferred-delivery
        delivery-date disposition-notification-options distribution encrypted expires expiry-date feedback-id
        followup-to importance injection-date injection-info jabber-id latest-delivery-time lines list-archive
        list-help list-owner list-post list-subscribe list-unsubscribe list-unsubscribe-post message-context
        mime-version newsgroups openpgp orig-date path precedence priority received received-spf reply-by
        require-recipient-valid-since resent-date sensitivity solicitation thread-index tls-required
        x-original-authentication-results xref
    """,
}
SYNTAX = {name: syntax for syntax, names in NAMES.items() for name in names.split()}
CASES = [str.lower, str.upper, str.title]


@pytest.mark.parametrize("name", SYNTAX)
def test_a_name_has_its_syntax_in_any_case(name):
    assert {_core.syntax_of(spelled(name)) for spelled in CASES} == {SYNTAX[name]}


def test_every_name_of_the_table_is_asked_for():
    rows = re.findall(r'NAME\("(.+)"\), MIP_(\w+)', TABLE.read_text("utf-8"))
    assert {name: syntax.lower().replace("_", "-") for name, syntax in rows} == SYNTAX
    assert [name for name, _ in rows] == sorted(SYNTAX)


@pytest.mark.parametrize("name", SYNTAX)
def test_a_name_that_is_cut_off_or_goes_on_is_another(name):
    for other in (name[:-1], name + "-", name[1:], "x" + name, name[:-1] + chr(ord(name[-1]) ^ 1)):
        assert _core.syntax_of(other) == SYNTAX.get(other, "unstructured")


@pytest.mark.parametrize(
    "syntax, names",
    [
        ({"msg-ids"}, judge.IDENTIFICATION),
        ({"addresses"}, judge.ADDRESS),
        ({"parameters"}, judge.MIME),
        ({"phrases"}, judge.PHRASE),
        ({"tokens", "tags"}, judge.STRUCTURED),
    ],
)
def test_the_judge_knows_no_other_syntax_of_a_name(syntax, names):
    assert {SYNTAX[name] for name in names} == syntax


def test_a_name_that_is_none_of_a_fields_is_unstructured():
    for name in ("", "-", "@", "[", "é", "zz", "a", "t", "X-Note", "\0", "to\0", "Subject", "Comments"):
        assert _core.syntax_of(name) == "unstructured", name
