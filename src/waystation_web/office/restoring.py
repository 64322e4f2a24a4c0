"""`restore`: an office out of a backup, in an empty folder, whole or not at all.

It is made beside its folder and gets its name last: killed, refused or without room, nothing stands under that name.
Nobody who was signed in is; the alarm has a new key; what was destroyed after the backup is destroyed again where the
newest head is given, and where it is not, the record and every page say so.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from waystation_web.gateways import backups, beats, runtime
from waystation_web.gateways.installation import Installation, runtime_folder

from . import FOUND, Cannot, again, age, heads, unsealing
from .archive import Damaged
from .heads import Head
from .locks import Held, held
from .making import opened
from .manifest import Manifest
from .sheets import host_key_of
from .targets import sync_folder

NOTHING = unsealing.NOTHING
Ask = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asked for at the console."""

    backup: Path
    home: Path
    key: Path                       # the file of age-keygen
    host_key: Path | None = None    # or two sheets, typed
    escrow: Path | None = None      # default: beside the backup
    head: Path | None = None
    database: str = ""
    with_findings: bool = False


def restore(wish: Wish, *, ask: Ask = input) -> int:
    """Make an office out of a backup. Raises `Cannot`; then nothing stands in its folder."""
    sessions = Path(os.environ.get("WAYSTATION_RUNTIME", runtime_folder(wish.home.resolve())))
    _refuse(wish.home, sessions)
    keys = age.identities(wish.key)
    head = _head(wish.head, keys)
    with _beside(wish.home) as place:
        print("Opening the backup ...", flush=True)
        manifest = unsealing.laid_out(wish.backup, place, keys)
        _fits(manifest, head)
        text = host_key_of(wish.host_key, wish.escrow, wish.backup, bytes.fromhex(manifest.organisation), ask)
        _keys(place, text)
        installation = _installed(place, manifest, wish)
        if wrong := unsealing.compared(installation, manifest):
            raise Cannot(f"{wish.backup} does not come back as it was backed up:\n  " + "\n  ".join(wrong[:20])
                         + f"\n{NOTHING}; take another one")
        done = _made_whole(installation, manifest, head, with_findings=wish.with_findings)
        _publish(place, wish.home, sessions)
    _say(wish, manifest, done)
    _settings(installation)
    return FOUND if done.findings or wish.head is None else 0


def _refuse(home: Path, sessions: Path) -> None:
    if os.path.lexists(home) and (home.is_symlink() or not home.is_dir() or any(home.iterdir())):
        raise Cannot(f"{home} is not an empty folder. A backup is restored into an empty one; nothing was changed")
    if sessions.is_dir():
        beat = beats.age(Installation(home, "http://localhost", "", bytes(16), runtime=sessions), beats.OFFICE)
        if beat is not None and beat < beats.GONE:
            raise Cannot(f"an office is open that keeps its sessions in {sessions}: stop it first. Nothing was changed")


def _head(path: Path | None, keys: list[Any]) -> Head | None:
    if path is None:
        return None
    try:
        return heads.opened(path, keys)
    except OSError as reason:
        raise Cannot(f"{path} cannot be read ({reason.strerror}): it lies beside the backups, *-head.age") from None
    except Damaged as why:
        raise Cannot(f"{why}. {NOTHING}; without --head what was destroyed since the backup comes back") from None


def _fits(manifest: Manifest, head: Head | None) -> None:
    """A head of another office says nothing of this one, and one that is older than the backup says too little."""
    if head is None:
        return
    if head.organisation != manifest.organisation:
        raise Cannot(f"this head is of another office. {NOTHING}")
    if head.at < manifest.made or head.head[0] < manifest.head[0] \
            or (head.head[0] == manifest.head[0] and head.head[1] != manifest.head[1]):
        raise Cannot(f"this head was written on {backups.said(head.at)}, at entry {head.head[0]} of the record; the "
                     f"backup on {backups.said(manifest.made)}, at entry {manifest.head[0]}. Give the newest one. "
                     f"{NOTHING}")


@contextmanager
def _beside(home: Path) -> Iterator[Path]:
    """A folder that has no name of anybody's yet, on the same disk; gone unless it got one. Raises `Cannot`."""
    parent = home.absolute().parent
    if not parent.is_dir():
        raise Cannot(f"there is no folder {parent}")
    place, lock = parent / f".{home.name}.restoring", parent / f".{home.name}.restoring.lock"
    try:
        with held(lock):
            _away(place)    # one that was killed left it
            place.mkdir(mode=0o700)
            try:
                yield place
            finally:
                _away(place)
                lock.unlink(missing_ok=True)
    except Held:
        raise Cannot(f"another restore into {home} is running; nothing was changed") from None
    except OSError as reason:
        raise Cannot(f"{parent} cannot be written to ({reason.strerror}). {NOTHING}") from reason


