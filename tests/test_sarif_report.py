"""``check --format sarif``; CI has the result looked at by SARIF's own validator, too."""

import importlib.metadata
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reported import report_of

from msgidpolicy.check import RULES

ROOT = Path(__file__).parent.parent
MAIL = b"Subject: one\r\nReferences: <a@b.example>\r\n =?utf-8?q?=3Cb=40b=2Eexample=3E?=\r\nX: " + b"y" * 999 + b"\r\n\r\n"
MENDED = {"References": b"References: <a@b.example>\r\n <b@b.example>\r\n"}


def run_of(mails, **more):
    """The one run of the log that is written of mails."""
    log = json.loads(report_of("sarif", mails, **more))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return run


def uri_of(result):
    return result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]


def mended_by(fix, octets):
    """A mail with the fix of a result applied, as an editor does it."""
    (change,) = fix["artifactChanges"]
    (replacement,) = change["replacements"]
    region = replacement["deletedRegion"]
    assert region["startColumn"] == region["endColumn"] == 1
    lines = octets.splitlines(keepends=True)
    before, after = lines[: region["startLine"] - 1], lines[region["endLine"] - 1 :]
    return b"".join([*before, replacement["insertedContent"]["text"].encode(), *after])


def test_each_rule_is_described_with_its_level_and_an_address_to_read_more():
    rules = run_of({})["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES)
    for rule in rules:
        assert rule["defaultConfiguration"]["level"] == RULES[rule["id"]].severity
        assert rule["fullDescription"]["text"].endswith(").")
        assert rule["helpUri"].startswith("https://")


@pytest.mark.skipif(not (ROOT / "pyproject.toml").exists(), reason="needs the sources")
def test_more_is_read_of_a_rule_on_its_page_at_the_address_of_the_documentation():
    """Which is the folder ``docs``; where that is another address, ``rule_urls`` has to say how a page is called there."""
    address = re.search(r'(?m)^Documentation = "(https://.+/docs)"$', (ROOT / "pyproject.toml").read_text("utf-8"))[1]
    for rule in run_of({})["tool"]["driver"]["rules"]:
        start, page = rule["helpUri"][: len(address)], rule["helpUri"][len(address) :]
        assert start == address and page.startswith("/check/")
        assert (ROOT / "docs" / page[1:]).read_text("utf-8").startswith(f"{rule['id']}\n")


def test_where_nobody_knows_the_address_of_the_documentation_more_is_read_in_the_rfc(monkeypatch):
    def metadata(name):
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "metadata", metadata)
    for rule in run_of({})["tool"]["driver"]["rules"]:
        assert rule["helpUri"].startswith("https://www.rfc-editor.org/rfc/rfc")


def test_a_result_names_its_rule_and_the_place():
    encoded, too_long = run_of({"a.eml": MAIL})["results"]
    assert (encoded["ruleId"], encoded["level"], too_long["ruleId"]) == ("msg-id-encoded", "error", "line-too-long")
    assert list(RULES)[encoded["ruleIndex"]] == "msg-id-encoded"
    region = encoded["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (3, 2, 35)
    assert encoded["message"]["text"].startswith("References: an encoded-word ")
    assert "(RFC 5322, 3.6.4). " in encoded["message"]["text"]


def test_columns_count_characters():
    (result,) = run_of({"a.eml": "Subject: öö\0\r\n\r\n".encode()})["results"][1:]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert result["ruleId"] == "octet-nul"
    assert (region["startColumn"], region["endColumn"]) == (12, 13)


def test_a_fix_is_the_field_as_it_should_be():
    encoded, too_long = run_of({"a.eml": MAIL}, mended=MENDED)["results"]
    assert mended_by(encoded["fixes"][0], MAIL) == MAIL.replace(b"=?utf-8?q?=3Cb=40b=2Eexample=3E?=", b"<b@b.example>")
    assert "fixes" not in too_long


def test_there_is_no_fix_where_it_is_not_sure_on_which_line_the_field_begins():
    twice = b"Subject: a\r\n \r\n b\r\n \r\n c\r\n\r\n"
    (result, *_) = run_of({"a.eml": twice}, mended={"Subject": b"Subject: a\r\n b\r\n c\r\n"})["results"]
    assert result["ruleId"] == "line-blank" and "fixes" not in result


def test_there_is_no_fix_that_is_no_text():
    assert all("fixes" not in result for result in run_of({"a.eml": MAIL}, mended={"References": b"\xff\r\n"})["results"])


@pytest.mark.parametrize(
    "path, uri",
    [
        ("new/1.eml", "new/1.eml"),
        ("/srv/mail/a b#1?.eml", "file:///srv/mail/a%20b%231%3F.eml"),
        ("a:b\udcff\n.eml", "a%3Ab%FF%0A.eml"),
        ("C:\\mail\\ü.eml", "file:///C%3A/mail/%C3%BC.eml"),
        ("<stdin>", "%3Cstdin%3E"),
    ],
)
def test_a_path_is_written_as_a_uri(path, uri):
    assert uri_of(run_of({path: MAIL})["results"][0]) == uri


def test_a_file_that_could_not_be_read_is_said():
    (invocation,) = run_of({"a.eml": MAIL}, unread=[("b.eml", "No such file")])["invocations"]
    (notice,) = invocation["toolExecutionNotifications"]
    assert not invocation["executionSuccessful"]
    assert (uri_of(notice), notice["message"]["text"]) == ("b.eml", "No such file")
    assert run_of({"a.eml": MAIL})["invocations"][0]["executionSuccessful"]


@given(st.binary(max_size=200))
def test_any_octets_make_a_log(octets):
    for result in run_of({"a.eml": b"Subject: a\r\n \r\n" + octets}, mended={"Subject": octets})["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        assert 1 <= region["startColumn"] <= region["endColumn"]
