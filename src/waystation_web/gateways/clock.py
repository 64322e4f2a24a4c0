"""The only clock of the office. Callers write `clock.now()`, so that a test can set it.

Beside it the counters of the computer, which go on while it runs and which nobody puts forward or back.
"""

from __future__ import annotations

import secrets
import time
from datetime import UTC, date, datetime
from pathlib import Path

START = Path("/proc/sys/kernel/random/boot_id")
_PROCESS = f"process {secrets.token_hex(8)}"  # where a computer does not say which start it is: this process's own


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The present day, in UTC: what dates on grants and retention are compared with."""
    return now().date()


def hour(moment: datetime) -> int:
    """Hours since 1970: the only time that the record of acts shows in clear."""
    return int(moment.timestamp()) // 3600


def counters() -> tuple[str, float, float]:
    """Which start of this computer it is, and the seconds since: without the time that it slept, and with it.

    Linux says all three. Elsewhere a process knows only itself, and no sleep.
    """
    awake = time.monotonic()
    try:
        return START.read_text("ascii").strip(), awake, time.clock_gettime(time.CLOCK_BOOTTIME)
    except (OSError, ValueError, AttributeError):
        return _PROCESS, awake, awake
