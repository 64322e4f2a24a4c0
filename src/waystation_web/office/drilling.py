"""`drill`: does the newest backup come back? It is restored in memory, compared, opened as far as the host key goes,
and thrown away. The result is a line of `data/drills.jsonl`: times and sums, and nobody's name, for it lies in clear.
Who stood there signs in the office, where it is sealed.

A backup that was never restored is a hope. The drill changes nothing of the office but that line.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from waystation_web.gateways import backups, clock, processes, runtime, safety
from waystation_web.gateways.installation import Installation

from . import FOUND, Cannot, again, age, unsealing
from .locks import Held, held
from .manifest import Manifest
from .restoring import used

ROOM = 3   # times the backup: the tar's members, a journal, and what migrations need


def drill(installation: Installation, *, key: Path, database: str = "") -> int:
    """Restore the newest backup in memory, and say how it went; 0 if it came back whole. Raises `Cannot`."""
    processes.enter(installation, processes.CONSOLE)
    try:
        return _drilled(installation, key, database)
    finally:
        processes.leave(installation)


def _drilled(installation: Installation, key: Path, database: str) -> int:
    keys, backup = age.identities(key), _newest(installation)
    began, failed, manifest = time.monotonic(), [], None
    with _in_memory(installation, backup) as place:
        try:
            manifest = unsealing.laid_out(backup, place, keys)
            failed = _judged(installation, manifest, place, database)
        except Cannot as why:
            failed = [str(why).partition(f". {unsealing.NOTHING}")[0]]
    minutes = round((time.monotonic() - began) / 60, 2)
    backups.note_drill(installation, {
        "at": backups.said(clock.now()), "backup": backup.name, "sha256": _digest(backup),
        "made": backups.said(manifest.made) if manifest else "", "minutes": minutes,
        "tables": len(manifest.tables) if manifest else 0, "rows": manifest.rows if manifest else 0,
        "files": manifest.files if manifest else 0, "findings": failed, "result": "failed" if failed else "passed"})
    return _say(backup, manifest, failed, minutes)


def _newest(installation: Installation) -> Path:
    there = sorted(one for folder in backups.folders(installation) for one in backups.found(installation, folder))
    if not there:
        raise Cannot("there is no backup in any folder of office.toml: make one with waystation-office backup, or "
                     "mount its disk")
    return there[-1][1]


@contextmanager
def _in_memory(installation: Installation, backup: Path) -> Iterator[Path]:
    """A folder that never reaches a disk. Raises `Cannot` if there is none, or not room enough."""
    base = runtime.folder(installation, "drill")
    if not safety.in_memory(base):
        raise Cannot(f"{base} is on a disk: name a runtime folder in memory with WAYSTATION_RUNTIME")
    try:
        with held(runtime.folder(installation, "locks") / "drill"):
            for left in base.iterdir():
                shutil.rmtree(left)
            needed, free = ROOM * backup.stat().st_size, shutil.disk_usage(base).free
            if free < needed:
                raise Cannot(f"{base} has room for {free:,} bytes, and the drill needs {needed:,}: name a larger "
                             "folder in memory with WAYSTATION_RUNTIME, or restore on another machine")
            place = base / "office"
            place.mkdir(mode=0o700)
            try:
                yield place
            finally:
                shutil.rmtree(base, ignore_errors=True)
    except Held:
        raise Cannot("another drill of this office is running; nothing was done") from None


def _judged(installation: Installation, manifest: Manifest, place: Path, database: str) -> list[str]:
    if manifest.database == "postgresql" and not database:
        raise Cannot("this office is kept in PostgreSQL: name an empty database for the drill with --database")
    staged = unsealing.installed(place, manifest, host_key=installation.host_key, runtime=place / "run",
                                 database=database)
    if staged.database:
        unsealing.poured(place, staged.database)
    if wrong := unsealing.compared(staged, manifest):
        return wrong
    with used(staged):
        return list(again.examined())


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def _say(backup: Path, manifest: Manifest | None, failed: list[str], minutes: float) -> int:
    print(f"{backup}: {minutes} minutes.")
    if failed or manifest is None:
        print("\n  ".join(["It did NOT come back as it was backed up:", *failed[:20]]))
        print("Make another backup now, drill again, and tell the security officer.")
        return FOUND
    print(f"It came back whole: {manifest.rows:,} rows of {len(manifest.tables)} tables, {manifest.files:,} files. The "
          "host key opens every account and the outer layer of every key, and the record of acts is unbroken.\n"
          "Take the file with the key of age away from this machine. The result is written down: a security officer "
          "signs it in the office.")
    return 0
