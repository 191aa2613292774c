"""``check --format html``: one page, read here by a parser; ``tests/reports`` opens it in a browser."""

from collections import Counter
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reported import report_of

from msgidpolicy.__main__ import main
from msgidpolicy.check import RULES, Finding

TWO = b"Subject: one\r\n \r\n two\r\nMessage-ID: =?utf-8?q?=3Ca=40b=2Eexample=3E?=\r\n\r\n"
MENDED = {"Message-ID": b"Message-ID: <a@b.example>\r\n"}
HOSTILE = "</code></title></style></script>--><script>alert(1)</script><img src=x onerror=alert(2)>\"'{{ 7*7 }}{% x %}&lt;"
VOID = ("meta", "!doctype")


class Page(HTMLParser):
    """The tags of a page, and the text in each kind of them.

    Attributes:
        tags (Counter): how often each is there.
        attributes (list of tuple): name and value of all.
        texts (dict): for each tag, and each class as ``.class``, what its elements hold.
    """

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.texts, self._open = Counter(), [], {}, []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attributes):
        self.tags[tag] += 1
        self.attributes += attributes
        if tag not in VOID:
            classes = (dict(attributes).get("class") or "").split()
            names = [tag, *(f".{name}" for name in classes)]
            self._open.append((tag, names))
            for name in names:
                self.texts.setdefault(name, []).append("")

    def handle_endtag(self, tag):
        assert self._open.pop()[0] == tag

    def handle_data(self, text):
        for _, names in self._open:
            for name in names:
                self.texts[name][-1] += text


def page_of(mails, **more):
    return Page(report_of("html", mails, **more))


def finding(**more):
    known = {
        "rule": "line-blank",
        "severity": "error",
        "line": 1,
        "field": "Subject",
        "part": "",
        "octets": b"Subject: x",
        "start": 0,
        "end": 3,
        "reason": "a reason",
        "clause": "RFC 5322, 3.2.2",
        "was": b"Subject: x\r\n",
    }
    return Finding(**{**known, **more})


def test_the_page_has_the_kinds_worst_first_and_each_field():
    long = b"X: " + b"word " * 30 + b"\r\n\r\n"
    page = page_of({"two.eml": TWO, "long.eml": long})
    assert page.texts["strong"][:3] == [
        "A continuation line of white space alone",
        RULES["msg-id-encoded"].reason.capitalize(),
        "A line over 78 columns, with white space to fold at",
    ]
    assert page.texts["h3"] == ["two.eml", "long.eml"]
    assert [text.strip() for text in page.texts["h4"]] == ["Subject", "Message-ID", "X"]
    assert "3 findings in 2 mails" in page.texts["title"][0]


def test_a_field_is_shown_before_and_after_with_the_place_marked():
    page = page_of({"two.eml": TWO}, mended=MENDED)
    assert page.texts[".before"][1] == "As it isMessage-ID: =?utf-8?q?=3Ca=40b=2Eexample=3E?="
    assert page.texts[".after"] == ["As it should beMessage-ID: <a@b.example>"]
    assert page.texts["mark"] == [" ", "=?utf-8?q?=3Ca=40b=2Eexample=3E?="]
    assert page.texts[".new"] == ["Message-ID: <a@b.example>"]


def test_a_field_with_several_faults_is_shown_once_with_all_marks():
    page = page_of({"a.eml": b"Subject: a\0b\x07\r\n \r\n c\r\n\r\n"})
    assert page.texts["h4"] == ["Subject"]
    assert len(page.texts[".finding"]) == 3
    assert page.texts["mark"] == ["\\0", "\\x07", " "]


def test_a_field_that_should_not_be_there_is_said_to_be_so():
    assert "should not be there" in page_of({"two.eml": TWO}, mended={"Subject": b""}).texts[".after"][0]


def test_what_cannot_be_seen_is_shown_by_its_number():
    page = page_of({"a.eml": "Subject: \u202e ü\r\n\r\n".encode(), "b.eml": b"Subject: \xff\r\n\r\n"})
    assert page.texts[".escape"] == ["\\u202e", "\\xff"]
    assert "ü" in page.texts[".line"][0]


def test_so_is_what_cannot_be_seen_in_the_name_of_a_file():
    page = page_of({"a\udcff\u202e\x1b.eml": TWO}, unread=[("b\n", "c")])
    assert page.texts["h3"] == ["a\\xff\\u202e\\x1b.eml"]
    assert "b\\n" in page.texts["th"]


