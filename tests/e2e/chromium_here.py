"""Where the browser of this machine is, and how it is started: nothing is ever fetched."""

import os
import shutil

import parts

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync",
             "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"]  # no other machine is ever found


def where_chromium_is():
    """Its path. Without one the tests are skipped with a reason; on Linux in CI that is a failure."""
    where = os.environ.get("WAYSTATION_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    parts.needs(where, "no Chromium: install one, or name it with WAYSTATION_CHROMIUM")
    return where
