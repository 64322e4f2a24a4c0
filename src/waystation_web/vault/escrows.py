"""The host key beside the backups: one small file in every folder of `backups`, which two recovery sheets open.

Each is overwritten and never kept in versions: an older one opens older backups, and what was destroyed since.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from waystation.vault import escrow
from waystation.vault.epochs import Course, Escrowed
from waystation_web.gateways import backups, overwriting
from waystation_web.gateways.installation import Installation
from waystation_web.gateways.runtime import write_whole

from .trust import trust

if sys.platform == "win32":
    import msvcrt

    def _lock(stream: BinaryIO) -> None:
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(stream: BinaryIO) -> None:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)

NOWHERE = ("No folder for the host key's escrow is named: write backups = [\"/path/of/another/disk\"] into "
           "office.toml. Without one, nobody could open a backup when this machine is lost")
NO_SHEETS = "There is no recovery key yet: finish the set-up in the browser first"


class Unkept(Exception):
    """The escrow is not in every folder where it must be; the message says what to do. The host key is as it was."""


@contextmanager
def alone() -> Iterator[None]:
    """One change of host key or escrow at a time: the slower of two would put an older one back. Raises `Unkept`."""
    path = file_of(settings.INSTALLATION).with_suffix(".lock")
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as stream:
        try:
            _lock(stream)
        except OSError:
            raise Unkept("The host key or its escrow is being changed by another process. Wait until it has "
                         "ended") from None
        yield


def keep_present() -> tuple[Path, ...]:
    """Lay the escrow of the host key as it is now into every folder: for a new folder, or beside a backup.

    Raises `Unkept`.
    """
    with alone():
        try:
            text = settings.INSTALLATION.host_key.read_text("ascii")
        except OSError:
            raise Unkept("The host key is not in its place: put its medium in, and begin again") from None
        return keep(text)


def keep(text: str) -> tuple[Path, ...]:
    """Seal a host.key to the recovery key, lay it into every folder, read it back, and note its digests.

    Inside `alone`. Raises `Unkept` at the first folder that does not take it.
    """
    installation: Installation = settings.INSTALLATION
    recovery = trust().recovery
    if recovery is None:
        raise Unkept(NO_SHEETS)
    folders = backups.folders(installation)
    if not folders:
        raise Unkept(NOWHERE)
    data = escrow.sealed(text, installation.organisation_id, recovery.bundle)
    laid = tuple(_lay(backups.escrow_of(installation, folder), data) for folder in folders)
    of = digest(text.encode("ascii") + recovery.bundle.raw)
    save(replace(course(installation), escrow=Escrowed(of, digest(data))))
    return laid


def _lay(path: Path, data: bytes) -> Path:
    try:
        overwriting.exchange(path, data)
    except OSError as reason:
        raise Unkept(f"The host key's escrow cannot be kept in {path.parent} ({reason.strerror}): mount the folder, "
                     "make room in it, or take it out of backups in office.toml, and begin again") from reason
    return path


def digest(data: bytes) -> str:
    """SHA-256, in hex: of a host key it tells nobody anything, for 256 random bits cannot be guessed."""
    return sha256(data).hexdigest()


def course(installation: Installation) -> Course:
    """What was noted of epochs and escrow; nothing yet in a new office. Raises `ValueError` if the file is damaged."""
    try:
        return Course.read(file_of(installation).read_text("ascii"))
    except FileNotFoundError:
        return Course()


def save(now: Course) -> None:
    """Note it."""
    write_whole(file_of(settings.INSTALLATION), now.text().encode("ascii"))


def file_of(installation: Installation) -> Path:
    """Where epochs and escrow are noted: outside the data, so that no restore brings older notes back."""
    return installation.home / "epochs.json"


def lying(installation: Installation) -> dict[Path, bool | None]:
    """For each folder whether its escrow is of the present host key, for the present sheets; None if none is there.

    Needs no sheets: what lies there is compared with the digests that were noted.
    """
    noted, recovery = course(installation).escrow, trust(installation.trust).recovery
    key = installation.host_key
    now = digest(key.read_bytes() + recovery.bundle.raw) if recovery and key.is_file() else ""
    found: dict[Path, bool | None] = {}
    for folder in backups.folders(installation):
        path = backups.escrow_of(installation, folder)
        there = digest(path.read_bytes()) if path.is_file() else None
        found[folder] = None if there is None else noted == Escrowed(now, there)
    return found
