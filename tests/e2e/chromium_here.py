"""Where the browser of this machine is, and how it is started: nothing is ever fetched."""

import os
import shutil
import sys

import pytest

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]


def where_chromium_is():
    """Its path. Without one the tests are skipped with a reason; on Linux in CI that is a failure."""
    where = os.environ.get("WAYSTATION_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not where:
        reason = "no Chromium: install one, or name it with WAYSTATION_CHROMIUM"
        if os.environ.get("CI") and sys.platform.startswith("linux"):
            pytest.fail(reason)
        pytest.skip(reason)
    return where
