"""Workers take turns at one socket: nobody is turned away, nothing lives longer than it should."""

import http.client
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import served

from waystation_web.gateways.installation import runtime_folder

ON_LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc, which only Linux has")


def ask(office, path="/sign-in/", **headers):
    line = http.client.HTTPConnection("localhost", int(office.origin.rpartition(":")[2]), timeout=30)
    line.request("GET", path, headers=headers)
    status = line.getresponse().status
    line.close()
    return status


def workers(office):
    """Processes of workers that have not ended."""
    pid = office.process.pid
    children = map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split())
    return [one for one in children if alive(one)]


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(condition, seconds=30):
    for _ in range(seconds * 10):
        if condition():
            return True
        time.sleep(0.1)
    return False


@ON_LINUX
def test_a_worker_leaves_after_its_pages_and_nobody_is_turned_away():
    with served.served(WAYSTATION_PAGES="6") as office:
        first = workers(office)
        with ThreadPoolExecutor(4) as people:
            answers = list(people.map(lambda _: ask(office), range(60)))
        assert answers == [200] * 60
        assert until(lambda: not set(first) & set(workers(office)))
        assert ask(office) == 200


@ON_LINUX
def test_polls_and_files_are_not_counted():
    with served.served(WAYSTATION_PAGES="6") as office:
        first = workers(office)
        for _ in range(12):
            assert ask(office, **{"X-Waystation-Poll": "1"}) == 200
            assert ask(office, "/static/office/office.css") == 200
        time.sleep(2)
        assert workers(office) == first


@ON_LINUX
def test_a_worker_that_dies_is_replaced():
    with served.served() as office:
        (first,) = workers(office)
        os.kill(first, signal.SIGKILL)
        assert until(lambda: workers(office) not in ([], [first]))
        assert until(lambda: ask(office) == 200)


@ON_LINUX
def test_what_lived_in_memory_goes_when_the_office_closes():
    with served.at_work() as office:
        # By its own name: offices of other tests come and go in the same memory.
        memory = runtime_folder(office.home.resolve())
        assert (memory / "boot").is_file() and list(memory.glob("*ession*"))
        children = workers(office)
        office.process.send_signal(signal.SIGTERM)
        assert office.process.wait(30) == 0
        assert [one for one in children if alive(one)] == []
        assert not memory.exists()


@ON_LINUX
def test_workers_do_not_outlive_a_supervisor_that_was_killed():
    with served.served() as office:
        (first,) = workers(office)
        office.process.kill()
        assert until(lambda: not alive(first))


@ON_LINUX
def test_a_worker_leaves_no_core_dump_and_its_memory_is_its_own():
    script = ("import ctypes, resource; from waystation_web.office.worker import keep_memory_private as keep; keep(); "
              "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE)[0])")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "0"]
