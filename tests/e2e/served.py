"""A real office, made by `waystation-office init` and served by `waystation-office serve`, for a browser to walk in."""

import hmac
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from waystation_web.office import demonstration
from waystation_web.office.visitor import Visitor

MEMORY = Path("/dev/shm")


@dataclass
class Served:
    """An office that answers."""

    origin: str
    home: Path
    code: str
    process: subprocess.Popen
    people: dict

    def newcomer(self, *roles):
        """Somebody new, with codes of their own: nobody has to wait half a minute for the next one."""
        one = Person(f"p{len(self.people)}", "Newcomer (invented)", list(roles) or ["coordinator"], Visitor(self.origin))
        demonstration.invite(self.people["jun"], one)
        self.people[one.handle] = one
        return one
    settings: dict = field(default_factory=dict, repr=False)

    @property
    def port(self):
        return int(self.origin.rpartition(":")[2])

    def said(self):
        """What it printed."""
        return (self.home.parent / "log").read_text("utf-8")

    def workers(self):
        """Processes of workers, from /proc."""
        pid = self.process.pid
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]


class Person(demonstration.Person):
    """Somebody with an app of their own: the digits are computed here, not by the office (RFC 6238)."""

    def code(self):
        self.used = max(self.used + 1, int(time.time()) // 30 - 1)  # that of half a minute ago still counts
        if (ahead := self.used - int(time.time()) // 30 - 1) > 0:
            time.sleep(ahead * 30)
        return digits(self.secret, self.used)


def digits(secret, step):
    """The six digits of a step of thirty seconds."""
    tag = hmac.new(secret, step.to_bytes(8, "big"), "sha1").digest()
    place = tag[-1] & 15
    return f"{(int.from_bytes(tag[place:place + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def office(*arguments, **more):
    """Run `waystation-office`."""
    settings = {key: value for key, value in os.environ.items() if not key.startswith(("WAYSTATION_", "DJANGO_"))}
    return subprocess.run([sys.executable, "-m", "waystation_web.office", *map(str, arguments)], capture_output=True,
                          text=True, check=False, env=settings | more.pop("env", {}), **more)


@contextmanager
def served(**environment):
    """An office that was only made: nobody has set it up."""
    place = Path(tempfile.mkdtemp(prefix="waystation-served-", dir=MEMORY if MEMORY.is_dir() else None))
    port = free_port()
    origin, home = f"http://localhost:{port}", place / "office"
    made = office("init", home, "--organisation", "Invented office", "--origin", origin)
    assert made.returncode == 0, made.stderr
    code = made.stdout.partition("(one day):")[2].split()[0]
    settings = {key: value for key, value in os.environ.items() if not key.startswith(("WAYSTATION_", "DJANGO_"))}
    log = (place / "log").open("wb")
    process = subprocess.Popen([sys.executable, "-m", "waystation_web.office", "serve", str(home)], stdout=log, stderr=log,
                               env=settings | environment)
    one = Served(origin, home, code, process, {}, settings | environment)
    try:
        wait_for(port, process)
        yield one
    finally:
        one.process.send_signal(signal.SIGTERM)
        one.process.wait(30)
        log.close()
        shutil.rmtree(place, ignore_errors=True)


def wait_for(port, process):
    for _ in range(300):
        assert process.poll() is None, "the office did not start"
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the office did not answer within thirty seconds")


@contextmanager
def at_work(**environment):
    """An office with two people in it, set up through its own pages."""
    with served(**environment) as one:
        sena = Person("sena", "Sena (invented)", ["coordinator"], Visitor(one.origin))
        jun = Person("jun", "Jun (invented)", ["security_officer", "auditor"], Visitor(one.origin))
        demonstration.set_up(sena, one.code, demonstration.recovery_file(one.home))
        demonstration.invite(sena, jun)
        demonstration.fill(sena, jun)
        one.people.update(sena=sena, jun=jun)
        page = jun.browser.open("/sign-in/")
        page = jun.browser.send(page, page.own_form(), handle=jun.handle, code=jun.code(), words=jun.words)
        assert page.address == "/", page.words
        yield one
