"""The office opens no connection beyond this machine, in a whole tour; and a deliberate one is noticed."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import served

GUARD = Path(__file__).parent / "guard"
PATHS = ["/", "/notes/", "/people/", "/me/", "/plan/", "/audit/", "/audit/check/", "/sign-in/", "/blank/", "/nowhere/"]
PLANTED = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "waystation_web.settings"
import waystation_web.asgi
from urllib.request import urlopen
from django.test import Client
from django.urls import path
from waystation_web import urls
urls.urlpatterns.append(path("planted/", lambda request: urlopen(sys.argv[1])))
try:
    Client(headers={"host": "localhost:8799"}, raise_request_exception=False).get("/planted/")
finally:
    print("asked")
"""


def lines(log):
    return log.read_text("utf-8").splitlines()


@pytest.mark.refuses("H-02")
@pytest.mark.promise("P16")
@pytest.mark.proves("S001-13")
def test_a_whole_tour_opens_no_connection_beyond_this_machine(tmp_path):
    log = tmp_path / "guard.log"
    with served.served(PYTHONPATH=str(GUARD), WAYSTATION_GUARD_LOG=str(log)) as office:
        served.through_its_pages(office)  # under the guard from its first page
        browser = office.people["sena"].browser
        assert [browser.open(path).status for path in PATHS] == [200] * 9 + [404]
        listening = listeners(office.process.pid)
    said = lines(log)
    assert len([line for line in said if line.startswith("guarded")]) >= 2  # the supervisor and a worker
    assert [line for line in said if line.startswith("refused")] == []
    assert listening <= {"0100007F", "00000000000000000000000001000000"}  # of this machine alone


def listeners(pid):
    """Local addresses at which this process and its children listen, as the system writes them."""
    if not sys.platform.startswith("linux"):
        return set()
    pids = [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split())]
    inodes = set()
    for one in pids:
        for handle in Path(f"/proc/{one}/fd").iterdir():
            target = os.readlink(handle)
            if target.startswith("socket:"):
                inodes.add(target[8:-1])
    found = set()
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path(f"/proc/net/{table}").read_text("ascii").splitlines()[1:]:
            fields = line.split()
            if fields[9] in inodes and (fields[3] == "0A" or table.startswith("udp")):
                found.add(fields[1].split(":")[0])
    return found


@pytest.mark.promise("P16")
@pytest.mark.parametrize("address", ["http://192.0.2.1/", "http://name.invalid/"])
def test_a_deliberate_connection_in_a_page_is_noticed(tmp_path, address):
    log = tmp_path / "guard.log"
    with tempfile.TemporaryDirectory(dir=served.MEMORY if served.MEMORY.is_dir() else None) as folder:
        home = Path(folder) / "office"
        made = served.office("init", home, "--organisation", "Invented office", "--origin", "http://localhost:8799")
        assert made.returncode == 0, made.stderr
        settings = {"WAYSTATION_HOME": str(home), "PYTHONPATH": str(GUARD), "WAYSTATION_GUARD_LOG": str(log),
                    "WAYSTATION_RUNTIME": str(Path(folder) / "run")}
        done = subprocess.run([sys.executable, "-c", PLANTED, address], capture_output=True, text=True, check=False,
                              env={"PATH": os.environ["PATH"], **settings})
    assert "asked" in done.stdout, done.stderr
    assert [line for line in lines(log) if line.startswith("refused")] != []
