"""Where backups lie, what they are called, how old the newest is, and what was said of restores and drills.

    FOLDER/office-1a2b3c4d-20260302T090000Z.age   one backup
    FOLDER/office-1a2b3c4d-head.age               what lives now, for whoever restores an older one: overwritten
    FOLDER/office-1a2b3c4d.escrow                 the host key, which two sheets open: overwritten, never in versions
    HOME/data/backup.json                         when the newest was made
    HOME/data/restored.json                       from which day this office was restored
    HOME/data/drills.jsonl                        how each drill went, one a line

The names say nothing but which office and when. The three files of HOME say times and sums, and name nobody.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from . import runtime
from .installation import Installation

KEPT = timedelta(days=28)    # two changes of the host key: an older one opens no more
OLD = timedelta(days=2)      # after which people are told
TRIED = timedelta(days=92)   # within which one must have come back in a drill
SAID = timedelta(days=7)     # for which people are told of a restore
STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Restored:
    """This office was put back from a backup."""

    made: datetime      # what was written after it is gone
    at: datetime
    again: int          # records that were destroyed since, and were destroyed again
    listed: bool        # whether anybody could say which those are


def mark(organisation_id: bytes) -> str:
    """How the files of one office begin, so that two may share a folder."""
    return f"office-{organisation_id.hex()[:8]}"


def folders(installation: Installation) -> tuple[Path, ...]:
    """Every folder for backups; one that is not absolute is counted from the office's own."""
    return tuple(installation.home / folder for folder in installation.backups)


def on_our_disk(installation: Installation, folder: Path) -> bool:
    """Whether a folder for backups goes with the disk of the office itself. One that is not there does not."""
    return folder.is_dir() and folder.stat().st_dev == installation.data.stat().st_dev


def name_of(installation: Installation, made: datetime) -> str:
    """The file name of a backup.

    >>> from datetime import datetime
    >>> name_of(Installation(Path(), "http://localhost", "X", bytes(16)), datetime(2026, 3, 2, 9))
    'office-00000000-20260302T090000Z.age'
    """
    return f"{mark(installation.organisation_id)}-{made.strftime(STAMP)}.age"


def head_of(installation: Installation, folder: Path) -> Path:
    """Where it is written what lives now."""
    return folder / f"{mark(installation.organisation_id)}-head.age"


def escrow_of(installation: Installation, folder: Path) -> Path:
    """Where the host key lies that two sheets open."""
    return folder / f"{mark(installation.organisation_id)}.escrow"


def found(installation: Installation, folder: Path) -> list[tuple[datetime, Path]]:
    """Backups of this office in a folder, the oldest first."""
    named = re.compile(re.escape(mark(installation.organisation_id)) + r"-(\d{8}T\d{6}Z)\.age")
    there = ((named.fullmatch(path.name), path) for path in folder.iterdir()) if folder.is_dir() else ()
    return sorted((made, path) for match, path in there if match and (made := _stamped(match[1])))


def _stamped(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


# ------------------------------------------------------------------------------------------------- what HOME remembers
def note_backup(installation: Installation, made: datetime) -> None:
    """A backup was kept."""
    runtime.write_whole(installation.data / "backup.json", json.dumps({"at": said(made)}).encode())


def newest(installation: Installation) -> datetime | None:
    """When the newest backup was made; None if there is none, or nobody can tell."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        return read(json.loads((installation.data / "backup.json").read_text("ascii"))["at"])
    return None


def overdue(installation: Installation, now: datetime) -> int | None:
    """How many full days old the newest backup is, if somebody must be told; -1 for none at all.

    A demonstration without folders for backups has nothing to lose, and is not told so on every page.
    """
    if installation.demonstration and not installation.backups:
        return None
    at = newest(installation)
    if at is None:
        return -1
    return (now - at).days if now - at > OLD else None


def drill_due(installation: Installation, now: datetime) -> bool:
    """Whether there are backups, and for three months none of them came back in a drill."""
    passed = [one.get("at", "") for one in drills(installation) if one.get("result") == "passed"]
    return newest(installation) is not None and not any(now - at <= TRIED for at in map(_read, passed) if at)


def _read(text: object) -> datetime | None:
    with suppress(ValueError, TypeError):
        return read(str(text))
    return None


def note_restored(installation: Installation, what: Restored) -> None:
    """This office was restored: its pages say so for a week."""
    said_of = {"made": said(what.made), "at": said(what.at), "again": what.again, "listed": what.listed}
    runtime.write_whole(installation.data / "restored.json", json.dumps(said_of).encode())


def restored(installation: Installation, now: datetime) -> Restored | None:
    """The restore of which people are told now. A clock that was put back tells them for longer, never shorter."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        of = json.loads((installation.data / "restored.json").read_text("ascii"))
        what = Restored(read(of["made"]), read(of["at"]), int(of["again"]), of["listed"] is True)
        return what if now - what.at < SAID else None
    return None


def note_drill(installation: Installation, drill: dict[str, Any]) -> None:
    """One line more: how a drill went. What was said before stays."""
    path = installation.data / "drills.jsonl"
    before = path.read_bytes() if path.exists() else b""
    runtime.write_whole(path, before + json.dumps(drill, ensure_ascii=False).encode() + b"\n")


def drills(installation: Installation) -> tuple[dict[str, Any], ...]:
    """Every drill that was written down, the newest last. A line that cannot be read is left out."""
    told = []
    with suppress(OSError, UnicodeDecodeError):
        for line in (installation.data / "drills.jsonl").read_text("utf-8").splitlines():
            with suppress(ValueError):
                told.append(json.loads(line))
    return tuple(one for one in told if isinstance(one, dict))


def said(moment: datetime) -> str:
    """A time as these files say it.

    >>> read(said(datetime(2026, 3, 2, 9, tzinfo=UTC)))
    datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.timezone.utc)
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read(text: str) -> datetime:
    """The time again. Raises `ValueError`."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
