"""Whether the date of this computer may be believed: nothing is destroyed on a day that a clock only pretends.

A clock that is wrong by a year, or that somebody puts ahead, makes every day of deletion come at once, and what is
gone does not come back with the right date. So the office reckons by itself: what it believed last, and how long the
computer has run since, by counters that nobody puts forward. A clock that is further than that is in doubt, and in
doubt everything stays until a person has said which day it is. Alarms do not ask here: they ring rather early.

While a computer is off or asleep nothing counts, and its clock is taken on trust: for days at once, for weeks in all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

HOUR, DAY = 3_600, 86_400
WRONG = 12 * HOUR      # ahead while the computer ran, or behind: more than any time zone that was set wrongly
AT_ONCE = 4 * DAY      # off or asleep: a weekend with a holiday
IN_ALL = 30 * DAY      # off or asleep since somebody said the day: nights and weekends of six weeks
SAID = timedelta(days=1)  # what people call today is another day in another time zone


class Doubt(StrEnum):
    """Why the date is not believed."""

    AHEAD = "ahead"      # further than the computer has run
    AWAY = "away"        # off or asleep for longer than a clock is taken on trust
    BEHIND = "behind"    # before what was believed already
    UNREADABLE = "unreadable"  # what was believed last cannot be read


@dataclass(frozen=True, slots=True)
class Machine:
    """The clocks of a computer in one moment, in seconds: `wall` says the date, the others count since its start."""

    wall: float
    boot: str        # which start of which computer; "" where that cannot be known
    awake: float     # without the time that it slept
    on: float        # with it


@dataclass(frozen=True, slots=True)
class Known:
    """What was believed last, and what was taken on trust since somebody said which day it is."""

    until: float             # as `Machine.wall`
    boot: str = ""
    awake: float = 0.0       # the counters in that moment
    on: float = 0.0
    ahead: float = 0.0       # seconds by which the clock went further than the computer ran
    away: float = 0.0        # seconds for which it was off or asleep
    doubted: bool = False    # a clock in doubt is not believed because the computer was started again


def judged(known: Known, now: Machine) -> tuple[Known, Doubt | None]:
    """What is known after a look at the clocks, and why the date is in doubt, if it is.

    >>> known = said(Machine(1_000_000.0, "a", 50.0, 50.0))
    >>> minute, hour = Machine(1_000_060.0, "a", 110.0, 110.0), Machine(1_003_600.0, "a", 3_650.0, 3_650.0)
    >>> judged(known, minute)[1] is None, judged(judged(known, minute)[0], hour)[1] is None
    (True, True)
    >>> judged(known, replace(minute, wall=minute.wall + 13 * HOUR))[1]
    <Doubt.AHEAD: 'ahead'>
    >>> judged(known, Machine(known.until + 3 * DAY, "b", 9.0, 9.0))[1] is None
    True
    >>> judged(known, Machine(known.until + 5 * DAY, "b", 9.0, 9.0))[1]
    <Doubt.AWAY: 'away'>
    >>> judged(known, replace(minute, wall=known.until - 13 * HOUR))[1]
    <Doubt.BEHIND: 'behind'>
    """
    same = bool(now.boot) and now.boot == known.boot and now.on >= known.on and now.awake >= known.awake
    on, awake = (now.on - known.on, now.awake - known.awake) if same else (0.0, 0.0)
    further = now.wall - known.until - on
    ahead, slept = (max(0.0, further), max(0.0, on - awake)) if same else (0.0, max(0.0, further))
    then = Known(max(now.wall, known.until + on), now.boot, now.awake, now.on, known.ahead + ahead, known.away + slept)
    if further < -WRONG:
        return replace(known, doubted=True), Doubt.BEHIND
    if then.ahead > WRONG:
        return replace(known, doubted=True), Doubt.AHEAD
    if slept > AT_ONCE or then.away > IN_ALL or (known.doubted and not same and slept > WRONG):
        return replace(known, doubted=True), Doubt.AWAY
    return then, None


def said(now: Machine) -> Known:
    """A person said that the date is right: from here on it is reckoned.

    >>> said(Machine(7.0, "a", 3.0, 5.0))
    Known(until=7.0, boot='a', awake=3.0, on=5.0, ahead=0.0, away=0.0, doubted=False)
    """
    return Known(now.wall, now.boot, now.awake, now.on)


def agrees(typed: date, today: date) -> bool:
    """Whether the day that somebody says, who may live in another time zone, is the computer's.

    >>> agrees(date(2026, 3, 3), date(2026, 3, 2)), agrees(date(2026, 3, 4), date(2026, 3, 2))
    (True, False)
    """
    return abs(typed - today) <= SAID
