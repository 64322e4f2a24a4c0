"""Invented months for tests: any small month with its caps, and every set that could be chosen, tried one by one."""

from dataclasses import dataclass
from datetime import date
from itertools import product

import numpy as np
from hypothesis import strategies as st

from waystation.portfolio.missions import CLASSES, Area, Caps, Mission, Month, Variant
from waystation.portfolio.scenarios import draw

GUIDES, HOUSES, AREAS, PURSES = ("HERON", "LARK"), ("BARN", "MILL"), ("BANK", "HILLS"), ("GIFT",)
SCENARIOS, SEED = 15, 3


@st.composite
def months(draw_, *, must: bool = False):
    """A month of one to five missions in one or two ways each, and caps that are often too narrow."""
    def number(low, high):
        return draw_(st.integers(low, high))

    weeks = number(1, 3)

    def variant(code):
        leaves = number(1, weeks)
        lasting = number(1, weeks - leaves + 1)
        during = tuple(range(leaves, leaves + lasting))
        arrives = draw_(st.none() | st.integers(0, 900))
        areas = {area: during for area in AREAS if number(0, 1)}
        return Variant(code, leaves, lasting, number(0, 40), arrives, None if arrives is None else number(0, arrives), number(0, 100),
                       {area: number(0, 400) for area in areas}, {guide: during for guide in GUIDES if number(0, 2) == 0},
                       {house: during[:1] for house in HOUSES if number(0, 2) == 0}, areas, draw_(st.sampled_from(("", "", *PURSES))))

    def mission(code):
        size = number(1, 4)
        return Mission(code, size, number(1, 5), tuple(variant(f"V{k}") for k in range(number(1, 2))),
                       {name: number(0, size) for name in CLASSES if number(0, 2) == 0}, stay=number(0, 1) * number(0, 300))

    missions = tuple(mission(f"M{k}") for k in range(number(1, 5)))
    month = Month("Invented", True, date(2030, 5, 6), weeks, "USD", missions,
                  (Area("BANK", "XA", number(0, 500)), Area("HILLS", "XA", number(0, 500))), {"XA": number(0, 300)})
    each_week = st.tuples(*[st.integers(0, 4)] * weeks)
    caps = Caps(budget=number(0, 100), guides={guide: draw_(each_week) for guide in GUIDES},
                houses={house: tuple(2 * beds for beds in draw_(each_week)) for house in HOUSES},
                purses={purse: number(0, 50) for purse in PURSES}, exposure={area: number(0, 8) for area in AREAS if number(0, 1)},
                floors={name: number(0, 100) for name in CLASSES if number(0, 1)}, moving=draw_(st.none() | each_week),
                sharing=draw_(st.none() | st.integers(0, 3)), bad_case=draw_(st.none() | st.integers(0, 2000)),
                safety_floor=number(0, 1) * number(0, 400),
                take=frozenset(one.code for one in missions if must and number(0, 1)))
    return month, caps


@dataclass(frozen=True)
class Tried:
    """One set and what it means, counted without any module of the portfolio but the drawing of scenarios."""

    codes: frozenset
    arriving: int  # thousandths
    in_need: int
    short: int
    over: dict  # by kind, what of it is too much, in all
    bad: float


def every_set(month, caps):
    """Every set with at most one way for each mission, and with one for those who must be taken."""
    shocks = draw(month, count=SCENARIOS, seed=SEED)
    ways = []
    for mission in month.missions:
        some = [(mission, one) for one in mission.variants if one.arrives is not None and one.low >= caps.safety_floor]
        ways.append(some if mission.code in caps.take else [None, *some])
    able = {mission.code for mission, *_ in [(one[0],) for way in ways for one in way if one]}
    for pick in product(*ways):
        yield _tried(month, caps, [one for one in pick if one], able, shocks)


def _tried(month, caps, chosen, able, shocks):
    over = dict.fromkeys(("budget", "purse", "guide", "house", "desk", "area", "shared guide", "shared house"), 0)

    def count(kind, used, most):
        over[kind] += max(0, used - most)

    count("budget", sum(v.cost for _, v in chosen), caps.budget)
    for purse, most in caps.purses.items():
        count("purse", sum(v.cost for _, v in chosen if v.purse == purse), most)
    for week in range(1, month.weeks + 1):
        for guide, most in caps.guides.items():
            count("guide", sum(week in v.guides.get(guide, ()) for _, v in chosen), most[week - 1])
        for house, most in caps.houses.items():
            count("house", sum(m.size for m, v in chosen if week in v.houses.get(house, ())), most[week - 1])
        for area, most in caps.exposure.items():
            count("area", sum(m.size for m, v in chosen if {week, week + 1} & set(v.areas.get(area, ()))), most)
        if caps.moving is not None:
            count("desk", sum(v.leaves <= week < v.leaves + v.weeks for _, v in chosen), caps.moving[week - 1])
    if caps.sharing is not None:
        for guide in caps.guides:
            count("shared guide", sum(guide in v.guides for _, v in chosen), caps.sharing)
        for house in caps.houses:
            count("shared house", sum(house in v.houses for _, v in chosen), caps.sharing)
    bad = _bad_case(month, chosen, shocks)
    over["bad case"] = 0.0 if caps.bad_case is None else max(0.0, bad - caps.bad_case)
    short = 0
    for name, share in caps.floors.items():
        asked = -(-share * sum(m.people_of.get(name, 0) for m in month.missions if m.code in able) // 100)
        short += max(0, asked - sum(m.people_of.get(name, 0) for m, _ in chosen))
    return Tried(frozenset((m.code, v.code) for m, v in chosen), sum(m.size * (v.arrives - m.stay) for m, v in chosen),
                 sum(m.size for m, _ in chosen if m.need >= 4), short, over, bad)


def _bad_case(month, chosen, shocks):
    """The mean of the worst tenth: the smallest level and mean excess over it, looked for at every scenario's loss."""
    lost = []
    for shock in shocks:
        hit = {area.code for area, now in zip(month.areas, shock, strict=True) if now}
        total = 0
        for mission, variant in chosen:
            kept = 1 - variant.lost / 1000
            for area in sorted(hit & set(variant.lost_if)):
                kept *= 1 - variant.lost_if[area] / 1000
            total += mission.size * round(1000 * (1 - kept))
        lost.append(total)
    return min(level + sum(max(0, one - level) for one in lost) / (0.1 * len(lost)) for level in [0, *np.unique(lost)])
