"""A backup laid out in an empty folder, and everything about it compared with what it says of itself.

Whoever may write where backups lie can make one that opens: the public key is no secret. That its rows are this
office's is shown by the host key, which opens them and no others (`restoring`).
"""

from __future__ import annotations

import json
import os
import sqlite3
import tomllib
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from waystation_web.gateways.installation import Installation, NoInstallation

from . import Cannot, snapshots, tables
from .archive import MANIFEST, Damaged, Unpacking
from .manifest import Manifest, differences, read_manifest

DUMP = "office.dump"
CONSTANT = 946_684_800   # as `vault.files` has it
NOTHING = "Nothing was restored"


def laid_out(backup: Path, place: Path, identities: Sequence[Any]) -> Manifest:
    """Open a backup and lay its members into a folder. Raises `Cannot` unless all of it is as its manifest says."""
    for folder in ("data", "data/files", "keys"):
        (place / folder).mkdir(mode=0o700)
    unpacking = Unpacking(lambda name: _place(place, name))
    try:
        _open(backup, unpacking, identities)
        unpacking.close()
        manifest = read_manifest(unpacking.manifest)
    except Damaged as why:
        raise Cannot(f"{backup} is no whole backup: {why}. {NOTHING}; take another one") from None
    finally:
        unpacking.drop()
    del unpacking.said[MANIFEST]
    if wrong := differences("member", manifest.members, unpacking.said):
        raise Cannot(f"{backup} is not what it says of itself ({_some(wrong)}). {NOTHING}; take another one")
    _make_old(place)
    return manifest


def _open(backup: Path, unpacking: Unpacking, identities: Sequence[Any]) -> None:
    import pyrage

    try:
        with backup.open("rb") as stream:
            pyrage.decrypt_io(stream, unpacking, list(identities))
    except FileNotFoundError:
        raise Cannot(f"{backup} is not there") from None
    except (pyrage.DecryptError, OSError) as reason:
        if isinstance(unpacking.why, OSError):
            raise Cannot(f"there is no room for it, or the disk failed ({unpacking.why.strerror}). {NOTHING}") from None
        if unpacking.why is not None:
            raise unpacking.why from None
        if "No matching keys" in str(reason):
            raise Cannot(f"this key does not open {backup}: it is sealed to others. {NOTHING}") from None
        raise Cannot(f"{backup} is damaged, or no backup ({reason}). {NOTHING}; take another one") from None


def _place(place: Path, name: str) -> Path:
    if name.endswith(".toml") or name == DUMP:
        return place / name
    path = place / "data" / name
    path.parent.mkdir(mode=0o700, exist_ok=True)
    return path


def _make_old(place: Path) -> None:
    """The same date on every sealed file, as the office has it."""
    files = place / "data" / "files"
    for path in (*files.glob("*/*"), *files.glob("*")):
        os.utime(path, (CONSTANT, CONSTANT))


def installed(place: Path, manifest: Manifest, *, host_key: Path, runtime: Path, database: str = "") -> Installation:
    """The office that lies in a folder now. Raises `Cannot` if it is not the one of its manifest."""
    environment = {"WAYSTATION_HOST_KEY": str(host_key), "WAYSTATION_RUNTIME": str(runtime)}
    try:
        installation = Installation.load(place, environment | ({"WAYSTATION_DATABASE": database} if database else {}))
    except NoInstallation as why:
        raise Cannot(f"{why}. {NOTHING}") from None
    if installation.organisation_id.hex() != manifest.organisation \
            or bool(installation.database) != (manifest.database == "postgresql"):
        raise Cannot(f"the settings in this backup are of another office than its rows. {NOTHING}")
    return installation


def compared(installation: Installation, manifest: Manifest) -> list[str]:
    """In which way the database is not what was backed up. Raises `Cannot` if it cannot be read at all."""
    try:
        if installation.database:
            with tables.postgresql(installation.database) as base:
                return _compared(tables.seen(base), installation, manifest)
        with closing(sqlite3.connect(installation.sqlite)) as raw:
            said = [str(row[0]) for row in raw.execute("PRAGMA integrity_check")]
        if said != ["ok"]:
            return [f"the database is damaged: {said[0]}"]
        with tables.sqlite(installation.sqlite) as base:
            return _compared(tables.seen(base), installation, manifest)
    except (sqlite3.Error, psycopg.Error) as reason:
        raise Cannot(f"the database of this backup cannot be read ({type(reason).__name__}). {NOTHING}") from reason


def _compared(seen: tables.Seen, installation: Installation, manifest: Manifest) -> list[str]:
    wrong = differences("table", manifest.tables, seen.tables)
    if seen.head != manifest.head:
        wrong.append("the record of acts ends elsewhere")
    there = {path.name for path in installation.files.glob("??/*")}
    wrong += [f"sealed file {name} is missing" for name in sorted(set(seen.files) - there)]
    return wrong + [f"sealed file {name} belongs to no row" for name in sorted(there - set(seen.files))]


def poured(place: Path, database: str) -> None:
    """The dump of a PostgreSQL database into an empty one, whole or not at all. Raises `Cannot`."""
    dump = place / DUMP
    with tables.postgresql(database) as base:
        if base.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public'").fetchone():
            raise Cannot(f"the database is not empty: name an empty one with --database. {NOTHING}")
    snapshots.run([snapshots.program_of("pg_restore"), "--single-transaction", "--exit-on-error", "--no-owner",
                   "--no-privileges", str(dump)], database, place)
    dump.unlink()


def rename_database(settings: Path, database: str) -> None:
    """Write into `office.toml` where the rows lie now."""
    said = tomllib.loads(settings.read_text("utf-8")) | {"database": database}
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in said.items())
    settings.write_text("".join(lines), "utf-8")


def _some(wrong: Sequence[str]) -> str:
    return "; ".join(wrong[:5]) + (f"; and {len(wrong) - 5} more" if len(wrong) > 5 else "")
