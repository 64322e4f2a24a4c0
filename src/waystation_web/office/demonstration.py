"""An invented office, made anew each time, through the same pages that people use. There is no other way in.

Seven people of an organisation that does not exist enrol, make the plan of the invented world, and hand a note over;
then `invented` fills the office with cases, contacts, money and a decision that waits, by the acts behind those pages.
Their passphrases are printed, which is why such an office is never served by `serve`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from waystation_web.gateways.installation import Installation, NoInstallation

from . import Cannot
from .visitor import Astray, Page, Visitor

ORGANISATION = "Lantern House (invented)"
NOTE = ("Invented. The family of the long way waits at HEARTH until nightfall. Nobody rings them: they call. "
        "If the river is high, they stay another night; the host has been told.")
STEP = 30  # seconds of a code
SLOW = 15  # seconds within which the office has read the digits, whatever else the machine does
OTHERS = (("haru", ["coordinator"]), ("dol", ["case_worker"]), ("bora", ["field_liaison", "security_officer"]),
          ("mun", ["field_liaison"]), ("nari", ["finance"]))


@dataclass(slots=True)
class Person:
    """Somebody of the invented office, as they would be at their own browser."""

    handle: str
    name: str
    roles: list[str]
    browser: Visitor
    words: str = field(default="", repr=False)
    secret: bytes = field(default=b"", repr=False)
    used: int = 0  # the last step whose code was used: each counts once

    def code(self) -> str:
        """Digits that count now and were not used: those of half a minute ago, of now, or the next ones.

        They still count when the office takes some seconds to read them, as on a machine with other work.
        """
        from waystation_web.accounts import factors
        from waystation_web.gateways import clock
        self.used = max(self.used + 1, int(clock.now().timestamp() + SLOW) // STEP - 1)
        ahead = self.used - factors.now_step() - 1
        if ahead > 0:
            time.sleep(ahead * STEP)
        return factors.code(self.secret, self.used)


def show(home: Path, *, port: int, once: bool) -> int:
    """Make the office, print how to come in, and keep it open; with `once`, sign in by itself and end."""
    from .making import make
    from .serving import Supervisor, prepared

    clear(home)
    began = time.monotonic()
    print(f"An invented office: {ORGANISATION}. Everybody and everything in it is invented.", flush=True)
    code = make(home, organisation=ORGANISATION, origin=f"http://localhost:{port}", invented=True)
    installation = Installation.load(home)
    server = Supervisor(installation, prepared(installation, port=port, bind="127.0.0.1"))
    walk = Walk(installation, code, once=once, began=began, end=server.stop)
    walk.start()
    stopped = server.run()
    walk.join(5)
    if walk.alarm is not None:
        walk.alarm.terminate()
        walk.alarm.wait()
    return walk.failed or stopped


def alarm(home: Path) -> subprocess.Popen[str]:
    """The alarm of this office, as `watch` starts it: a process of its own without a key. It speaks on its stderr."""
    return subprocess.Popen([sys.executable, "-m", "waystation_web.office", "watch", str(home)],  # noqa: S603
                            stderr=subprocess.PIPE, text=True)


def clear(home: Path) -> None:
    """Take an earlier demonstration away. Raises `Cannot` for a folder that is anything else."""
    from waystation_web.gateways import processes
    if not home.exists() or not any(home.iterdir()):
        return
    try:
        earlier = Installation.load(home)
    except NoInstallation as reason:
        raise Cannot(f"{home} is not empty and no demonstration: it is left as it is. Name another --home") from reason
    if not earlier.invented:
        raise Cannot(f"{home} is a real office, not a demonstration: it is left as it is. Choose another --home")
    processes.close(earlier)
    shutil.rmtree(home)


class Walk(threading.Thread):
    """Seven people at their browsers, while the office is served by the main thread."""

    def __init__(self, installation: Installation, code: str, *, once: bool, began: float,
                 end: Callable[[], None]) -> None:
        super().__init__(name="walk", daemon=True)
        self.installation, self.setup_code, self.once, self.began, self.end = installation, code, once, began, end
        self.failed = 0
        self.alarm: subprocess.Popen[str] | None = None

    def run(self) -> None:
        """Walk; whatever goes wrong ends the demonstration and is said."""
        try:
            self._walk()
        except (Astray, OSError, subprocess.CalledProcessError) as reason:
            self._fail(f"The demonstration went astray: {reason}")
        except Exception:  # noqa: BLE001  (a thread's error would otherwise leave the office open and say nothing)
            self._fail(traceback.format_exc())

    def _tell(self, done: str) -> None:
        print(f"  {done} ... {time.monotonic() - self.began:.0f} s", flush=True)

    def _fail(self, words: str) -> None:
        print(words, file=sys.stderr, flush=True)
        self.failed = 2
        self.end()

    def _walk(self) -> None:
        origin = self.installation.origin
        sena = Person("sena", "Sena (invented)", ["coordinator"], Visitor(origin))
        jun = Person("jun", "Jun (invented)", ["security_officer", "auditor"], Visitor(origin))
        _wait_for(sena.browser)
        set_up(sena, self.setup_code, recovery_file(self.installation.home))
        invite(sena, jun)
        others = [Person(handle, f"{handle.title()} (invented)", roles, Visitor(origin)) for handle, roles in OTHERS]
        sign_in(jun, jun.browser)
        for person in others:  # by the second officer: whom somebody invites does not soon sign second to them
            invite(jun, person)
        fill(sena, jun)
        leave(sena.browser)
        leave(jun.browser)
        everybody = [sena, jun, *others]
        self._tell("everybody has enrolled")
        from . import invented  # it imports the office, which is there by now
        invented.fill({person.handle: invented.actor_of(person.handle, person.words) for person in everybody},
                      self._tell)
        print(f"Made through its own pages and acts in {time.monotonic() - self.began:.0f} s.\n", flush=True)
        self.alarm = alarm(self.installation.home)
        if self.once:
            said = next(iter(self.alarm.stderr or ()), "nothing").strip("\a\n")
            print(f"The alarm, a process without a key: {said}", flush=True)
            for person in (sena, jun, *others[1:2]):
                look(person)
            print("\nAll signed in with passphrase and code, through the pages. The office closes.", flush=True)
            self.end()
            return
        print(how_to_come_in(origin, everybody), flush=True)
        threading.Thread(target=hear, args=(self.alarm,), name="alarm", daemon=True).start()
        keep_codes(everybody)


def _wait_for(browser: Visitor) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            browser.open("/sign-in/")
        except ConnectionError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def recovery_file(home: Path) -> str:
    """The public half of a recovery key, made by another process, as custodians do on another machine."""
    folder = home / "custodians"
    folder.mkdir(mode=0o700)
    command = [sys.executable, "-m", "waystation_web.office", "recover", "new", "--yes", "--out", str(folder)]
    settings = {key: value for key, value in os.environ.items() if not key.startswith(("WAYSTATION_", "DJANGO_"))}
    subprocess.run(command, check=True, capture_output=True, env=settings)  # noqa: S603  (its sheets are thrown away)
    text = next(folder.iterdir()).read_text("ascii")
    shutil.rmtree(folder)
    return text


def set_up(person: Person, code: str, public_text: str) -> None:
    """The first hour: code, recovery key, first officer."""
    browser = person.browser
    page = browser.open("/set-up/")
    page = browser.send(page, page.own_form(), code=code)
    words = next(line.partition(" ")[2] for line in public_text.splitlines() if line.startswith("words "))
    page = browser.send(page, page.own_form(), public_text=public_text, words=words)
    page = browser.send(page, page.own_form(), handle=person.handle, name=person.name, language="en",
                        roles=person.roles)
    page = enrolled(person, page)
    if page.address != "/":
        raise Astray(f"the set-up ended at {page.address} ({page.status}): {' '.join(page.words)[:300]}")


def enrolled(person: Person, page: Page) -> Page:
    """Words shown, words typed back, app with digits registered."""
    from base64 import b32decode
    person.words = page.shown("words")
    page = person.browser.send(page, page.own_form())
    page = person.browser.send(page, page.own_form(), words=person.words)
    text = page.shown("secret").replace(" ", "")
    person.secret = b32decode(text + "=" * (-len(text) % 8))
    return person.browser.send(page, page.own_form(), code=person.code())


def invite(officer: Person, fresh: Person) -> None:
    """A colleague is invited, enrols in their own browser, and reads the words of their keys out."""
    page = officer.browser.open("/people/invite/")
    page = stepped_up(officer, page, "/people/invite/")
    page = officer.browser.send(page, page.own_form(), handle=fresh.handle, name=fresh.name, language="en",
                                roles=fresh.roles)
    code, address = page.shown("words"), next(link for link in page.read.links.values() if link.startswith("/people/"))
    page = fresh.browser.open("/enrol/")
    page = fresh.browser.send(page, page.own_form(), code=code)
    heard = enrolled(fresh, page).shown("words")
    page = officer.browser.open(address)
    page = officer.browser.send(page, page.form("/certify/"), words=heard)
    if page.status >= 400:
        raise Astray(f"the certificate was refused ({page.status}): {' '.join(page.words)[:300]}")


def stepped_up(person: Person, page: Page, path: str) -> Page:
    """Show the passphrase once more where a page asks for it."""
    if "/step-up/" not in page.html and page.address != "/step-up/":
        return page
    door = person.browser.open("/step-up/")
    person.browser.send(door, door.own_form(), words=person.words)
    return person.browser.open(path)


def fill(first: Person, second: Person) -> None:
    """A plan of the invented world, and a note that is handed over with a file."""
    browser = first.browser
    page = browser.open("/plan/")
    browser.send(page, page.own_form())
    page = browser.open("/notes/new/")
    page = browser.send(page, page.own_form(), title="Hand-over, invented night", text=NOTE)
    page = browser.send_file(page, page.form("/files/"), "rota.txt", b"Invented rota: sena until 22:00, then jun.\n")
    share = page.form("/share/")
    page = browser.send(page, share, colleague=_id_of(page, second), reason="Night shift (invented)")
    if page.address.endswith("/share/"):  # the words of the colleague's keys are compared first
        page = browser.send(page, page.form("/share/"), compared="on")
    if page.status >= 400:
        raise Astray(f"the note was not shared ({page.status}): {' '.join(page.words)[:300]}")


def _id_of(page: Page, person: Person) -> str:
    mark = f">{person.handle} "
    before = page.html[:page.html.index(mark)]
    return before[before.rindex('value="') + 7:].split('"')[0]


def sign_in(person: Person, browser: Visitor) -> Page:
    """Come in by the door."""
    page = browser.open("/sign-in/")
    page = browser.send(page, page.own_form(), handle=person.handle, code=person.code(), words=person.words)
    if page.address != "/":
        raise Astray(f"{person.handle} could not sign in ({page.status}): {' '.join(page.words)[:300]}")
    return page


def look(person: Person) -> None:
    """Sign in as a person would, and print what the pages say."""
    browser = Visitor(person.browser.origin)
    page = sign_in(person, browser)
    print(f"{person.handle} signed in. Today: {' '.join(page.words)[:200]}", flush=True)
    for path in ("/board/", "/cases/", "/book/", "/plans/", "/contacts/", "/money/", "/duty/", "/plan/", "/notes/",
                 "/audit/check/"):
        page = browser.open(path)
        rows = f"{page.html.count('<tr') or 'no':>3} rows"
        print(f"  {path:14} {page.status}  {rows}  {' '.join(page.words)[:400]}", flush=True)
    leave(browser)


def leave(browser: Visitor) -> None:
    """Sign out, so that whoever comes in next is not told of another session."""
    page = browser.open("/people/")
    browser.send(page, page.form("/sign-out/"))


def how_to_come_in(origin: str, people: list[Person]) -> str:
    """What to type, for each of them."""
    from waystation_web.accounts import factors
    lines = [f"Open {origin}/ in a browser of this machine; in several profiles, to be several people at once.", ""]
    for person in people:
        lines += [f"  handle      {person.handle}      ({', '.join(person.roles).replace('_', ' ')})",
                  f"  passphrase  {person.words}",
                  f"  app         {factors.shown(person.secret)}", ""]
    return "\n".join([*lines, "The six digits of now, each good for one sign-in. Ctrl+C ends the demonstration."])


def hear(process: subprocess.Popen[str]) -> None:
    """Say what the alarm says, on a line of its own beside the digits."""
    for line in process.stderr or ():
        print(f"\n  {line.rstrip()}", flush=True)


def keep_codes(people: list[Person]) -> None:
    """Print the digits of now, and again whenever they change."""
    from waystation_web.accounts import factors
    while True:
        step = factors.now_step()
        said = "   ".join(f"{person.handle} {factors.code(person.secret, step)}" for person in people)
        print(f"  {time.strftime('%H:%M:%S')}   {said}", end="\r" if sys.stdout.isatty() else "\n", flush=True)
        while factors.now_step() == step:
            time.sleep(1)
