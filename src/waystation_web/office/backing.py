"""`backup`: everything that must survive this machine, sealed to keys that are not on it, into every folder for
backups.

In it: the database at one moment, sealed files, `trust.toml`, `office.toml`, a list of digests. Never in it: the host
key, the alarm's key, sessions. Beside it: what lives now (`heads`), and the host key for two sheets (the escrow).
Nothing of the tar is ever on a disk in clear, and memory does not grow with it.
"""

from __future__ import annotations

import io
import json
import sys
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from waystation_web.gateways import backups, clock, runtime
from waystation_web.gateways.installation import Installation

from . import FOUND, Cannot, age, snapshots, tables, targets
from .archive import MANIFEST, Member, Packing, Unsteady
from .heads import Head
from .locks import Held, held
from .making import opened
from .manifest import Manifest
from .snapshots import Snapshot
from .targets import NoTarget, Targets

TRIES = 3   # a file that is destroyed while it is read is a reason to begin anew
NO_FOLDER = ("office.toml names no folder for backups. Mount a disk that is not this machine's and write:\n"
             "    backups = [\"/mnt/backups\"]")


def back_up(installation: Installation, *, only_head: bool = False) -> int:
    """Back an office up into each of its folders; 0 if all took it, else 1. Raises `Cannot`; then none did."""
    recipients, folders = age.recipients(installation), backups.folders(installation)
    if not folders:
        raise Cannot(NO_FOLDER)
    if not installation.trust.is_file():
        raise Cannot("there is no recovery key yet, so two sheets would bring nothing back: finish the set-up in the "
                     "browser first. Nothing was backed up")
    opened(installation)
    with _alone(installation):
        for folder in folders:
            targets.sweep(folder, backups.mark(installation.organisation_id))
        if only_head:
            return _said(_head(installation, recipients, _now(), _living(installation)), "What lives now is written")
        return _backed_up(installation, recipients, folders)


def _backed_up(installation: Installation, recipients: Sequence[Any], folders: Sequence[Path]) -> int:
    made = _now()
    archive, manifest, seen = _steady(installation, recipients, made)
    backups.note_backup(installation, made)
    print(f"{archive.size:,} bytes: {manifest.rows:,} rows of {len(manifest.tables)} tables, {manifest.files:,} files; "
          f"the record stands at entry {manifest.head[0]}.")
    kept = [path for path in archive.paths if path not in archive.failed]
    fault = _said(archive, "Kept") | _escrow(installation, [path.parent for path in kept])
    fault |= _said(_head(installation, recipients, made, seen), "What lives now is written")
    for path in kept:
        _thin(installation, path.parent, made)
    for folder in folders:
        if backups.on_our_disk(installation, folder):
            print(f"{folder} is on the same disk as the office: one fire, one thief, one broken disk takes both. Use "
                  "another disk too.", file=sys.stderr)
    return fault


def _steady(installation: Installation, recipients: Sequence[Any],
            made: datetime) -> tuple[Targets, Manifest, tables.Seen]:
    """A backup in which rows and files belong together: a file that is destroyed meanwhile belongs to no row either."""
    for left in reversed(range(TRIES)):
        try:
            with snapshots.taken(installation) as snapshot:
                return *_archive(installation, recipients, made, snapshot), snapshot.seen
        except Unsteady as gone:
            if not left:
                raise Cannot(f"{gone} went or changed {TRIES} times while it was read: nothing was backed up. Run "
                             "verify") from None
    raise AssertionError


def _now() -> datetime:
    return clock.now().replace(microsecond=0)


@contextmanager
def _alone(installation: Installation) -> Iterator[None]:
    try:
        with held(runtime.folder(installation, "locks") / "backup"):
            yield
    except Held:
        raise Cannot("another backup of this office is running; nothing was done") from None


def _archive(installation: Installation, recipients: Sequence[Any], made: datetime,
             snapshot: Snapshot) -> tuple[Targets, Manifest]:
    """Pack, seal and keep. Raises `Unsteady`, `Cannot`."""
    name = backups.name_of(installation, made)
    archive = Targets(tuple(folder / name for folder in backups.folders(installation)))
    packing = Packing(())
    told: list[Manifest] = []
    packing.members = _members(installation, made, snapshot, packing, told)
    try:
        archive.begin()
        _seal(packing, archive, recipients)
        archive.keep()
    except NoTarget as reason:
        raise Cannot(f"No folder took the backup ({reason.strerror}). What was there before is as it was") from None
    finally:
        archive.drop()
    return archive, told[0]


