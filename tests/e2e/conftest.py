"""The browser that is installed; the tests here look at pages with it and are never allowed to fetch one."""

import os
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "core"))

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def chromium():
    """A headless Chromium. Without one the tests are skipped with a reason; on Linux in CI that is a failure."""
    where = os.environ.get("WAYSTATION_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not where:
        reason = "no Chromium: install one, or name it with WAYSTATION_CHROMIUM"
        if os.environ.get("CI") and sys.platform.startswith("linux"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=where, args=ARGUMENTS)
        yield browser
        browser.close()
