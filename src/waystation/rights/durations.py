"""How long steps last: what was reported of certain years, beside what this office saw itself, never added up silently.

    curve(spells)          the share that still waits after each day (Kaplan and Meier)
    seen(spells)           median and the day by which four of five were through; below 20 spells: we do not know
    span(steps, faster)    a whole way: days from, days to, and how many of its steps nobody reported a duration of

Whoever still waits counts for as long as they have waited: left out, the slow ones would vanish and every wait would
look short.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from waystation.rights.facts import Step

ENOUGH = 20  # spells; with fewer the answer is that nobody knows
HALF, FOUR_OF_FIVE = Fraction(1, 2), Fraction(4, 5)


@dataclass(frozen=True, slots=True)
class Spell:
    """One wait: how many days, and whether it ended by then. `ended` False: they still wait, or left it."""

    days: int
    ended: bool


@dataclass(frozen=True, slots=True)
class Point:
    """After this day: who was waiting until then, whose wait ended on it, and the share that waits on."""

    day: int
    waiting: int
    ended: int
    share: Fraction


@dataclass(frozen=True, slots=True)
class Seen:
    """What this office saw of one step. `known` False: too few, whatever the numbers say. None: not reached yet."""

    n: int
    ended: int
    median: int | None
    most: int | None  # the day by which four of five were through

    @property
    def known(self) -> bool:
        """Whether there are enough to say anything."""
        return self.n >= ENOUGH


@dataclass(frozen=True, slots=True)
class Span:
    """Days of several steps together. `unknown`: steps that nobody reported a duration of; they are not counted in."""

    least: int
    most: int
    unknown: int
    steps: int


def curve(spells: Iterable[Spell]) -> tuple[Point, ...]:
    """The share that still waits, after each day on which a wait ended. Raises `ValueError` for days below 0.

    Five waits: 5 days, 8 so far, 12, 12, 20 so far. On day 5 one of five ends: 4/5 wait on. On day 12 two of the three
    that are left: 4/5 of 1/3.

    >>> told = [Spell(5, True), Spell(8, False), Spell(12, True), Spell(12, True), Spell(20, False)]
    >>> [(one.day, one.waiting, one.ended, str(one.share)) for one in curve(told)]
    [(5, 5, 1, '4/5'), (12, 3, 2, '4/15')]
    """
    told = sorted(spells, key=lambda one: one.days)
    if any(one.days < 0 for one in told):
        raise ValueError("a wait has no days below 0")
    found, share = [], Fraction(1)
    for day in sorted({one.days for one in told if one.ended}):
        waiting = sum(1 for one in told if one.days >= day)
        ended = sum(1 for one in told if one.ended and one.days == day)
        share *= 1 - Fraction(ended, waiting)
        found.append(Point(day, waiting, ended, share))
    return tuple(found)


def by_when(points: Iterable[Point], share: Fraction) -> int | None:
    """The first day by which this share was through; None if so many never were.

    >>> told = curve([Spell(5, True), Spell(8, False), Spell(12, True), Spell(12, True), Spell(20, False)])
    >>> by_when(told, HALF), by_when(told, FOUR_OF_FIVE)
    (12, None)
    """
    return next((one.day for one in points if 1 - one.share >= share), None)


def seen(spells: Iterable[Spell]) -> Seen:
    """What the office saw of one step.

    >>> seen([Spell(7, True)] * 19).known, seen([Spell(7, True)] * 20)
    (False, Seen(n=20, ended=20, median=7, most=7))
    """
    told = tuple(spells)
    points = curve(told)
    return Seen(len(told), sum(1 for one in told if one.ended), by_when(points, HALF), by_when(points, FOUR_OF_FIVE))


def span(steps: Iterable[Step], faster: Mapping[int, int] | None = None) -> Span:
    """A way as it was reported, with some steps (by their order) lasting at most so many days instead.

    Raises `ValueError` for days below 0, or for a step that is none of the way.

    >>> from waystation.rights.library import library
    >>> way = library().pathways()["P1"]
    >>> span(way), span(way, {4: 14}).most
    (Span(least=130, most=309, unknown=3, steps=9), 263)
    """
    told, instead = tuple(steps), faster or {}
    if set(instead) - {one.order for one in told} or any(days < 0 for days in instead.values()):
        raise ValueError("a step of this way, and days from 0 on")
    least = most = unknown = 0
    for one in told:
        low, high = one.days_least, one.days_most
        if one.order in instead:
            low, high = min(low or 0, instead[one.order]), instead[one.order]
        if low is None and high is None:
            unknown += 1
        least += low or 0
        most += high if high is not None else low or 0
    return Span(least, most, unknown, len(told))
