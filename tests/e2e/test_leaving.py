"""How a worker leaves: after what was begun, never before another one is there, and without a trace."""

import http.client
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat

import pytest
import served

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are looked at through /proc")
SLOW = (b"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\nhandl")
ALONE = """
import sys
from waystation_web.office import main, serving
serving.HANDS_ON = False
sys.exit(main(["serve", sys.argv[1]]))
"""


def ask(office, path="/sign-in/", **headers):
    """The answer to one request on a connection of its own; the name of the error if there was none."""
    line = http.client.HTTPConnection("localhost", office.port, timeout=60)
    try:
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        answer.read()
    except OSError as reason:
        return type(reason).__name__
    finally:
        line.close()
    return answer.status


def crowd(office, requests, people=4):
    """What happened to many requests at once: each outcome once."""
    with ThreadPoolExecutor(people) as asking:
        return set(asking.map(ask, repeat(office, requests)))


def until(condition, about, seconds=60):
    """Wait for something, and show the office's own words if it does not come."""
    for _ in range(seconds * 20):
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"it did not happen within {seconds} s\n{about()}")


def test_a_crowd_sees_nothing_of_four_changes():
    with served.served(WAYSTATION_PAGES="10") as office:
        seen, outcomes = set(office.workers()), set()

        def four_more():
            outcomes.update(crowd(office, 8))
            seen.update(office.workers())
            return len(seen) > 4

        until(four_more, office.said)
        assert outcomes == {200}
        office.process.send_signal(signal.SIGTERM)
        assert office.process.wait(30) == 0
        assert crowd(office, 4) == {"ConnectionRefusedError"}  # and a crowd that is turned away would say so


def test_what_was_begun_is_finished_by_the_worker_that_leaves():
    with served.served(WAYSTATION_PAGES="5") as office, socket.create_connection(("127.0.0.1", office.port), 60) as slow:
        (old,) = office.workers()
        slow.sendall(SLOW)
        until(lambda: crowd(office, 4) == {200} and set(office.workers()) - {old}, office.said)
        time.sleep(2)  # longer than a worker waits for those who have only connected
        assert old in office.workers()
        slow.sendall(b"e=abc")
        assert slow.recv(64).startswith(b"HTTP/1.1 403 ")  # without a token: but it was read to its end, and answered
        until(lambda: old not in office.workers(), office.said)


def test_stopping_does_not_wait_for_what_never_ends():
    with served.served() as office, socket.create_connection(("127.0.0.1", office.port), 60) as slow:
        slow.sendall(SLOW)
        assert ask(office) == 200
        office.process.send_signal(signal.SIGTERM)
        assert office.process.wait(30) == 0


def test_a_worker_stays_if_none_can_follow():
    with served.served(WAYSTATION_PAGES="5") as office:
        assert ask(office) == 200
        (old,) = office.workers()
        key = office.home / "keys" / "host.key"
        pulled = key.rename(office.home / "pulled")  # the medium with the key, after the start
        assert crowd(office, 10) == {200}
        until(lambda: "the present one stays" in office.said(), office.said)
        assert crowd(office, 4) == {200}
        assert old in office.workers()
        pulled.rename(key)


def test_an_office_left_alone_forgets_what_was_opened():
    with served.served(WAYSTATION_IDLE="0.2") as office:
        (old,) = office.workers()
        assert ask(office) == 200
        until(lambda: office.workers() and old not in office.workers(), office.said)
        assert ask(office) == 200


def test_the_server_says_nothing_of_who_asked_for_what():
    with served.served() as office:
        line = http.client.HTTPConnection("localhost", office.port, timeout=60)
        line.request("GET", "/notes/?word=planted-word", headers={"Cookie": "s=planted-cookie"})
        answer = line.getresponse()
        line.close()
        assert answer.status == 401
        assert {"server", "date", "x-powered-by"} & {name.lower() for name in answer.headers} == set()
        assert ask(office, "/planted-path/") == 404
        assert "Open in a browser" in office.said()
        assert [word for word in ("planted", "notes", "GET", "127.0.0.1:") if word in office.said()] == []


def test_a_second_opening_is_refused_and_the_first_stays_open():
    with served.served() as office:
        again = served.office("serve", office.home)
        assert (again.returncode, "Is this office open already?" in again.stderr) == (2, True)
        assert ask(office) == 200


def test_where_sockets_cannot_be_handed_on_one_process_serves(tmp_path):
    with served.served() as office:
        office.process.send_signal(signal.SIGTERM)
        assert office.process.wait(30) == 0
        office.process = subprocess.Popen([sys.executable, "-c", ALONE, str(office.home)], env=office.settings)
        until(lambda: ask(office) == 200, office.said)
        assert office.workers() == []
        office.process.send_signal(signal.SIGTERM)
        assert office.process.wait(30) == 0


def test_a_host_key_that_cannot_be_read_is_a_sentence_and_no_office():
    with served.served() as office:
        office.process.send_signal(signal.SIGTERM)
        assert office.process.wait(30) == 0
        key = office.home / "keys" / "host.key"
        key.chmod(0o600)
        key.write_text(key.read_text("ascii").replace("epoch 1 ", "epoch one "), "ascii")
        key.chmod(0o400)
        done = served.office("serve", office.home)
        assert done.returncode == 2
        assert "line 2: not 'epoch NUMBER" in done.stderr
        assert "Traceback" not in done.stderr
