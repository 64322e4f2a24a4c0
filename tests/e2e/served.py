"""A real office, made by `waystation-office init` and served by `waystation-office serve`, for a browser to walk in."""

import atexit
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
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import blake2b
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
    settings: dict = field(default_factory=dict, repr=False)

    def newcomer(self, *roles):
        """Somebody new, with codes of their own: nobody has to wait half a minute for the next one."""
        one = Person(f"p{len(self.people)}", "Newcomer (invented)", list(roles) or ["coordinator"], Visitor(self.origin))
        demonstration.invite(self.people["jun"], one)
        self.people[one.handle] = one
        return one

    @property
    def port(self):
        return int(self.origin.rpartition(":")[2])

    def said(self):
        """What it printed."""
        return (self.home.parent / "log").read_text("utf-8")

    def close(self):
        """Stop serving, and wait until everything has ended."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)

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


@dataclass(frozen=True)
class Template:
    """A closed office in a folder that nobody works in: each office is served from a copy of its own."""

    home: Path
    origin: str
    code: str
    people: dict = field(default_factory=dict)
    digest: bytes = b""

    @classmethod
    def of(cls, one):
        """Keep an office as it stands, after it has closed."""
        home = Path(tempfile.mkdtemp(prefix="waystation-template-", dir=MEMORY if MEMORY.is_dir() else None)) / "office"
        atexit.register(shutil.rmtree, home.parent, ignore_errors=True)
        shutil.copytree(one.home, home)
        return cls(home, one.origin, one.code, dict(one.people), digest_of(home))

    def copy(self, home, origin):
        """The same office at another place and origin. What a test wrote in here by mistake is noticed."""
        assert digest_of(self.home) == self.digest, "the template was written to: offices are no longer apart"
        shutil.copytree(self.home, home)
        settings = home / "office.toml"
        text = settings.read_text("utf-8")
        assert text.count(f'"{self.origin}"') == 1
        settings.write_text(text.replace(f'"{self.origin}"', f'"{origin}"'), "utf-8")

    def person(self, handle, origin):
        """Somebody of this office at a browser of the copy."""
        return replace(self.people[handle], browser=Visitor(origin))


def digest_of(folder):
    """Of every file in it: names and bytes."""
    total = blake2b()
    for path in sorted(folder.rglob("*")):
        total.update(f"{path.relative_to(folder)}\0".encode() + (path.read_bytes() if path.is_file() else b""))
    return total.digest()


@cache
def made():
    """An office as `init` makes it, once in a process."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        home, origin = Path(folder) / "office", f"http://localhost:{free_port()}"
        done = office("init", home, "--organisation", "Invented office", "--origin", origin)
        assert done.returncode == 0, done.stderr
        return Template.of(Served(origin, home, done.stdout.partition("(one day):")[2].split()[0], None, {}))


@cache
def set_up():
    """An office with two people in it, once in a process: set up through its own pages, then closed."""
    with served() as one:
        through_its_pages(one)
        one.close()
        return Template.of(one)


@contextmanager
def served(template=None, **environment):
    """An office, copied from a template: without another one from what was only made, and nobody has set up."""
    template = template or made()
    place = Path(tempfile.mkdtemp(prefix="waystation-served-", dir=MEMORY if MEMORY.is_dir() else None))
    port = free_port()
    origin, home = f"http://localhost:{port}", place / "office"
    template.copy(home, origin)
    settings = {key: value for key, value in os.environ.items() if not key.startswith(("WAYSTATION_", "DJANGO_"))}
    log = (place / "log").open("wb")
    process = subprocess.Popen([sys.executable, "-m", "waystation_web.office", "serve", str(home)], stdout=log, stderr=log,
                               env=settings | environment)
    one = Served(origin, home, template.code, process, {}, settings | environment)
    try:
        wait_for(port, process)
        yield one
    finally:
        one.close()
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
def at_work():
    """An office with two people in it, both signed in."""
    template = set_up()
    with served(template) as one:
        for handle in template.people:
            one.people[handle] = template.person(handle, one.origin)
            demonstration.sign_in(one.people[handle], one.people[handle].browser)
        yield one


def through_its_pages(one):
    """Set an office up as its first two people do; both are signed in."""
    sena = Person("sena", "Sena (invented)", ["coordinator"], Visitor(one.origin))
    jun = Person("jun", "Jun (invented)", ["security_officer", "auditor"], Visitor(one.origin))
    demonstration.set_up(sena, one.code, demonstration.recovery_file(one.home))
    demonstration.invite(sena, jun)
    demonstration.fill(sena, jun)
    demonstration.sign_in(jun, jun.browser)
    one.people.update(sena=sena, jun=jun)
