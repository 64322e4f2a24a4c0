"""The danger of staying: stated of 100 parties that wait a week, used per step.

Nobody reports a wait that went well, so waiting has no outcomes and no tree: each statement is a Beta on the grid, and
a week's danger theta is 1 - (1 - theta)^(step / week) a step. A statement on a place comes before one on its area, one
on a condition before one on any; several experts at one place are an equal mixture. One statement is one draw wherever
it applies. Where nobody spoke, the vague default holds, one draw a country, and is never called known.
"""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from waystation.hazards.experts import Stated, current, keep_after, mixture, stated
from waystation.hazards.grid import THETA, G, beta_mass, beta_of
from waystation.network.defaults import Defaults
from waystation.network.network import Floats, Ints, Network

HOURS_A_WEEK = 168


@dataclass(frozen=True, slots=True)
class Waits:
    """Dangers of waiting. W distinct beliefs, each the source of one or more leaves."""

    at: Ints  # n x C: leaf of a place and condition
    leaf: tuple[tuple[int, int, int], ...]  # leaves: (condition, area, place or -1)
    belief: Ints  # leaves: which belief
    mass: Floats  # W x 256, of the danger a week
    rows: tuple[tuple[int, ...], ...]  # leaves: indices into book.waiting_loss
    per_step: Floats  # 256: the danger of a step at each grid point of the danger a week

    def moments(self) -> tuple[Floats, Floats]:
        """Mean and variance of the danger per step, of each leaf."""
        mean = self.mass @ self.per_step
        return mean[self.belief], (self.mass @ self.per_step**2 - mean**2)[self.belief]

    def draw(self, k: int, rng: np.random.Generator) -> Floats:
        """k joint draws of the danger per step: k x leaves."""
        rows = np.cumsum(self.mass, -1)
        u = rng.random((k, len(rows)))
        points = [np.searchsorted(row / row[-1], u[:, w], side="right") for w, row in enumerate(rows)]
        drawn = self.per_step[np.array(points, np.intp).reshape(len(rows), k).T.clip(max=G - 1)]
        return np.asarray(drawn[:, self.belief])


def waits(net: Network, *, today: date, defaults: Defaults, scale: float, strength: float) -> Waits:
    """Dangers of waiting at every place (n) and condition (C) of a network.

    A condition that an area does not have points to the leaf of the first one that it has.
    """
    said = _by_scope(net, today=today, defaults=defaults, scale=scale, strength=strength)
    beliefs: dict[tuple[object, ...], int] = {}
    masses: list[Floats] = []
    leaves: dict[tuple[int, int, int], int] = {}
    belief, rows = [], []
    at = np.zeros((len(net.places), len(net.conditions)), np.int32)
    for i, place in enumerate(net.places):
        a = int(net.area[i])
        for c in np.flatnonzero(net.occurs[a]).tolist():
            scope, found = _said(said, place, net.areas[a], net.conditions[c])
            leaf = (c, a, i if scope == place else -1)
            if leaf not in leaves:
                key = tuple(one.row for one in found) or (net.countries[a],)
                if key not in beliefs:
                    beliefs[key] = len(masses)
                    masses.append(mixture(found) if found else _vague(defaults))
                leaves[leaf] = len(leaves)
                belief.append(beliefs[key])
                rows.append(tuple(one.row for one in found))
            at[i, c] = leaves[leaf]
        at[i, ~net.occurs[a]] = at[i, int(net.occurs[a].argmax())]
    per_step = -np.expm1(np.log1p(-THETA) * net.step_hours / HOURS_A_WEEK)
    return Waits(at, tuple(leaves), np.array(belief, np.int32), np.array(masses).reshape(-1, G), tuple(rows), per_step)


def _by_scope(
    net: Network, *, today: date, defaults: Defaults, scale: float, strength: float
) -> dict[tuple[str, str], list[Stated]]:
    country_of_area = dict(zip(net.areas, net.countries, strict=True))
    area_of = {place: net.areas[a] for place, a in zip(net.places, net.area.tolist(), strict=True)}
    found: dict[tuple[str, str], list[Stated]] = {}
    for i in current(net.book.waiting_loss, today):
        row = net.book.waiting_loss[i]
        area = area_of.get(row.scope, row.scope)
        scopes = (row.scope, area, country_of_area.get(area, ""))
        keep = keep_after(net.book.breaks, row.stated, scopes, today=today)
        one = stated(i, row, keep, defaults, scale=scale, strength=strength)
        if one.events > 0:
            one = replace(one, events=max(one.events, defaults.vague_waiting_week.events))
            found.setdefault((row.scope, row.condition), []).append(one)
    return found


def _said(
    said: dict[tuple[str, str], list[Stated]], place: str, area: str, condition: str
) -> tuple[str, list[Stated]]:
    """The scope that speaks on a place and condition, and its statements; ("", []) if none does."""
    for scope in (place, area):
        for which in (condition, ""):
            if (scope, which) in said:
                return scope, said[scope, which]
    return "", []


def _vague(defaults: Defaults) -> Floats:
    a, b = beta_of(np.array([defaults.vague_waiting_week.mean]), defaults.vague_waiting_week.events)
    mass: Floats = beta_mass(a, b)[0]
    return mass
