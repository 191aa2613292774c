"""The page of ``check --format html`` in a real browser. CI runs this, with Debian's Chromium and axe-core of npm:

    python -m pip install -e '.[docs,test]' -r tests/reports/requirements.txt && npm install --prefix FOLDER axe-core
    MSGIDPOLICY_AXE=FOLDER/node_modules/axe-core/axe.min.js python -m pytest tests/reports

With MSGIDPOLICY_SCREENSHOTS=FOLDER the screenshots and the PDF are kept there, to be looked at.
"""

import os
from pathlib import Path

import pytest
from opened import SIZES, Opened
from reported import report_of

HOSTILE = "</code></title></style></script><script>hacked=1</script><img src=x onerror=hacked=2>"
MAILS = {
    "bounced/order-1477030.eml": b"From: =?utf-8?q?J=C3=BCrgen?=@example.com\r\nMessage-ID:\r\n"
    b" =?utf-8?q?=3C20261125080012=2E4321=2E12345=40a-very-long-host-name-of-a-cluster=2Eexample?=\r\n"
    b" =?utf-8?q?=2Ecom=3E?=\r\n"
    b"References: =?utf-8?q?=3C" + b"x" * 120 + b"=3E?=\r\nSubject: " + HOSTILE.encode() + b" \xff\0\r\n"
    b"X-Long: " + b"word " * 40 + b"\r\n\r\n",
    f"inbox/{HOSTILE}.eml": b"Subject: a\r\n \r\n b\r\nX: " + b"y" * 5000 + b"\r\n\r\n",
}
MENDED = {
    "Message-ID": b"Message-ID: <20261125080012.4321.12345@a-very-long-host-name-of-a-cluster.example.com>\r\n",
    "References": b"References: <" + b"x" * 120 + b">\r\n",
}


@pytest.fixture(scope="session")
def report(tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(report_of("html", MAILS, mended=MENDED, unread=[("gone.eml", "No such file")]), "utf-8")
    return path


everywhere = pytest.mark.parametrize("size, scheme", [(size, scheme) for size in SIZES for scheme in ("light", "dark")])


@everywhere
def test_the_browser_has_nothing_to_complain_of_and_loads_nothing_else(browser, report, keep, size, scheme):
    with Opened(browser, report, size, scheme) as opened:
        opened.page.screenshot(path=keep / f"{size}-{scheme}.png", full_page=True)
        assert opened.told == []
        assert opened.asked_for == [report.as_uri()]


@everywhere
def test_nothing_has_to_be_scrolled_sideways(browser, report, size, scheme):
    with Opened(browser, report, size, scheme) as opened:
        assert opened.page.evaluate("document.documentElement.scrollWidth") == SIZES[size]["width"]
        boxes = opened.boxes("main *:not(thead, thead *)")
        assert all(box["left"] >= 0 and box["right"] <= SIZES[size]["width"] for box in boxes)


def test_before_and_after_are_side_by_side_and_on_a_phone_one_below_the_other(browser, report):
    with Opened(browser, report, "desk") as opened:
        after = opened.boxes(".after")
        before = opened.boxes(".sides:not(.alone) .before")
        assert len(after) == 2
        assert all(left["top"] == right["top"] and left["right"] < right["left"] for left, right in zip(before, after))
    with Opened(browser, report, "phone") as opened:
        before, after = opened.boxes(".sides:not(.alone) .before"), opened.boxes(".after")
        assert all(upper["bottom"] < lower["top"] and upper["left"] == lower["left"] for upper, lower in zip(before, after))


def test_dark_is_dark_and_light_is_light(browser, report):
    with Opened(browser, report, scheme="light") as light, Opened(browser, report, scheme="dark") as dark:
        assert dark.brightness() < 60 < 200 < light.brightness()


def test_on_paper_it_is_light_and_side_by_side(browser, report, keep):
    with Opened(browser, report, scheme="dark") as opened:
        pdf = opened.page.pdf(path=keep / "report.pdf", format="A4")
        assert pdf.startswith(b"%PDF-") and len(pdf) > 20_000
        opened.page.emulate_media(media="print", color_scheme="dark")
        assert opened.brightness() == 255
        assert opened.boxes(".sides:not(.alone) .before")[0]["top"] == opened.boxes(".after")[0]["top"]


def test_the_mails_text_is_text(browser, report):
    with Opened(browser, report) as opened:
        assert opened.page.evaluate("typeof hacked") == "undefined"
        assert opened.page.evaluate("document.scripts.length + document.images.length") == 0
        assert opened.page.title().startswith("Mail check: ")
        assert HOSTILE in opened.page.inner_text("main")


def test_the_page_would_run_no_script_if_it_held_one(browser, report):
    with Opened(browser, report) as opened:
        opened.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=hacked=1>')")
        opened.page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'hacked=1'}))")
        opened.page.wait_for_timeout(200)
        assert opened.page.evaluate("typeof hacked") == "undefined"
        assert len([line for line in opened.told if "Content Security Policy" in line]) >= 2


@everywhere
def test_axe_finds_nothing_that_bars_anyone(browser, report, size, scheme):
    with Opened(browser, report, size, scheme) as opened:
        opened.page.evaluate(Path(os.environ["MSGIDPOLICY_AXE"]).read_text("utf-8"))
        found = opened.page.evaluate("axe.run()")
        assert len(found["passes"]) > 20
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []
