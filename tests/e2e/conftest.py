"""The browser that is installed; the tests here look at pages with it and are never allowed to fetch one."""

import sys
from pathlib import Path

import pytest
from chromium_here import ARGUMENTS, where_chromium_is

sys.path.insert(0, str(Path(__file__).parents[1] / "core"))
collect_ignore = ["conftest.py"]  # several of one name are no modules to look for examples in

# Of a module, not of a session: while Playwright runs, its thread has an event loop, in which Django refuses to work.
@pytest.fixture(scope="module")
def playwright():
    """Playwright, for one module."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def chromium(playwright):
    """A headless Chromium."""
    browser = playwright.chromium.launch(executable_path=where_chromium_is(), args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def office():
    """An office at work, served as in life, with two people."""
    import served

    with served.at_work() as one:
        yield one


@pytest.fixture
def browse(chromium, office):
    """Open a browser profile on the office; whatever it complained of fails the test at its end."""
    from watched import Watched

    opened = []

    def profile(**more):
        one = Watched(chromium, office.origin, **more)
        opened.append(one)
        return one

    yield profile
    for one in opened:
        one.close()
        assert one.complaints == []
