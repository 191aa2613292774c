"""Chromium, started once, and where its screenshots go."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def keep(tmp_path):
    folder = Path(os.environ.get("MSGIDPOLICY_SCREENSHOTS", tmp_path))
    folder.mkdir(exist_ok=True)
    return folder