@pytest.mark.parametrize("line_end", [b"\r\n", b"\n"])
def test_nothing_of_a_mail_becomes_markup(line_end):
    subject = b"Subject: " + HOSTILE.encode() + b"\0" + line_end
    mail = subject + b"X" + HOSTILE.encode().replace(b" ", b"") + b": 1" + line_end + b" " + line_end + line_end
    hostile = finding(reason=HOSTILE, clause=HOSTILE, effect=(HOSTILE,), sender=HOSTILE, part=HOSTILE, mended=subject)
    plain = page_of({"a": TWO}, mended=MENDED, unread=[("b", "c")])
    page = page_of({HOSTILE: mail, "more": [hostile]}, unread=[(HOSTILE, HOSTILE)])
    assert set(page.tags) <= set(plain.tags) | {"a"}
    assert page.tags["script"] == page.tags["img"] == 0
    assert {name for name, _ in page.attributes} == {name for name, _ in plain.attributes}
    assert not [value for _, value in page.attributes if value and "alert" in value]
    assert HOSTILE in page.texts[".before"][0] and HOSTILE in page.texts["h3"][0]


def test_the_page_loads_nothing_and_runs_nothing():
    html = report_of("html", {"two.eml": TWO}, mended=MENDED)
    page = Page(html)
    assert not {"src", "srcset", "style", "action"} & {name for name, _ in page.attributes}
    assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
    assert "url(" not in html and "@import" not in html
    assert all(value.startswith(("#", "https://www.rfc-editor.org/")) for name, value in page.attributes if name == "href")
    assert any("default-src 'none'" in value for _, value in page.attributes if value)


def test_the_page_says_its_language_and_has_headings_and_headers_of_columns():
    page = page_of({"two.eml": TWO})
    assert ("lang", "en") in page.attributes
    assert page.tags["h1"] == page.tags["main"] == page.tags["title"] == 1
    assert page.attributes.count(("scope", "col")) == 5
    assert page.attributes.count(("scope", "row")) == 2


def test_links_inside_the_page_lead_somewhere():
    page = page_of({"two.eml": TWO, "again.eml": TWO})
    ids = [value for name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    assert {value[1:] for name, value in page.attributes if name == "href" and value.startswith("#")} <= set(ids)


def test_of_very_many_findings_all_are_counted_and_the_first_thousand_shown():
    html = report_of("html", {f"{number}.eml": [finding(line=7)] * 600 for number in range(50)})
    page = Page(html)
    assert "The first 1,000 findings are shown here; all 30,000 are counted above." in page.texts["main"][0]
    assert page.texts["h3"] == ["0.eml", "1.eml"]
    assert page.texts[".finding"][-1].count("a reason") == 1 and len(page.texts[".finding"]) == 1000


def test_a_page_of_octets_that_cannot_be_seen_is_bounded_too():
    octets = b"Subject: " + b"\1a" * 2000
    hostile = [finding(octets=octets, was=octets + b"\r\n", mended=octets[:-1] + b"\r\n", line=line) for line in range(1, 501)]
    html = report_of("html", {"a.eml": hostile, "b.eml": hostile})
    assert len(html) < 10_000_000
    assert "all 1,000 are counted above" in html


def test_of_a_field_of_a_megabyte_the_place_is_shown_and_the_rest_counted():
    html = report_of("html", {"long.eml": b"X: " + b"y" * 1_000_000 + b"\r\n\r\n"})
    assert len(html) < 40_000
    assert Page(html).texts[".cut"] == ["… 798 octets … ", " … 998,205 octets"]
    html = report_of("html", {"deep.eml": b"Subject: a\r\n" + b" word\r\n" * 100_000 + b" \r\n\r\n"})
    assert len(html) < 40_000
    assert Page(html).texts[".cut"] == ["… 100,000 lines …"]


def test_of_mails_without_fault_it_says_so():
    assert "Nothing is wrong with 1 mail." in page_of({"a.eml": []}).texts["header"][0]
    assert "No mail was looked at." in page_of({}, unread=[("b", "c")]).texts["header"][0]


@given(st.binary(max_size=200), st.text(max_size=20))
def test_any_octets_make_a_page(octets, path):
    page = page_of({path: b"Subject: a\r\n \r\n" + octets})
    assert set(page.tags) <= set(page_of({"a": TWO}, mended=MENDED, unread=[("b", "c")]).tags)


def test_the_command_writes_the_page_of_an_mbox_with_its_lines(tmp_path):
    mbox = tmp_path / "archive.mbox"
    mbox.write_bytes(b"From a Thu Nov 26 08:00:00 2026\nX: 1\n\n\nFrom b Thu Nov 26 08:00:00 2026\nSubject: a\n \n b\n\n")
    options = ["--select", "line-blank", "--format", "html", "--output", str(tmp_path / "report.html")]
    assert main(["check", *options, str(mbox)]) == 1
    page = Page((tmp_path / "report.html").read_text("utf-8"))
    assert page.texts["h3"] == [f"{mbox} mail 2, from line 6"]
    assert ("data-number", "7") in page.attributes
    assert "1 mail of 2 has something" in page.texts["header"][0]
