"""Whether time may delete today: what was believed last lies in a file and is compared with the computer's clocks.

    HOME/data/clock.json    the last moment that was believed, which start of the computer that was, its counters

It is written each minute while an office is open, so whoever has it reads when that was last. It is in no backup: an
office that was restored begins with the moment of its backup, one without the file with the last hour of its record.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from math import isfinite
from pathlib import Path

from django.conf import settings

from waystation.casework.reckoning import HOUR, Doubt, Known, Machine, judged, said
from waystation_web.gateways import clock
from waystation_web.gateways.runtime import write_whole

from .models import Entry

SECONDS = ("until", "awake", "on", "ahead", "away")


def look() -> Doubt | None:
    """Look at the clocks and write down what is believed; why the date is in doubt, or nothing. Raises `OSError`."""
    known = _known()
    if known is None:
        return Doubt.UNREADABLE
    then, why = judged(known, machine())
    _write(then)
    return why


def doubt() -> Doubt | None:
    """Why the date is in doubt now, if it is. Writes nothing."""
    known = _known()
    return Doubt.UNREADABLE if known is None else judged(known, machine())[1]


def believed() -> datetime | None:
    """The last moment that was believed; None if it cannot be read."""
    known = _known()
    return datetime.fromtimestamp(known.until, UTC) if known else None


def begin(moment: datetime | None = None) -> None:
    """Reckon from now on: somebody who knows the day has said that the clock is right.

    `moment`: from this one on instead, of which nobody knows how long ago it is: an office that was restored.
    """
    _write(said(machine()) if moment is None else Known(moment.timestamp()))


def machine() -> Machine:
    """The clocks of this computer."""
    return Machine(clock.now().timestamp(), *clock.counters())


def _path() -> Path:
    path: Path = settings.INSTALLATION.data / "clock.json"
    return path


def _known() -> Known | None:
    try:
        of = json.loads(_path().read_text("ascii"))
        seconds = [float(of[name]) for name in SECONDS]
        datetime.fromtimestamp(seconds[0], UTC)
        if not all(map(isfinite, seconds)):
            return None
        return Known(seconds[0], str(of["boot"]), *seconds[1:], doubted=bool(of["doubted"]))
    except FileNotFoundError:
        return _by_the_record()
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        return None


def _by_the_record() -> Known:
    """From the hour of the newest entry on; an office without one has nothing that could go."""
    hour = Entry.objects.order_by("-seq").values_list("hour", flat=True).first()
    return said(machine()) if hour is None else Known(float(hour * HOUR))


def _write(known: Known) -> None:
    write_whole(_path(), json.dumps(asdict(known)).encode("ascii"))
