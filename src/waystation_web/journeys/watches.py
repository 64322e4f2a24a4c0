"""Rows for the alarm: set when a leg is begun, held when somebody says so, cleared when word comes.

Runs inside the transaction of the act, so that no party departs without a watch and none is watched that was heard of.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from secrets import token_bytes

from waystation.journeys.silence import STEP, Level

from .models import Watch

_SINCE = datetime(1970, 1, 1, tzinfo=UTC)
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


def hold(vault: bytes, due: Sequence[datetime], now: datetime) -> None:
    """Somebody said that they have it: what begins later is watched on, and nothing where nothing later begins."""
    clear(vault)
    level = sum(one <= now for one in due)
    if level < len(due):
        _row(vault, Watch.State.HELD, LEVELS[level], due[level:])


def clear(vault: bytes) -> None:
    """Word came, or nobody waits for any more: nothing of the watch is left."""
    Watch.objects.filter(vault_id=vault).delete()


def _row(vault: bytes, state: int, level: Level, due: Sequence[datetime]) -> None:
    first, *later = [steps(one) for one in due]
    Watch.objects.create(id=token_bytes(16), state=state, level=int(level), due_at=first, vault_id=vault,
                         schedule=b"".join(one.to_bytes(4, "big") for one in later))


def steps(moment: datetime) -> int:
    """A time in steps of five minutes since 1970, never early.

    >>> steps(datetime(1970, 1, 1, 0, 5, tzinfo=UTC)), steps(datetime(1970, 1, 1, 0, 5, 1, tzinfo=UTC))
    (1, 2)
    """
    return -((_SINCE - moment) // STEP)
