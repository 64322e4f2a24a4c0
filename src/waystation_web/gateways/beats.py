"""Signs of life between the processes of one machine: each writes its own in the runtime folder, and reads the others'.

Counted by the clock that nobody puts forward or back, which every process of a machine shares, so that a changed clock
makes nobody look dead, or alive.
"""

from __future__ import annotations

import time
from pathlib import Path

from . import runtime
from .installation import Installation

OFFICE, WATCH = "office", "watch"
GONE = 180  # seconds after which a sign of life is none any more


def beat(installation: Installation, who: str) -> None:
    """I am here."""
    runtime.write_whole(_path(installation, who), b"%d" % time.monotonic())


def age(installation: Installation, who: str) -> float | None:
    """Seconds since the last sign of life; None if there was none since this computer was started."""
    try:
        seconds = time.monotonic() - int(_path(installation, who).read_text("ascii"))
    except (OSError, ValueError):
        return None
    return seconds if seconds >= 0 else None  # one of an earlier start, on a disk that kept it


def _path(installation: Installation, who: str) -> Path:
    return runtime.folder(installation, "beats") / who