def _away(place: Path) -> None:
    """A folder goes; keys in it are written over first."""
    runtime.clear(place)
    shutil.rmtree(place, ignore_errors=True)


def _keys(place: Path, host_key: str) -> None:
    alarm = f"WAYSTATION-ALARM-KEY-1\n{secrets.token_hex(32)}\n"
    for name, text in (("host.key", host_key), ("alarm.key", alarm)):
        path = place / "keys" / name
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "w", encoding="ascii") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())


def _installed(place: Path, manifest: Manifest, wish: Wish) -> Installation:
    if manifest.database == "postgresql" and not wish.database:
        raise Cannot(f"this office was kept in PostgreSQL: name an empty database of it with --database. {NOTHING}")
    installation = unsealing.installed(place, manifest, host_key=place / "keys" / "host.key",
                                       runtime=runtime_folder(place), database=wish.database)
    if installation.database:
        unsealing.poured(place, installation.database)
        unsealing.rename_database(place / "office.toml", wish.database)
    return installation


def _made_whole(installation: Installation, manifest: Manifest, head: Head | None, *,
                with_findings: bool) -> again.Done:
    """Check the rows with the host key, do again what was done since, write it down."""
    with used(installation):
        return again.made_whole(installation, manifest, head, with_findings=with_findings)


@contextmanager
def used(installation: Installation) -> Iterator[None]:
    """Make this process that office's, where it lies. What it had in memory goes. Raises `Cannot`."""
    os.environ.update(WAYSTATION_HOST_KEY=str(installation.host_key), WAYSTATION_RUNTIME=str(installation.runtime),
                      WAYSTATION_DATABASE=installation.database)
    installation.runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        opened(installation, role="")    # it has no name yet by which a panic could be told of it
        from django.core.management import call_command
        from django.db import DatabaseError, connections
        try:
            call_command("migrate", verbosity=0)
            yield
        except DatabaseError as reason:
            raise Cannot(f"the database could not be read or written ({type(reason).__name__}). {NOTHING}") from reason
        finally:
            connections.close_all()
    finally:
        _away(installation.runtime)


def _publish(place: Path, home: Path, sessions: Path) -> None:
    """Give it its name: the last thing that is done. Sessions of whatever office was here before are void."""
    if runtime.clear(sessions):
        raise Cannot(f"sessions in {sessions} cannot be taken away: is that folder another user's? {NOTHING}")
    sync_folder(place)
    if os.name != "posix" and home.exists():
        home.rmdir()
    place.replace(home)
    sync_folder(home.absolute().parent)


def _settings(installation: Installation) -> None:
    """What the backup brought that no key vouches for: whoever has the public key could have put it there."""
    print(f"From office.toml of the backup; compare each with what you know, nobody signed it:\n"
          f"  what people type:     {installation.origin}\n"
          f"  folders for backups:  {', '.join(map(str, installation.backups)) or 'none'}\n"
          f"  they are sealed to:   {', '.join(installation.backup_keys) or 'nobody'}")


def _say(wish: Wish, manifest: Manifest, done: again.Done) -> None:
    print(f"Restored into {wish.home}: {manifest.rows:,} rows, {manifest.files:,} files, of "
          f"{backups.said(manifest.made)}. Every page says so for {backups.SAID.days} days. What was written after "
          "that is gone: enter it again.")
    if wish.head is None:
        print("Without --head nobody can say what was destroyed after that: it is HERE AGAIN. Whoever was locked or "
              "removed after that can come in. If a newer *-head.age is found, restore again with it.", file=sys.stderr)
    else:
        print(f"Destroyed again, because it was destroyed after that: {len(done.again):,} records.")
        for vault in done.again:
            print(f"  {vault.hex()}")
        if done.locked:
            print(f"Locked, because they were locked or removed after that: {', '.join(done.locked)}")
    if done.findings:
        print("\n  ".join(["It came back with what did not fit together before:", *done.findings]), file=sys.stderr)
    print(f"Nobody is signed in; {done.invitations} open invitations are void: an officer gives new codes.")
    print(f"The alarm has a new key. {done.watches} parties were on their way then: start the alarm, which calls at "
          "once while there is any; ask for word of every party, give each its times anew, and write down who has left "
          "since.")
    print(f"Next: waystation-office verify {wish.home} --as-auditor HANDLE, then serve and watch.")
