"""The log of ``check --format sarif``, by SARIF's schema and its validator. CI runs this, with Microsoft's Multitool of npm:

python -m pip install -e '.[test]' -r tests/reports/requirements.txt
npm install --prefix FOLDER @microsoft/sarif-multitool-linux
MSGIDPOLICY_MULTITOOL=FOLDER/node_modules/@microsoft/sarif-multitool-linux python -m pytest tests/reports
"""

import json
import os
import subprocess
from pathlib import Path

import jsonschema
import pytest
from reported import report_of

MAILS = {
    "new/<1>.eml": b"Subject: one\r\n \r\n two\r\nReferences: =?utf-8?q?=3Ca=40b=2Eexample=3E?=\r\n\r\n",
    "/srv/mail/ü.eml": b"Subject: \xff\0\r\nX: " + b"y" * 2000 + b"\r\n\r\n",
}
MENDED = {"References": b"References: <a@b.example>\r\n"}
NO_PAGE_OF_THE_TOOL = "SARIF2005"  # it wants an address of the project, which has none


@pytest.fixture
def tool():
    """The folder that holds the validator and the schema."""
    return Path(os.environ["MSGIDPOLICY_MULTITOOL"])


def by_schema(log, tool):
    """What the schema has against a log (str)."""
    schema = json.loads((tool / "sarif-2.1.0.json").read_text("utf-8-sig"))
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    return [error.message for error in validator.iter_errors(json.loads(log))]


def by_validator(log, tool, folder):
    """What the validator says against a log (str), but for notes."""
    path = folder / "check.sarif"
    path.write_text(log, "utf-8")
    done = subprocess.run(
        [tool / "Sarif.Multitool", "validate", path, "--log", "ForceOverwrite", "--output", folder / "said.sarif"],
        capture_output=True,
        text=True,
        env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
    )
    assert "1 files scanned" in done.stdout, done.stdout + done.stderr
    (run,) = json.loads((folder / "said.sarif").read_text("utf-8-sig"))["runs"]
    said = [(result["ruleId"], result.get("level", "warning"), result["message"]) for result in run["results"]]
    return [one for one in said if one[0] != NO_PAGE_OF_THE_TOOL and one[1] in ("error", "warning")]


def test_the_schema_and_the_validator_have_nothing_against_the_log(tool, tmp_path):
    log = report_of("sarif", MAILS, mended=MENDED, unread=[("gone.eml", "No such file")])
    assert len(json.loads(log)["runs"][0]["results"]) == 5
    assert by_schema(log, tool) == []
    assert by_validator(log, tool, tmp_path) == []


def test_the_schema_sees_what_is_no_sarif(tool):
    assert by_schema(report_of("sarif", MAILS).replace('"occurrenceCount": 1', '"occurrenceCount": "often"'), tool) != []


def test_the_validator_sees_a_rule_that_is_not_described(tool, tmp_path):
    log = report_of("sarif", MAILS).replace('"ruleIndex": 3', '"ruleIndex": 999')
    assert by_validator(log, tool, tmp_path) != []
