"""A season for its page: what the codes stand for, every set with what it leaves undone, who waits and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from waystation.portfolio.limits import Kind, Out
from waystation.portfolio.missions import Mission, Variant

from .chosen import Season
from .weighing import Weighing
from .words import CLASSES, OUT, amount, counted, limit, people


@dataclass(frozen=True, slots=True)
class Way:
    """One way of a mission. `safe` is empty where nobody knows; then `why` says so and it cannot be taken."""

    code: str
    plan: str
    name: str
    weeks: str
    cost: str
    safe: str
    lost: str
    why: str


@dataclass(frozen=True, slots=True)
class Party:
    """One mission: need and safety apart."""

    code: str
    ref: str
    case: str
    people: str
    size: int
    need: int
    classes: str
    ways: tuple[Way, ...]
    proposed: str = ""     # the way in the computed set; empty: it waits there


@dataclass(frozen=True, slots=True)
class Set:
    """One set of missions with what it means: four columns that are never added up, and what it leaves undone."""

    name: str
    moved: tuple[tuple[str, str], ...] = field(repr=False)   # reference and way
    people: int
    arriving: str
    need: str
    lost: str
    bad_case: str
    lowest: str
    cost: str
    waits: str
    great_need: int
    short: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waits:
    """Somebody who is not in the computed set, and why."""

    ref: str
    people: str
    need: int
    why: tuple[tuple[str, str], ...]
    taken: str


class Saying:
    """One season in words."""

    def __init__(self, of: Season, weighing: Weighing) -> None:
        self.of, self.weighing = of, weighing

    def name(self, code: str) -> str:
        """What a code stands for, as a reader calls it."""
        return self.of.names.get(f"{code}.ref") or self.of.names.get(code, code)

    def parties(self) -> tuple[Party, ...]:
        """Every mission, the greatest need first."""
        proposed = {one[0]: one[1] for one in (self.of.answer.get("chosen") or {}).get("missions", ())}
        return tuple(self._party(one, proposed.get(one.code, ""))
                     for one in sorted(self.weighing.month.missions, key=lambda one: (-one.need, self.name(one.code))))

    def _party(self, one: Mission, proposed: str) -> Party:
        some = ", ".join(f"{count} {CLASSES[name]}" for name, count in one.people_of.items() if count)
        return Party(one.code, self.name(one.code), self.of.names.get(one.code, ""), counted(one.size), one.size,
                     one.need, some, tuple(self._way(one, way) for way in one.variants), proposed)

    def _way(self, mission: Mission, one: Variant) -> Way:
        out = self.weighing.out(mission, one)
        safe = lost = ""
        if one.arrives is not None and one.low is not None:
            safe = gettext("of 100 parties like this about %(mean)d arrive, at the low end %(low)d") % {
                "mean": one.arrives // 10, "low": one.low // 10}
            lost = people(one.lost / 10)
        weeks = (gettext("week %(n)d") % {"n": one.leaves} if one.weeks == 1 else
                 gettext("weeks %(n)d to %(m)d") % {"n": one.leaves, "m": one.moving[-1]})
        return Way(one.code, self.of.names.get(one.code, ""), self.way_name(one), weeks,
                   f"{one.cost:,} {self.of.currency}", safe, lost, str(OUT[out]) if out else "")

    def way_name(self, one: Variant) -> str:
        """A way by whom and what it uses."""
        parts = [self.name(code) for code in (*one.guides, *one.houses)] or [self.name(code) for code in one.areas]
        return ", ".join(parts) or one.code[:5]

    def set(self, name: str, missions: Iterable[Iterable[str]]) -> Set:
        """One set, weighed by plain sums."""
        codes = [(str(mission), str(way)) for mission, way in missions]
        told, undone = self.weighing.choice(codes), self.weighing.undone(codes)
        ways = {(one.code, way.code): way for one in self.weighing.month.missions for way in one.variants}
        need = ", ".join(gettext("%(n)d of need %(level)d") % {"n": count, "level": level}
                         for level, count in reversed(list(enumerate(told.need, 1))) if count)
        return Set(
            name, tuple((self.name(one[0]), self.way_name(ways[one])) for one in codes if one in ways), told.people,
            people(told.arriving), need or gettext("nobody"), people(told.lost), people(told.bad_case),
            "" if told.lowest is None else str(told.lowest // 10), f"{told.cost:,} {self.of.currency}",
            counted(undone.people), undone.great_need,
            tuple(self.floor(*one) for one in undone.short))

    def floor(self, name: str, asked: int, short: int) -> str:
        """A floor that is not kept."""
        return gettext("%(who)s: the floor asks for %(asked)d, %(short)d short") % {
            "who": CLASSES[name], "asked": asked, "short": short}

    def limit(self, one: Mapping[str, Any]) -> str:
        """A limit by its name."""
        return limit(Kind(one["kind"]), self.name(str(one["name"])), int(one["week"]))

    def over(self, one: Mapping[str, Any]) -> str:
        """A limit and by how much it would be passed."""
        return gettext("%(limit)s: %(amount)s too many") % {
            "limit": self.limit(one), "amount": amount(Kind(one["kind"]), float(one["over"]), self.of.currency)}

    def more(self, one: Mapping[str, Any]) -> str:
        """What one step more of a full limit would bring."""
        step = amount(Kind(one["kind"]), float(one["by"]), self.of.currency)
        told = [gettext("%(n)s people more reach safety") % {"n": people(one["arriving"])}] \
            if one["arriving"] >= 0.05 else []
        if one.get("short"):
            told.append(gettext("%(n)d fewer short of the floors") % {"n": -one["short"]})
        return gettext("%(limit)s, %(amount)s more: %(effect)s") % {
            "limit": self.limit(one), "amount": step,
            "effect": ", ".join(told) or gettext("nobody more reaches safety")}

    def reliefs(self) -> tuple[tuple[str, ...], ...]:
        """What would have to give, and by how much: each by itself would be enough."""
        return tuple(tuple(gettext("%(limit)s: %(amount)s more") % {
            "limit": self.limit(one), "amount": amount(Kind(one["kind"]), float(one["over"]), self.of.currency)}
            for one in relief["wider"]) for relief in self.of.answer.get("reliefs", ()))

    def shut(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Missions that must be taken and have no way that may be chosen."""
        return tuple((self.name(one["mission"]), tuple(str(OUT[Out(way["why"])]) for way in one["out"]))
                     for one in self.of.answer.get("shut", ()))

    def waits(self) -> tuple[Waits, ...]:
        """Who is not in the computed set, and why, in the order of need."""
        ways = {way.code: self.way_name(way) for one in self.weighing.month.missions for way in one.variants}
        return tuple(self._waits(one, ways) for one in self.of.answer.get("waiting", ()))

    def _waits(self, one: Mapping[str, Any], ways: Mapping[str, str]) -> Waits:
        whys = [(ways.get(way["variant"], ""), str(OUT[Out(way["why"])])) for way in one["out"]]
        for code, broken in one["breaks"]:
            whys.append((ways.get(code, ""), "; ".join(self.over(each) for each in broken) or
                         gettext("it fits, and brings no more people to safety by the plans' numbers")))
        return Waits(self.name(one["mission"]), counted(one["people"]), one["need"], tuple(whys), self._taken(one))

    def _taken(self, one: Mapping[str, Any]) -> str:
        if one["if_taken"] is not None:
            was = {mission for mission, _way in (self.of.answer.get("chosen") or {}).get("missions", ())}
            now = {mission for mission, _way in one["if_taken"]["missions"]}
            gone = ", ".join(sorted(self.name(code) for code in was - now))
            return gettext("If they are taken, these wait instead: %(who)s") % {"who": gone or gettext("nobody")}
        if one["cannot_be_taken"] and one["breaks"]:
            return gettext("They cannot be taken without passing a limit or giving up a floor.")
        return ""
