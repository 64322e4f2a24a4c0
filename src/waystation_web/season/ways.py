"""A case and its plans as a mission and its ways: pure values, codes alone, nothing of who somebody is.

A way whose safety nobody knows stays one: its chances are None, never a number. What a plan leaves open is counted so
that it is never too little: a guide, a house and an area count in every week in which the party may be with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import blake2b
from math import ceil
from typing import Any

from waystation.units import Money

KNOWN = frozenset({"THIN", "MEASURED"})
LOST = ("intercepted", "harmed", "missing")
HOUSE = "safe_house"
PAST, BEYOND, CURRENCY, PART, UNREADABLE = "past", "beyond", "currency", "part", "unreadable"
OLDER = 60


def code(letter: str, name: str) -> str:
    """The code of a guide, a house or an area: the same name, the same code, whatever else is asked about.

    >>> code("G", "Heron") == code("G", "Heron") != code("G", "Lark"), len(code("G", "Heron"))
    (True, 9)
    """
    return letter + blake2b(name.encode(), digest_size=4).hexdigest()


@dataclass(frozen=True, slots=True)
class Window:
    """The weeks that are asked about, and in which money."""

    first: date
    weeks: int
    currency: str

    def week(self, day: date) -> int:
        """Which week a day lies in, from 1.

        >>> Window(date(2026, 3, 2), 4, "USD").week(date(2026, 3, 9))
        2
        """
        return (day - self.first).days // 7 + 1

    @property
    def last(self) -> date:
        """The last day of the last week."""
        return self.first + timedelta(weeks=self.weeks, days=-1)


@dataclass(frozen=True, slots=True)
class Ground:
    """Of each place its area and whether it is a house; of each area its country."""

    area: Mapping[str, str] = field(default_factory=dict, repr=False)
    houses: frozenset[str] = field(default=frozenset(), repr=False)
    country: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Met:
    """Whom and what a way uses, by name: in which weeks."""

    guides: Mapping[str, tuple[int, ...]] = field(default_factory=dict, repr=False)
    houses: Mapping[str, tuple[int, ...]] = field(default_factory=dict, repr=False)
    areas: Mapping[str, tuple[int, ...]] = field(default_factory=dict, repr=False)


def met(facts: Mapping[str, Any], ground: Ground, window: Window) -> Met:
    """Guides, houses and areas of the main way of a plan. Steps without days say nothing, for nothing is known."""
    guides, houses, areas = dict[str, set[int]](), dict[str, set[int]](), dict[str, set[int]]()
    for step in facts.get("steps", ()):
        if not (step.get("earliest") and step.get("latest")):
            continue
        weeks = range(window.week(date.fromisoformat(step["earliest"])),
                      window.week(date.fromisoformat(step["latest"])) + 1)
        if step.get("guide"):
            guides.setdefault(str(step["guide"]), set()).update(weeks)
        for place in {str(step["place"]), str(step["to"])}:
            if place in ground.houses:
                houses.setdefault(place, set()).update(weeks)
            if place in ground.area:
                areas.setdefault(ground.area[place], set()).update(weeks)
    return Met(*({name: tuple(sorted(weeks)) for name, weeks in found.items()} for found in (guides, houses, areas)))


def way(body: Mapping[str, Any], ground: Ground, window: Window, more_lost: Mapping[str, int]) -> dict[str, Any] | str:
    """A plan as a variant of `waystation portfolio`, without its code; or why it is none of these weeks.

    `more_lost` is by area: of 1000 parties, how many more are lost there in a crackdown.
    """
    try:
        facts = body["facts"]
        days = [date.fromisoformat(step[name]) for step in facts.get("steps", ()) for name in ("earliest", "latest")
                if step.get(name)] or [date.fromisoformat(facts["terms"]["depart_from"])]
        money = Money.parse(str(_spent(facts) or facts["terms"]["budget"]).replace(",", ""))
        found = met(facts, ground, window)
        chances = _chances(str(body["state"]), facts)
    except (ArithmeticError, KeyError, TypeError, ValueError):
        return UNREADABLE
    leaves, last = window.week(min(days)), window.week(max(days))
    if leaves < 1:
        return PAST
    if last > window.weeks:
        return BEYOND
    if money.currency != window.currency:
        return CURRENCY
    return {
        "leaves": leaves, "weeks": last - leaves + 1, "cost": ceil(money.amount), **chances,
        "guides": {code("G", name): list(weeks) for name, weeks in found.guides.items()},
        "houses": {code("H", name): list(weeks) for name, weeks in found.houses.items()},
        "areas": {code("A", name): list(weeks) for name, weeks in found.areas.items()},
        "lost_if": {code("A", name): more_lost[name] for name in found.areas if more_lost.get(name)},
    }


def _spent(facts: Mapping[str, Any]) -> object:
    return next((one.get("money") for one in facts.get("choices", ()) if one.get("chosen")), None)


def _chances(state: str, facts: Mapping[str, Any]) -> dict[str, int | None]:
    """Of 1000 parties like this; None where the record is too short to speak, whatever experts believe.

    >>> ends = {"intercepted": 0.05, "harmed": 0.0, "missing": 0.01}
    >>> _chances("THIN", {"p_safe": {"mean": 0.86, "low": 0.74, "high": 0.93}, "ends": ends})
    {'arrives': 860, 'low': 740, 'lost': 60}
    >>> _chances("PRIOR_ONLY", {"p_safe": {"mean": None, "low": 0.4, "high": 0.9}, "ends": ends})["arrives"] is None
    True
    """
    safe, ends = facts.get("p_safe"), facts.get("ends")
    if state not in KNOWN or not safe or not ends or safe.get("mean") is None or safe.get("low") is None:
        return {"arrives": None, "low": None, "lost": 0}
    arrives = int(1000 * safe["mean"])
    return {"arrives": arrives, "low": min(arrives, int(1000 * safe["low"] + 1e-9)),
            "lost": min(1000 - arrives, ceil(1000 * sum(ends[name] for name in LOST) - 1e-9))}


def classes(people: Iterable[Any], day: date) -> dict[str, int]:
    """How many of them belong to a class that may have a floor; whose age nobody knows counts in none."""
    those = list(people)
    counts = {
        "children": sum(one.child_on(day) is True for one in those),
        "pregnant": sum(one.weeks_on(day) is not None for one in those),
        "older": sum((one.ages_on(day) or (0, 0))[0] >= OLDER for one in those),
        "ill": sum(any(need.startswith("SM-") for need in one.needs) for one in those),
        "held": sum(one.situation == "held_by_captor" for one in those),
    }
    return {name: count for name, count in counts.items() if count}