def _seal(packing: Packing, archive: Targets, recipients: Sequence[Any]) -> None:
    """From the one into the other. What goes wrong in either is raised as what it was."""
    import pyrage

    try:
        pyrage.encrypt_io(packing, archive, list(recipients))
    except (pyrage.EncryptError, OSError) as reason:
        if isinstance(packing.why, OSError):
            raise Cannot(f"a file of the office cannot be read ({packing.why.strerror}); nothing was kept. Is this run "
                         "as the user that serves it?") from None
        if packing.why is not None:
            raise packing.why from None
        if len(archive.failed) == len(archive.paths):
            raise NoTarget(0, archive.why()) from None
        raise Cannot(f"the backup could not be sealed ({reason}); nothing was kept") from reason


def _members(installation: Installation, made: datetime, snapshot: Snapshot, packing: Packing,
             told: list[Manifest]) -> Iterator[Member]:
    """What is packed, one after the other; last, the list of what was."""
    yield _text("office.toml", _settings(installation))
    yield _text("trust.toml", installation.trust.read_bytes())
    yield _file(snapshot.name, snapshot.path)
    for file in snapshot.seen.files:
        yield _file(f"files/{file[:2]}/{file}", installation.files / file[:2] / file)
    told.append(Manifest(made, installation.organisation_id.hex(), "postgresql" if installation.database else "sqlite",
                         snapshot.seen.head, snapshot.seen.tables, dict(packing.said)))
    yield _text(MANIFEST, told[0].text())


def _file(name: str, path: Path) -> Member:
    return Member(name, lambda: path.open("rb"), lambda: path.stat().st_size)


def _text(name: str, content: bytes) -> Member:
    return Member(name, lambda: io.BytesIO(content), lambda: len(content))


def _settings(installation: Installation) -> bytes:
    """`office.toml`; without the password of a database, which is a key."""
    content = (installation.home / "office.toml").read_bytes()
    said = tomllib.loads(content.decode("utf-8"))
    address = conninfo_to_dict(said.get("database") or "")
    if "password" not in address:
        return content
    said["database"] = make_conninfo("", **{key: value for key, value in address.items() if key != "password"})
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in said.items()).encode()


# ----------------------------------------------------------------------------------------------------- what lies beside
def _living(installation: Installation) -> tables.Seen:
    with (tables.postgresql(installation.database) if installation.database
          else tables.sqlite(installation.sqlite)) as base:
        return tables.living(base)


def _head(installation: Installation, recipients: Sequence[Any], at: datetime, seen: tables.Seen) -> Targets:
    import pyrage

    head = Head(at, installation.organisation_id.hex(), seen.head, frozenset(seen.vaults), seen.accounts)
    paths = tuple(backups.head_of(installation, folder) for folder in backups.folders(installation))
    try:
        return targets.write_each(paths, bytes(pyrage.encrypt(head.text(), list(recipients))))
    except NoTarget as reason:
        raise Cannot(f"what lives now could be written nowhere ({reason.strerror})") from None


def _escrow(installation: Installation, folders: Sequence[Path]) -> int:
    """The host key for two sheets, where it is not there or is an older one. 1 if it could not be written."""
    from waystation_web.vault import escrows
    from waystation_web.vault.errors import Refused

    lying = escrows.lying(installation)
    pulled = not installation.host_key.is_file()    # the medium lies elsewhere: what is there cannot be compared
    if all(lying[folder] is not None if pulled else lying[folder] for folder in folders):
        return 0
    try:
        for path in escrows.keep_present():
            print(f"The host key, for two sheets, is written: {path}")
    except (OSError, ValueError, Refused, escrows.Unkept) as reason:
        print(f"{reason}. Until the host key lies beside the backup, two sheets bring nothing back: run backup again.",
              file=sys.stderr)
        return FOUND
    return 0


def _thin(installation: Installation, folder: Path, now: datetime) -> None:
    """Backups older than four weeks go, and each is named; the newest stays however old it is.

    None goes while the date is in doubt: by a clock that went ahead all of them are old.
    """
    from waystation_web.audit import reckoning
    if reckoning.doubt() is not None:
        print(f"The date is in doubt, so no older backup in {folder} was deleted. Whoever signs in reads why.",
              file=sys.stderr)
        return
    for made, path in backups.found(installation, folder)[:-1]:
        if now - made > backups.KEPT:
            path.unlink(missing_ok=True)
            print(f"Deleted, older than {backups.KEPT.days} days: {path}")


def _said(done: Targets, what: str) -> int:
    """Say where something went and where it did not; 1 if there is a folder without it."""
    for path in done.paths:
        if path in done.failed:
            print(f"NOT in {path.parent}: {done.failed[path]}", file=sys.stderr)
        else:
            print(f"{what}: {path}")
    return FOUND if done.failed else 0
