"""The database at one moment, as a file in memory: SQLite's own online backup, or what `pg_dump` writes.

Nobody waits for it: people go on writing meanwhile. It lies in the runtime folder and goes with it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from waystation_web.gateways import runtime
from waystation_web.gateways.installation import Installation

from . import Cannot, tables

BUSY_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A database as it was, and what it held."""

    name: str           # of the member in the backup
    path: Path
    seen: tables.Seen


@contextmanager
def taken(installation: Installation) -> Iterator[Snapshot]:
    """The database of an office now. Raises `Cannot`."""
    place = runtime.folder(installation, "backup")
    _clear(place)
    try:
        yield _postgresql(installation, place) if installation.database else _sqlite(installation, place)
    finally:
        _clear(place)


def _clear(place: Path) -> None:
    for path in place.iterdir():
        path.unlink(missing_ok=True)


def _sqlite(installation: Installation, place: Path) -> Snapshot:
    path, source = place / "office.sqlite3", installation.sqlite
    if not source.is_file():
        raise Cannot(f"there is no database at {source}: nothing was backed up")
    until = time.monotonic() + BUSY_SECONDS

    def busy(status: int, _remaining: int, _total: int) -> None:
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} and time.monotonic() > until:
            raise TimeoutError

    try:
        with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, timeout=1)) as live, \
                closing(sqlite3.connect(path, isolation_level=None)) as copy:
            live.backup(copy, progress=busy)
            copy.execute("PRAGMA journal_mode=DELETE")
            if copy.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                raise Cannot("the database is damaged: PRAGMA integrity_check says more. Older backups were left as "
                             "they are; restore the newest good one")
        with tables.sqlite(path) as base:
            return Snapshot(path.name, path, tables.seen(base))
    except TimeoutError:
        raise Cannot(f"the database was busy for {BUSY_SECONDS} seconds: nothing was backed up. Try again") from None
    except sqlite3.Error as reason:
        raise Cannot(f"the database could not be copied ({reason}). The runtime folder {installation.runtime} needs "
                     f"room for {source.stat().st_size:,} bytes; nothing was backed up") from reason


def _postgresql(installation: Installation, place: Path) -> Snapshot:
    path = place / "office.dump"
    program = program_of("pg_dump")
    try:
        with tables.postgresql(installation.database) as base:
            (moment,) = base.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
            run([program, "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}",
                 f"--file={path}"], installation.database, place)
            return Snapshot(path.name, path, tables.seen(base))
    except psycopg.Error as reason:
        raise Cannot(f"the database does not answer ({type(reason).__name__}): nothing was backed up") from reason


def program_of(name: str) -> str:
    """Where a program of PostgreSQL's lies. Raises `Cannot`."""
    found = shutil.which(name)
    if found is None:
        raise Cannot(f"{name} is not installed here, and this office is kept in PostgreSQL: install its client "
                     "programs, of the server's version (Debian: apt install postgresql-client)")
    return found


def run(command: list[str], address: str, place: Path) -> None:
    """A program of PostgreSQL's on a database. The address may hold a password: it goes by a file in memory, not as an
    argument that every process of the machine can read. Raises `Cannot`.
    """
    said = conninfo_to_dict(address)
    service = place / "service"
    lines = ["[office]", *(f"{key}={value}" for key, value in said.items()), ""]
    runtime.write_whole(service, "\n".join(lines).encode())
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    try:
        done = subprocess.run([*command, "--no-password", "--dbname=service=office"], capture_output=True,  # noqa: S603
                              text=True, check=False, env=environment | {"PGSERVICEFILE": str(service)})
    finally:
        service.unlink()
    if done.returncode:
        raise Cannot(f"{Path(command[0]).name} failed: {done.stderr.strip().splitlines()[-1:]}. Nothing was kept")
