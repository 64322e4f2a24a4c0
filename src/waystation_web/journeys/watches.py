"""Rows for the alarm: set when a leg is begun, held when somebody says so, cleared when word comes.

Writing runs inside the transaction of the act, so that no party departs without a watch, and none is watched that was
heard of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from secrets import token_bytes

from waystation.journeys import overdue
from waystation.journeys.silence import STEP, Level

from .models import Watch

_SINCE = datetime(1970, 1, 1, tzinfo=UTC)
FAR = 26_000_000  # steps: beyond the year 2200 nothing was meant so
HELD_FOR = timedelta(hours=4)
LEVELS = (Level.LATE, Level.OVERDUE, Level.SILENT, Level.PRESUMED)


def begin(vault: bytes, due: Sequence[datetime]) -> None:
    """Watch a party: when it is late, overdue, silent, presumed lost; each a multiple of five minutes."""
    clear(vault)
    _row(vault, Watch.State.LIVE, LEVELS[0], due)


def follow(vault: bytes, due: Sequence[datetime]) -> None:
    """Make the row say what the journey says: watched while somebody waits for word, else not."""
    if due:
        begin(vault, due)
    else:
        clear(vault)


def alarm(vault: bytes, now: datetime) -> None:
    """Somebody must look now: what it is stands sealed in the vault, and the row looks like any that is overdue."""
    clear(vault)
    _row(vault, Watch.State.LIVE, Level.OVERDUE, (now,))


def hold(vault: bytes, now: datetime) -> None:
    """Somebody said that they have it: the levels that began say no more. The next one does, or four hours from now.

    Who has it may fall asleep too: nothing stays quiet for longer while word is awaited.
    """
    row, until = Watch.objects.filter(vault_id=vault).first(), steps(now + HELD_FOR)
    if row is not None:
        due = due_of(row)
        begun = sum(_SINCE + STEP * one <= now for one in due)
        first, *later = sorted({*due[begun:], until})
        row.state, row.level = Watch.State.HELD, min(row.level + begun, int(Level.PRESUMED))
        row.due_at, row.schedule = first, packed(later)
        row.save()


def clear(vault: bytes) -> None:
    """Word came, or nobody waits for any more: nothing of the watch is left."""
    Watch.objects.filter(vault_id=vault).delete()


def _row(vault: bytes, state: int, level: Level, due: Sequence[datetime]) -> None:
    first, *later = [steps(one) for one in due]
    Watch.objects.create(id=token_bytes(16), state=state, level=int(level), due_at=first, schedule=packed(later),
                         vault_id=vault)


def any_open() -> bool:
    """Whether word of anybody is awaited."""
    return Watch.objects.exists()


def any_of(vaults: Iterable[bytes]) -> bool:
    """Whether word is awaited of one of these."""
    return Watch.objects.filter(vault_id__in=list(vaults)).exists()


def every() -> tuple[tuple[overdue.Watch, ...], tuple[bytes, ...]]:
    """Every row as the alarm reads it, and the keys of those that make no sense."""
    read, broken = [], []
    for row in Watch.objects.all():
        try:
            read.append(overdue.Watch(bytes(row.id), tuple(_SINCE + STEP * one for one in due_of(row))))
        except (TypeError, ValueError, OverflowError):
            broken.append(bytes(row.id))
    return tuple(read), tuple(broken)


def due_of(row: Watch) -> list[int]:
    """When its levels begin, in steps. Raises `ValueError` for a row that nobody wrote so."""
    Watch.State(row.state), Level(row.level)
    whole = bytes(row.schedule)
    if len(whole) % 4:
        raise ValueError("a schedule of four bytes each")
    due = [row.due_at, *(int.from_bytes(whole[at:at + 4], "big") for at in range(0, len(whole), 4))]
    if due != sorted(due) or not 0 < due[0] <= due[-1] < FAR:
        raise ValueError("times of a schedule rise")
    return due


def packed(later: Sequence[int]) -> bytes:
    """Steps as they lie in a row."""
    return b"".join(one.to_bytes(4, "big") for one in later)


def steps(moment: datetime) -> int:
    """A time in steps of five minutes since 1970, never early.

    >>> steps(datetime(1970, 1, 1, 0, 5, tzinfo=UTC)), steps(datetime(1970, 1, 1, 0, 5, 1, tzinfo=UTC))
    (1, 2)
    """
    return -((_SINCE - moment) // STEP)
