"""Wrong tries are answered slower and slower, and never make the right person wait.

A try with a wrong factor inside the window of its handle is told to wait. A try with the right factor is not, however
many wrong ones came before: else an enemy could keep the duty officer out by typing nonsense all night. What holds
against guessing are the eight words (80 bits), not the window. Wrong words after a right factor are counted apart.

Counters are files in memory, named by a keyed digest; made-up handles share a fixed number of them, so that nobody can
fill the memory, and unknown handles are counted like known ones.
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from waystation_web.gateways import clock
from waystation_web.gateways.runtime import boot_secret, folder, write_whole

FREE = 3                                   # wrong tries before the first wait
LONGEST = 60                               # seconds
BUCKETS = 4_096
NOTED_AN_HOUR = 200                        # wrong tries that are written into the record, all strangers together

FACTOR, WORDS = "factor", "words"


def _file(what: str, who: bytes) -> Path:
    tag = hmac.digest(boot_secret(settings.INSTALLATION).encode(), what.encode() + b"\0" + who, sha256)
    return folder(settings.INSTALLATION, "tries") / f"{what}-{int.from_bytes(tag[:4], 'big') % BUCKETS:03x}"


def _read(path: Path) -> tuple[int, int]:
    try:
        count, last = path.read_text("ascii").split()
        return int(count), int(last)
    except (OSError, ValueError):
        return 0, 0


def delay(count: int) -> int:
    """Seconds to wait after so many wrong tries."""
    return 0 if count < FREE else min(LONGEST, 2 ** min(count - FREE + 1, 6))


def wait(what: str, who: bytes) -> int:
    """Seconds until a wrong try is heard again; 0 outside the window."""
    count, last = _read(_file(what, who))
    left = last + delay(count) - int(clock.now().timestamp())
    return max(0, min(left, LONGEST))


def wrong(what: str, who: bytes) -> None:
    """Count one wrong try."""
    path = _file(what, who)
    count, _ = _read(path)
    write_whole(path, f"{count + 1} {int(clock.now().timestamp())}".encode("ascii"))


def right(what: str, who: bytes) -> None:
    """Forget the wrong tries: the right person was here."""
    _file(what, who).unlink(missing_ok=True)


def noted() -> bool:
    """Whether one more stranger's try may be written into the record in this hour: strangers must not fill the disk."""
    path, hour = folder(settings.INSTALLATION, "tries") / "noted", clock.hour(clock.now())
    count, last = _read(path)
    count = count if last == hour else 0
    if count >= NOTED_AN_HOUR:
        return False
    write_whole(path, f"{count + 1} {hour}".encode("ascii"))
    return True
