"""A small filled office with folders for backups, and what a backup of it holds. For tests of backup and restore."""

import io
import json
import os
import resource
import signal
import tarfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import acts
import pyrage
import world

from waystation_web.gateways import backups
from waystation_web.gateways.installation import Installation
from waystation_web.office import backing, restoring
from waystation_web.vault import queries


@dataclass
class House:
    """An office with people, records and a file; where its backups go, and the key that opens them."""

    office: object
    installation: Installation
    folder: Path
    key: Path
    identity: object = field(repr=False)
    people: dict = field(default_factory=dict)
    vaults: list = field(default_factory=list)
    files: list = field(default_factory=list)


def filled(office, place, *, folders=1):
    """Two people, three records (one shared, one with two files), one invitation that is open, one party on its way."""
    office.monkeypatch.setattr(backing, "opened", lambda installation: installation)
    folder = place / "backups"
    folder.mkdir()
    more = [place / f"more{number}" for number in range(1, folders)]
    for one in more:
        one.mkdir()
    identity = pyrage.x25519.Identity.generate()
    key = place / "age.key"
    key.write_text(f"# created: 2026-03-02\n# public key: {identity.to_public()}\n{identity}\n", "ascii")
    house = House(office, named(office, [folder, *more], [str(identity.to_public())]), folder, key, identity)
    vera, nils = acts.member(office, "vera"), acts.member(office, "nils")
    house.people = {"vera": vera, "nils": nils}
    house.vaults = [acts.create(vera, "first word"), acts.create(vera, "second word"), acts.create(nils, "third word")]
    acts.share(vera, house.vaults[0], nils)
    house.files = [acts.attach(vera, house.vaults[1], bytes(range(256)) * 600), acts.attach(vera, house.vaults[1], b"")]
    return house


def named(office, folders, keys):
    """Write folders and keys for backups into `office.toml`, and use it so."""
    path = office.installation.home / "office.toml"
    text = "".join(line for line in path.read_text("utf-8").splitlines(True) if not line.startswith("backup"))
    path.write_text(f"{text}backups = {json.dumps([str(one) for one in folders])}\nbackup_keys = {json.dumps(keys)}\n", "utf-8")
    office.installation = world._installation(office.installation.home)
    world._use(office.installation)
    return office.installation


def back_up(house, **more):
    """A backup, a second later than anything before."""
    house.office.pass_time(seconds=1)
    return backing.back_up(house.installation, **more)


def kept(house, folder=None):
    """The backups in a folder, the oldest first."""
    return [path for _, path in backups.found(house.installation, folder or house.folder)]


def clear(path, house):
    """The tar of a backup."""
    return bytes(pyrage.decrypt(path.read_bytes(), [house.identity]))


def members(path, house):
    """What a backup holds, by a reader of tars that is not ours."""
    with tarfile.open(fileobj=io.BytesIO(clear(path, house))) as tar:
        return {one.name: tar.extractfile(one).read() for one in tar.getmembers()}


def packed(path, house, held):
    """Write a backup anew out of members, in the order given."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for name, content in held.items():
            about = tarfile.TarInfo(name)
            about.size = len(content)
            tar.addfile(about, io.BytesIO(content))
    path.write_bytes(bytes(pyrage.encrypt(stream.getvalue(), [house.identity.to_public()])))
    return path


def honest(held):
    """The same members, with a list that says of each what it is now: as somebody who has the public key would make it."""
    said = json.loads(held["manifest.json"])
    said["members"] = {name: [len(content), sha256(content).hexdigest()] for name, content in held.items() if name != "manifest.json"}
    return {**{name: content for name, content in held.items() if name != "manifest.json"}, "manifest.json": json.dumps(said).encode()}


def digests(people, vaults):
    """Of everything that people open: payloads and files, by vault and reader."""
    found = {}
    for name, actor in people.items():
        for vault in vaults:
            try:
                opened = queries.open_vault(actor, vault)
            except acts.NoSuchVault:
                continue
            files = {entry["id"]: sha256(acts.content(actor, vault, bytes.fromhex(entry["id"]))).hexdigest()
                     for entry in opened.payload.get("files", [])}
            found[name, vault] = sha256(json.dumps([opened.payload, files], sort_keys=True).encode()).hexdigest()
    return found


def wish(house, into, **more):
    """What somebody asks for who restores the newest backup with the host key."""
    said = {"backup": kept(house)[-1], "home": into, "key": house.key, "host_key": house.installation.host_key} | more
    return restoring.Wish(**said)


@contextmanager
def restored(monkeypatch, house, into, *, ask=None, **more):
    """Restore, and work in the office that came back."""
    code = restore(monkeypatch, wish(house, into, **more), ask=ask)
    back = world._installation(into)
    (into / "run").mkdir(mode=0o700, exist_ok=True)
    world._use(back)
    try:
        yield back, code
    finally:
        world._close()
        world._use(house.installation)


def restore(monkeypatch, asked, *, ask=None):
    """The verb, in this process: Django is set up already, so the office is swapped under it."""
    with monkeypatch.context() as here:
        here.setattr(restoring, "opened", lambda installation, role: world._use(installation))
        for name in ("WAYSTATION_HOST_KEY", "WAYSTATION_RUNTIME", "WAYSTATION_DATABASE"):
            here.setenv(name, "")
            here.delenv(name)
        try:
            return restoring.restore(asked, ask=ask or (lambda _: (_ for _ in ()).throw(EOFError)))
        finally:
            world._close()


@contextmanager
def no_room(after):
    """No file of this process grows beyond so many bytes: a disk that is full there."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (after, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def killed(act, owner, name, *, call=1):
    """Do something in a child that is killed (SIGKILL) when a function is called for the n-th time."""
    world._close()
    child = os.fork()
    if not child:
        calls, whole = [], getattr(owner, name)

        def fatal(*arguments, **more):
            calls.append(None)
            if len(calls) == call:
                os.kill(os.getpid(), signal.SIGKILL)
            return whole(*arguments, **more)

        setattr(owner, name, fatal)
        try:
            act()
        finally:
            os._exit(7)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL, f"{name} was not called {call} times"


def killed_after(act, seconds):
    """Do something in a child that is killed (SIGKILL) after so many seconds, unless it has ended."""
    world._close()
    child = os.fork()
    if not child:
        try:
            act()
        finally:
            os._exit(7)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def left(place):
    """Everything that lies in a folder, hidden or not."""
    return sorted(path.relative_to(place).as_posix() for path in place.rglob("*"))


def contents(place):
    """Everything that lies in a folder, with what is in it."""
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}
