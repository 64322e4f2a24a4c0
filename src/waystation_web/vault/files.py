"""Sealed files on the disk: `files/<2 hex>/<32 hex>`, each under a key of its own, all with one constant date.

A file's row is written with its vault; its body lies there before. What has no row after a crash is an orphan, which
`sweep` takes away.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db import connection, transaction

from waystation.vault.envelope import file_context, seal, unseal
from waystation.vault.stream import Opener
from waystation_web.gateways import clock

from .errors import NoSuchVault, Refused
from .models import File
from .queries import Opened

__all__ = ["Arrived", "Opener", "forget", "insert", "opener", "path_of", "sweep"]

CONSTANT = 946_684_800      # 2000-01-01: when a file came is nobody's business
IN_FLIGHT = 86_400          # seconds within which a body without a row may still belong to a request


class Arrived(Protocol):
    """A file that was sealed while it arrived."""

    @property
    def vault(self) -> bytes:
        """The vault it was sealed for."""

    @property
    def file_id(self) -> bytes:
        """Its id."""

    @property
    def key(self) -> bytes:
        """Its key."""

    @property
    def size(self) -> int:
        """Bytes of the content."""

    @property
    def sha256(self) -> str:
        """Of the content; it belongs into the payload and nowhere else."""

    def keep(self) -> None:
        """Leave the body where it lies when the request ends."""


def path_of(file_id: bytes) -> Path:
    """Where the body of a file lies."""
    name = file_id.hex()
    folder: Path = settings.INSTALLATION.files
    return folder / name[:2] / name


def insert(opened: Opened, upload: Arrived) -> None:
    """The row of a file that arrived. Its body stays only if the transaction does."""
    wrap = seal(opened.dek, upload.key, file_context(opened.id, opened.version, upload.file_id))
    File.objects.create(id=upload.file_id, vault_id=opened.id, wrap=wrap)

    def stays() -> None:
        upload.keep()
        make_old(path_of(upload.file_id))

    transaction.on_commit(stays)


def opener(opened: Opened, file_id: bytes) -> Opener:
    """A file of a vault. Raises `NoSuchVault`, `Refused`."""
    row = File.objects.filter(pk=file_id, vault_id=opened.id).first()
    listed = {entry["id"] for entry in opened.payload.get("files", [])}
    if row is None or file_id.hex() not in listed:
        raise NoSuchVault
    key = unseal(opened.dek, row.wrap, file_context(opened.id, opened.version, file_id))
    try:
        source = path_of(file_id).open("rb")
    except FileNotFoundError as gone:
        raise Refused("file") from gone
    try:
        return Opener(key, source, vault=opened.id, file=file_id)
    except Refused:
        source.close()
        raise


def make_old(path: Path) -> None:
    """The same date on every file, and on its folder."""
    for place in (path, path.parent):
        os.utime(place, (CONSTANT, CONSTANT))


def forget(file_ids: Iterable[bytes]) -> None:
    """After a shredding was committed: take the bodies away, and make SQLite let go of the old pages in its log."""
    for file_id in file_ids:
        path_of(file_id).unlink(missing_ok=True)
        with suppress(FileNotFoundError):
            os.utime(path_of(file_id).parent, (CONSTANT, CONSTANT))
    empty_log()


def empty_log() -> bool:
    """Truncate SQLite's write-ahead log; overwritten pages lie there until then. False if a reader is in the way."""
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return not cursor.fetchone()[0]


def sweep() -> int:
    """Take away bodies without a row that no request can still be writing. Returns how many."""
    known = set(File.objects.values_list("id", flat=True))
    late, gone = clock.now().timestamp() - IN_FLIGHT, 0
    for path in sorted(settings.INSTALLATION.files.glob("??/*")):
        if path.is_file() and path.name in {file.hex() for file in known}:
            make_old(path)
        elif path.is_file() and path.stat().st_mtime < late:
            path.unlink()
            gone += 1
    empty_log()
    return gone
