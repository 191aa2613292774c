"""Each rule has a page, and what that shows is so."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from check_pages import FOLDER, Page, rules_with_pages

from msgidpolicy.check import RULES, audit
from msgidpolicy.check._faults.effects import EFFECTS

TOOL = Path(__file__).parent.parent / "tools" / "check_index.py"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="needs the documentation")


def broken_rules(octets, style):
    return {finding.rule for finding in audit(octets, **style)}


def test_every_rule_has_a_page_and_every_page_a_rule():
    assert rules_with_pages() == sorted(RULES)


@pytest.mark.parametrize("rule", rules_with_pages())
def test_a_page_says_the_name_the_severity_and_the_clause(rule):
    page = Page(rule)
    assert (page.title, page.underline) == (rule, "=" * len(rule))
    assert f"\n\n*{RULES[rule].severity.capitalize()}*, {RULES[rule].clause}.\n\n" in page.text


@pytest.mark.parametrize("rule", rules_with_pages())
def test_the_first_mail_breaks_this_rule_alone(rule):
    page = Page(rule)
    assert broken_rules(page.broken, page.style) == {rule}


@pytest.mark.parametrize("rule", rules_with_pages())
def test_the_mail_as_it_should_be_breaks_none(rule):
    page = Page(rule)
    assert broken_rules(page.mended, page.style) == set()


@pytest.mark.parametrize("rule", [rule for rule in rules_with_pages() if rule in EFFECTS])
def test_a_page_says_what_receivers_make_of_it(rule):
    words = " ".join(Page(rule).text.split())
    assert [effect for effect in EFFECTS[rule] if effect not in words] == []


def test_the_index_names_each_rule_with_its_severity():
    shown = re.findall(r"   \* - :doc:`(.+)`\n     - (.+)\n     - (.+)\n", (FOLDER / "index.rst").read_text("utf-8"))
    assert shown == [(rule.name, rule.severity, rule.reason) for rule in RULES.values()]


def test_the_index_is_as_its_tool_writes_it():
    run = subprocess.run([sys.executable, TOOL], capture_output=True, encoding="utf-8", env={"PYTHONIOENCODING": "utf-8"})
    assert run.returncode == 0, run.stderr
    assert run.stdout == (FOLDER / "index.rst").read_text("utf-8")
