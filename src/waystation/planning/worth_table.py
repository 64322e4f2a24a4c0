"""What was measured of the worth of deciding this way, as a table, as goals and as plain values (decision 0036)."""

from itertools import product
from typing import Any

import numpy as np

from waystation.network.network import Floats
from waystation.planning.worth import CEILING, EXPERTS, OURS, RULES, Arrived

LEAST_CLOSED, MOST_BELOW = 0.60, -1.0
Setting = tuple[float, int]  # share of liars, outcomes


def settings(found: list[Arrived]) -> list[Setting]:
    """All settings that were measured."""
    return list(product(dict.fromkeys(one.hostile for one in found), found[0].ours))


def arrivals(found: list[Arrived], at: Setting, who: str) -> Floats:
    """Arrivals of 100 in the worlds of a setting."""
    rows = [one for one in found if one.hostile == at[0]]
    return np.array([one.ours[at[1]] if who == OURS else one.rules[who] for one in rows])


def best(found: list[Arrived], at: Setting, among: tuple[str, ...]) -> str:
    """The simple rule with the most arrivals in a setting."""
    return max(among, key=lambda who: float(arrivals(found, at, who).mean()))


def closed(found: list[Arrived], at: Setting, among: tuple[str, ...]) -> tuple[float, float]:
    """Share of the gap that ours closes in a setting, and arrivals of 100 above the best simple rule."""
    ours, top = (float(arrivals(found, at, who).mean()) for who in (OURS, CEILING))
    simple = float(arrivals(found, at, best(found, at, among)).mean())
    return (ours - simple) / max(top - simple, 1e-9), ours - simple


def goals(found: list[Arrived]) -> list[tuple[str, float, bool]]:
    """The goals, with the planner on experts alone as a simple rule; then the same without it."""
    told = []
    for among, words in (((*RULES, EXPERTS), ""), (RULES, f", {EXPERTS} not counted")):
        rows = np.array([closed(found, at, among) for at in settings(found)])
        share, least = float(rows[:, 0].mean()), float(rows[:, 1].min())
        told += [(f"share of the gap closed at least {LEAST_CLOSED}{words}", share, share >= LEAST_CLOSED - 1e-9),
                 (f"at its least above the best simple rule, not below {MOST_BELOW:g}{words}", least,
                  least >= MOST_BELOW)]
    return told


def table(found: list[Arrived]) -> str:
    """Every setting, everybody's arrivals, and the goals."""
    names = (OURS, *RULES, EXPERTS, CEILING)
    lines = ["arrivals of 100, mean over the worlds of each setting", "",
             f"{'liars':>5}{'outcomes':>10}" + "".join(f"{name:>26}" if name == EXPERTS else f"{name:>22}"
                                                        if name == CEILING else f"{name:>15}" for name in names)]
    for at in settings(found):
        cells = [float(arrivals(found, at, name).mean()) for name in names]
        lines.append(f"{at[0]:>5.0%}{at[1]:>10}" + "".join(
            f"{x:26.2f}" if name == EXPERTS else f"{x:22.2f}" if name == CEILING else f"{x:15.2f}"
            for name, x in zip(names, cells, strict=True)))
    lines += ["", "ours above the best simple rule on the same worlds (standard error), and share of the gap closed;",
              f"with {EXPERTS} counted as a rule, and without it", ""]
    for at in settings(found):
        cells_of = []
        for among in ((*RULES, EXPERTS), RULES):
            rule = best(found, at, among)
            apart = arrivals(found, at, OURS) - arrivals(found, at, rule)
            error = apart.std() / len(apart) ** 0.5
            cells_of.append(f"{rule:>26}{f'{apart.mean():.2f} ({error:.2f})':>16}{closed(found, at, among)[0]:8.2f}")
        lines.append(f"{at[0]:>5.0%}{at[1]:>10}" + "".join(cells_of))
    reached = [f"{'met   ' if met else 'MISSED'}  {name}: {number:.3f}" for name, number, met in goals(found)]
    return "\n".join([*lines, "", *reached])


def as_json(found: list[Arrived]) -> dict[str, Any]:
    """The same as plain values."""
    return {"worlds": [{"seed": one.seed, "hostile": one.hostile, "rules": one.rules,
                        "ours": {str(known): x for known, x in one.ours.items()}} for one in found],
            "goals": [{"name": name, "measured": number, "met": met} for name, number, met in goals(found)]}
