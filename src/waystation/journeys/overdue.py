"""What the alarm says in one round: whom to look for, and when the alarm itself is in doubt.

It knows no rule but "now is after due", and in doubt it alarms. Three doubts are its own:

- its clock. Time never runs backwards here: `now` is the wall clock, or the last `now` plus what the steady clock
  counted since, whichever is later. A wall clock that was put back delays nothing; one that was put forward makes
  alarms early; and either is said, as is a computer that slept.
- its memory. After a restart nobody knows what was told: everything due is told again, and the restart itself.
- its eyes. What cannot be read is alarmed for; while the database is away, the rows of the last look are watched on.

Repeats come 10, 20 and 40 minutes after one another, then every 40, until somebody says at the desk that they have it.
Nothing is ever sent to the field: an alarm asks people to look at the board, and says no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

ROUND = timedelta(seconds=20)                    # from one look to the next
AGAIN = (10, 20, 40)                             # minutes until it is told again; the last for good
ASTRAY = timedelta(minutes=5)                    # a clock that is off by more is said
AWAY = timedelta(seconds=60)                     # so long database or office may be away


class Why(Enum):
    """What somebody must look at."""

    DUE = "a party is due"
    UNREADABLE = "a watch cannot be read"
    RESTARTED = "the alarm was started anew"
    CLOCK = "the clock of this computer was changed"
    DATABASE = "the database does not answer"
    OFFICE = "the office does not answer"


@dataclass(frozen=True, slots=True)
class Watch:
    """One party that word is awaited from: an opaque key, and when the levels begin that nobody has said they have."""

    key: bytes
    due: tuple[datetime, ...]

    def reached(self, now: datetime) -> int:
        """How many levels have begun."""
        return sum(one <= now for one in self.due)


@dataclass(frozen=True, slots=True)
class Look:
    """What one round saw. `ticks` are seconds of a clock that is never put forward or back."""

    wall: datetime
    ticks: float
    watches: tuple[Watch, ...] | None            # None: the database did not answer
    unreadable: tuple[bytes, ...] = ()           # keys of rows that make no sense
    office: bool = True


@dataclass(frozen=True, slots=True)
class Alarm:
    """One reason to look at the board; the level is of a party that is due."""

    why: Why
    key: bytes = b""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """What was last said about one reason, how often, and when by the steady clock."""

    level: int
    at: float
    times: int


@dataclass(frozen=True, slots=True)
class Memory:
    """What an alarm remembers from one round to the next; empty after a start."""

    now: datetime | None = None
    ticks: float = 0.0
    watches: tuple[Watch, ...] = ()
    seen_database: float = 0.0
    seen_office: float = 0.0
    told: Mapping[tuple[Why, bytes], Told] = field(default_factory=dict)


def alarms(before: Memory, look: Look) -> tuple[Memory, tuple[Alarm, ...]]:
    """What to remember, and what to say now.

    >>> from datetime import UTC
    >>> ten, nine = datetime(2030, 1, 1, 10, tzinfo=UTC), datetime(2030, 1, 1, 9, tzinfo=UTC)
    >>> party = (Watch(b"k", (ten,)),)
    >>> memory, said = alarms(Memory(), Look(nine, 0.0, party))
    >>> [one.why.name for one in said]
    ['RESTARTED']
    >>> memory, said = alarms(memory, Look(nine, 3600.0, party))  # an hour later somebody has put the clock back
    >>> [one.why.name for one in said]
    ['CLOCK', 'DUE']
    """
    started = before.now is None
    counted = look.wall if before.now is None else before.now + timedelta(seconds=look.ticks - before.ticks)
    now = max(look.wall, counted)
    watches = before.watches if look.watches is None else look.watches
    seen_database = look.ticks if started or look.watches is not None else before.seen_database
    seen_office = look.ticks if started or look.office else before.seen_office
    found = [
        *_when(started and (look.watches is None or bool(watches) or bool(look.unreadable)), Alarm(Why.RESTARTED)),
        *_when(abs(look.wall - counted) > ASTRAY, Alarm(Why.CLOCK)),
        *_when(look.watches is None and look.ticks - seen_database >= AWAY.total_seconds(), Alarm(Why.DATABASE)),
        *_when(not look.office and look.ticks - seen_office >= AWAY.total_seconds(), Alarm(Why.OFFICE)),
        *(Alarm(Why.UNREADABLE, key) for key in look.unreadable),
        *(Alarm(Why.DUE, one.key, level) for one in watches if (level := one.reached(now))),
    ]
    told, said = _news(before.told, found, look.ticks)
    return Memory(now, look.ticks, watches, seen_database, seen_office, told), said


def _when(is_so: bool, alarm: Alarm) -> tuple[Alarm, ...]:
    return (alarm,) if is_so else ()


def _news(told: Mapping[tuple[Why, bytes], Told], found: Iterable[Alarm],
          ticks: float) -> tuple[dict[tuple[Why, bytes], Told], tuple[Alarm, ...]]:
    """What of it is new, worse, or was told long ago. What is no longer so is forgotten."""
    kept, said = dict[tuple[Why, bytes], Told](), []
    for alarm in found:
        last = told.get((alarm.why, alarm.key))
        if last is None or alarm.level > last.level:
            last, news = Told(alarm.level, ticks, 1), True
        elif news := ticks - last.at >= 60 * AGAIN[min(last.times, len(AGAIN)) - 1]:
            last = Told(alarm.level, ticks, last.times + 1)
        kept[alarm.why, alarm.key] = last
        if news:
            said.append(alarm)
    return kept, tuple(said)
