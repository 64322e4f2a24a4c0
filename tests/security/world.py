"""A small invented office, fresh for every test: two key officers, and whoever a test asks for.

A template is made once in each process through the office's own acts; a test gets a copy of its folder and database.
SQLite by default; `--database=postgresql` starts a server of its own in a temporary folder, without network.
"""

import atexit
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from base64 import b32decode
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from secrets import token_hex

import pytest

HERE = Path(__file__).resolve().parent
ORIGIN = "http://localhost:8700"
MEMORY = Path("/dev/shm")
STEP = timedelta(seconds=30)
TABLES = ("account", "vault", "grant", "file", "entry", "hold", "watch", "spool", "batch")
DATABASE = "invented_office"


def folder(name):
    """A folder of this process, gone with it."""
    place = Path(tempfile.mkdtemp(prefix=f"waystation-{name}-", dir=MEMORY if MEMORY.is_dir() else None))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return place


# ------------------------------------------------------------------------------------------------------ configuration
class NoServer(Exception):
    """There is no PostgreSQL here."""


class Postgresql:
    """A server in a temporary folder, reached through a socket in it and in no other way."""

    def __init__(self):
        binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: int(place.parent.name))
        found = str(binaries[-1]) if binaries else ""
        self.binary = {name: shutil.which(name, path=found or os.environ["PATH"]) for name in ("initdb", "postgres")}
        if not all(self.binary.values()):
            raise NoServer("PostgreSQL is not installed: initdb and postgres are not here")
        self.place, self.user = folder("pg"), None
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            self.user = "postgres"
            shutil.chown(self.place, "postgres")
        data = self.place / "data"
        self._run(self.binary["initdb"], "-D", data, "-U", "office", "-A", "trust", "--no-sync", "-E", "UTF8",
                  "--locale=C")
        settings = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses=",
                    f"unix_socket_directories={self.place}", "max_connections=40"]
        options = [part for setting in settings for part in ("-c", setting)]
        self.process = subprocess.Popen([self.binary["postgres"], "-D", data, *options], user=self.user, cwd=self.place,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        atexit.register(self.stop)
        self._wait()

    def _run(self, *command):
        subprocess.run([str(part) for part in command], check=True, user=self.user, cwd=self.place, capture_output=True)

    def _wait(self):
        import time

        import psycopg

        for _ in range(200):
            try:
                psycopg.connect(self.address("postgres")).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise NoServer("PostgreSQL did not start within ten seconds")

    def stop(self):
        self.process.send_signal(signal.SIGINT)  # a fast end: it does not wait for connections
        self.process.wait(10)

    def address(self, name):
        return f"host={self.place} dbname={name} user=office"

    def sql(self, *commands, name="postgres"):
        import psycopg

        with psycopg.connect(self.address(name), autocommit=True) as connection:
            for command in commands:
                connection.execute(command)

    def keep(self, name, where="kept"):
        """Keep the rows of every table beside them, for `put_back`."""
        kept = [f'CREATE TABLE {where}."{table}" AS TABLE public."{table}"' for table in TABLES]
        self.sql(f"CREATE SCHEMA {where}", *kept, name=name)

    def put_back(self, name, where="kept", *, empty=False):
        """The rows as they were kept, or none: a hundred times faster than a new database for each test."""
        gone = [f'DELETE FROM public."{table}"' for table in reversed(TABLES)]
        back = [] if empty else [f'INSERT INTO public."{table}" SELECT * FROM {where}."{table}"' for table in TABLES]
        others = ("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                  "WHERE datname = current_database() AND pid <> pg_backend_pid()")
        self.sql(others, *gone, *back, name=name)


SERVER = None


def configure(database):
    """Set Django up, once in a process, on an office that nobody uses: each test swaps its own in."""
    global SERVER
    if "waystation_test_settings" in sys.modules:
        return
    home = folder("none")
    if database == "postgresql":
        SERVER = Postgresql()
    address = SERVER.address("postgres") if SERVER else ""
    _write_office(home, address)
    os.environ |= {"WAYSTATION_HOME": str(home), "WAYSTATION_RUNTIME": str(home / "run"),
                   "DJANGO_SETTINGS_MODULE": "waystation_test_settings"}
    for name in ("WAYSTATION_HOST_KEY", "WAYSTATION_DATABASE"):
        os.environ.pop(name, None)
    spec = importlib.util.spec_from_file_location("waystation_test_settings", HERE / "settings.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["waystation_test_settings"] = module
    spec.loader.exec_module(module)
    import django
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment()
    _look_through_files_once()


def _look_through_files_once():
    """Every browser of Django's has a chain of middleware of its own, and each looked hundreds of static files through: as
    long as a page takes. Nothing changes them while tests run; one that is served is still read anew."""
    from servestatic.middleware import ServeStaticMiddleware

    look, found = ServeStaticMiddleware.update_files_dictionary, {}

    def known(self, root, prefix):
        if (root, prefix) not in found:
            look(self, root, prefix)
            found[root, prefix] = dict(self.files)
        self.files.update(found[root, prefix])

    ServeStaticMiddleware.update_files_dictionary = known


def _write_office(home, address):
    (home / "data" / "files").mkdir(parents=True)
    (home / "keys").mkdir(mode=0o700)
    (home / "run").mkdir(mode=0o700)
    (home / "office.toml").write_text(
        f'origin = "{ORIGIN}"\norganisation = "Invented office"\norganisation_id = "{"07" * 16}"\n'
        f'demonstration = true\ndatabase = "{address}"\n', "utf-8")


# --------------------------------------------------------------------------------------------------------- the office
@dataclass
class Person:
    """Somebody of the invented office, with what they know and have."""

    id: bytes
    handle: str
    words: str
    totp: bytes
    roles: frozenset
    keys: object = field(repr=False, default=None)
    passkey: object = None


@dataclass
class Office:
    """One office of one test. `now` moves only when a test moves it."""

    installation: object
    people: dict
    recovery: object
    monkeypatch: object
    now: object = None
    wrong: timedelta = timedelta()  # by which its clock is further than the computer has run
    starts: int = 0

    # ............................................................................................................ time
    def pass_time(self, **more):
        """Let time pass: hours=1, seconds=30."""
        self.now += timedelta(**more)

    def jump(self, **more):
        """The clock is put ahead (or, with less than nothing, back): no time passes."""
        self.now += timedelta(**more)
        self.wrong += timedelta(**more)

    def off(self, **more):
        """The computer is off for so long, and is started again."""
        self.now += timedelta(**more)
        self.starts += 1

    def counters(self):
        """What `gateways.clock.counters` says on the computer of this office."""
        since = (self.now - self.wrong).timestamp()
        return f"start {self.starts}", since, since

    def code(self, person):
        """The digits that this person's app shows, of a step that was not used: half a minute passes."""
        from waystation_web.accounts import factors

        self.now += STEP
        return factors.code(person.totp, factors.now_step())

    # .......................................................................................................... people
    def person(self, *, roles=("coordinator",), handle=None, certified=True):
        """Somebody new: invited, enrolled and (if asked) certified by the first officer, all by the office's own acts."""
        from waystation.access import Role
        from waystation_web.accounts import codes, enrolment, factors, people

        wanted = frozenset(Role(role) for role in roles)
        handle = handle or f"p{len(self.people)}"
        officer = self.actor(self.people["anna"])
        account, code = people.invite(officer, handle=handle, name=handle.title(), roles=wanted)
        aside = enrolment.start(code)
        aside |= enrolment.typed_back(aside, aside["words"])
        secret = enrolment.totp_secret(aside)
        heard = enrolment.finish(aside, code=factors.code(secret, factors.now_step()), passkey="")
        one = self.people[handle] = Person(account, handle, aside["words"], secret, wanted)
        if certified:
            people.certify(officer, account, words=heard)
        assert len(code.replace("-", "")) == codes.LENGTH
        return one

    def keys(self, person):
        """This person's secret keys, opened with their words; once for each person."""
        from waystation_web.vault import people
        from waystation_web.vault.models import Account

        if person.keys is None:
            person.keys = people.open_with_words(Account.objects.get(pk=person.id), person.words)
        return person.keys

    def actor(self, person, *, stepped_up=True):
        """This person as an action sees them, without a session."""
        from waystation_web.accounts import signin
        from waystation_web.vault.models import Account

        actor = signin.actor_of(Account.objects.get(pk=person.id), self.keys(person))
        return replace(actor, stepped_up_until=self.now + timedelta(minutes=5)) if stepped_up else actor

    def account(self, person):
        """This person's row."""
        from waystation_web.vault.models import Account

        return Account.objects.get(pk=person.id)

    # ......................................................................................................... browsers
    def client(self, **more):
        """A browser of nobody. Cross-site checks are as in production."""
        from django.test import Client

        return Client(enforce_csrf_checks=more.pop("csrf", False), HTTP_HOST="localhost:8700", **more)

    def sign_in(self, person, *, stepped_up=False, client=None):
        """A browser in which this person is signed in, by the sign-in form."""
        client = client or self.client()
        answer = client.post("/sign-in/", {"handle": person.handle, "code": self.code(person), "words": person.words})
        assert answer.status_code == 302, answer.content.decode()
        if stepped_up:
            self.step_up(client, person)
        return client

    def step_up(self, client, person):
        """Confirm who it is, by the form."""
        answer = client.post("/step-up/", {"words": person.words})
        assert answer.status_code == 302, answer.content.decode()

    @contextmanager
    def writing(self):
        """One transaction, as acts have it."""
        from waystation_web.gateways.database import writing

        with writing():
            yield


# ----------------------------------------------------------------------------------------------------------- template
@dataclass
class Template:
    """The office that every test's is a copy of."""

    home: Path
    people: dict
    recovery: object
    now: object


TEMPLATE = None
MADE = False


def _use(installation):
    """Let Django work on this installation."""
    from django.conf import settings
    from django.db import connections

    from waystation_web.gateways.database import postgresql_of
    from waystation_web.vault import host

    settings.INSTALLATION = installation
    settings.FILE_UPLOAD_TEMP_DIR = str(installation.runtime)
    connection = connections["default"]
    connection.close()
    if installation.database:
        connection.settings_dict.update(postgresql_of(installation.database))
    else:
        connection.settings_dict["NAME"] = installation.sqlite
    host.forget()


def _installation(home):
    from waystation_web.gateways.installation import Installation

    return Installation.load(home, {"WAYSTATION_RUNTIME": str(home / "run")})


def _make_template(patch):
    """Set an office up through its own acts: recovery key, first and second officer."""
    from datetime import UTC, datetime

    from django.core.management import call_command

    from waystation.access import Role
    from waystation.vault.host import HostKeys
    from waystation.vault.recovery import Recovery, public_text
    from waystation_web.accounts import enrolment, factors, people, setup
    from waystation_web.audit import reckoning

    home = folder("template")
    _write_office(home, _database())
    now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    key = home / "keys" / "host.key"
    key.write_text(HostKeys.new(now.date()).text(), "ascii")
    key.chmod(0o400)
    installation = _installation(home)
    office = Office(installation, {}, Recovery.new(), patch, now)
    with _clock_of(office, patch):
        _use(installation)
        call_command("migrate", verbosity=0)
        reckoning.begin()
        if SERVER:
            _close()
            SERVER.put_back(DATABASE, empty=True)
        setup.new_code(installation)
        setup.believe_recovery(public_text(office.recovery), office.recovery.public.words)
        aside = setup.describe_first(setup.First("anna", "Anna (invented)", "en", frozenset()))
        secret = enrolment.totp_secret(aside)
        setup.first_officer(aside, code=factors.code(secret, factors.now_step()), passkey="")
        office.people["anna"] = Person(bytes.fromhex(aside["account"]), "anna", aside["words"], secret,
                                       frozenset({Role.SECURITY_OFFICER}))
        office.person(roles={Role.SECURITY_OFFICER}, handle="bela")
        assert setup.stage() == setup.DONE and people.HANDLE
    _close()
    if SERVER:
        SERVER.keep(DATABASE)
    return Template(home, office.people, office.recovery, office.now)


def _database():
    """The address of the one database of this process, made at its first use; empty for SQLite."""
    global MADE
    if not SERVER:
        return ""
    if not MADE:
        SERVER.sql(f"CREATE DATABASE {DATABASE}")
        MADE = True
    return SERVER.address(DATABASE)


def _close():
    from django.db import connections

    connections["default"].close()


@contextmanager
def _clock_of(office, patch):
    from waystation_web.gateways import clock

    with patch.context() as here:
        here.setattr(clock, "now", lambda: office.now)
        here.setattr(clock, "counters", office.counters)
        yield


def _copy(template):
    home = folder("office") / "home"
    shutil.copytree(template.home, home)
    if SERVER:
        SERVER.put_back(DATABASE)
    return _installation(home)


@dataclass(frozen=True)
class Kept:
    """An office as it stood: what takes a test as long to make as to ask of is made once in a process."""

    home: Path
    rows: str  # where a server keeps them
    people: dict
    now: object

    @classmethod
    def of(cls, office):
        """Keep an office as it stands now."""
        home, rows = folder("kept") / "home", f"kept_{token_hex(4)}"
        _close()
        shutil.copytree(office.installation.home, home)
        if SERVER:
            SERVER.keep(DATABASE, rows)
        return cls(home, rows, dict(office.people), office.now)

    def put_back(self, office):
        """Let this office stand as that one stood."""
        _close()
        shutil.rmtree(office.installation.home)
        shutil.copytree(self.home, office.installation.home)
        if SERVER:
            SERVER.put_back(DATABASE, self.rows)
        office.people, office.now = {name: replace(one) for name, one in self.people.items()}, self.now
        office.wrong, office.starts = timedelta(), 0
        _use(office.installation)


def _drop(installation):
    _close()
    shutil.rmtree(installation.home.parent, ignore_errors=True)


@pytest.fixture
def office(monkeypatch):
    """A fresh office with two key officers, `anna` and `bela`; its clock stands still."""
    global TEMPLATE
    if TEMPLATE is None:
        TEMPLATE = _make_template(monkeypatch)
    installation = _copy(TEMPLATE)
    here = Office(installation, {name: replace(one) for name, one in TEMPLATE.people.items()}, TEMPLATE.recovery,
                  monkeypatch, TEMPLATE.now)
    with _clock_of(here, monkeypatch):
        _use(installation)
        yield here
    _drop(installation)


@pytest.fixture
def bare(monkeypatch):
    """An office as `init` leaves it: a database and a host key, nobody in it; and the set-up code."""
    from waystation_web.accounts import setup

    installation, here = _bare(monkeypatch)
    with _clock_of(here, monkeypatch):
        here.setup_code = setup.new_code(installation)
        yield here
    _drop(installation)


def _bare(patch):
    from datetime import UTC, datetime

    from django.core.management import call_command

    from waystation.vault.host import HostKeys
    from waystation.vault.recovery import Recovery

    home = folder("bare") / "home"
    home.mkdir()
    _write_office(home, _database())
    now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    key = home / "keys" / "host.key"
    key.write_text(HostKeys.new(now.date()).text(), "ascii")
    key.chmod(0o400)
    installation = _installation(home)
    _use(installation)
    call_command("migrate", verbosity=0)
    if SERVER:
        _close()
        SERVER.put_back(DATABASE, empty=True)
    return installation, Office(installation, {}, Recovery.new(), patch, now)


def secret_on(page):
    """The TOTP secret that an enrolment page shows."""
    import re

    found = re.search(r"secret=([A-Z2-7]+)", page)
    return b32decode(found.group(1))
