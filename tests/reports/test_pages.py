"""Every page of docs, built by Sphinx and opened on a desk and on a phone: no line of it is cut off.

With MSGIDPOLICY_SCREENSHOTS=FOLDER a screenshot of each is kept there, to be looked at.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from opened import SIZES, Opened

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ["genindex", "search", *sorted(str(path.relative_to(DOCS))[:-4] for path in DOCS.rglob("*.rst"))]
#: Code of this many columns is seen whole on a desk.
COLUMNS = 110

#: What is wider than the place it has: what it is, its first words, and how it ends there, as CSS says it.
CUT_OFF = """() => [...document.querySelectorAll("article *")]
    .filter(node => node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX != "visible")
    .map(node => ({
        name: node.localName + "." + node.className,
        words: node.innerText.trim().slice(0, 60),
        overflow: getComputedStyle(node).overflowX,
        columns: Math.max(...node.innerText.split("\\n").map(line => line.length)),
    }))"""

#: What reaches past the sides of the window, and is in nothing that can be scrolled.
OUTSIDE = """() => {
    const scrolls = node => node.localName != "article"
        && (/auto|scroll/.test(getComputedStyle(node).overflowX) || scrolls(node.parentElement))
    return [...document.querySelectorAll("article *")].filter(node => {
        const box = node.getBoundingClientRect()
        return box.width && (box.left < 0 || box.right > innerWidth) && !scrolls(node.parentElement)
    }).map(node => node.outerHTML.slice(0, 100))
}"""


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs")
    subprocess.run([sys.executable, "-m", "sphinx", "-W", "-q", DOCS, folder], check=True)
    return folder


@pytest.fixture(params=SIZES)
def size(request):
    return request.param


@pytest.fixture
def opened(browser, built, keep, page, size):
    with Opened(browser, built / f"{page}.html", size) as opened:
        if "MSGIDPOLICY_SCREENSHOTS" in os.environ:
            opened.page.screenshot(path=keep / f"docs-{page.replace('/', '-')}-{size}.png", full_page=True)
        yield opened


def test_each_page_that_is_built_is_opened(built):
    assert {str(path.relative_to(built))[:-5] for path in built.rglob("*.html")} == set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_not_wider_than_the_window_and_no_line_is_cut_off(opened, page, size):
    assert opened.told == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
    assert opened.page.evaluate(OUTSIDE) == []
    cut_off = opened.page.evaluate(CUT_OFF)
    assert [node for node in cut_off if node["overflow"] not in ("auto", "scroll")] == []
    if size == "desk":
        assert [node for node in cut_off if not node["name"].startswith("pre.") or node["columns"] <= COLUMNS] == []


def test_dark_is_dark(browser, built):
    with (
        Opened(browser, built / "index.html", scheme="light") as light,
        Opened(browser, built / "index.html", scheme="dark") as dark,
    ):
        assert dark.brightness() < 60 < 200 < light.brightness()
