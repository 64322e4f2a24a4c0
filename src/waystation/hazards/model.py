"""The tree of strata: what is alike, from broad to narrow.

    mode -> mode, condition -> + country -> + season -> + area -> leg

A stratum is a row of six codes (mode, condition, country, season, area, leg; leg -1: an area, and no leg of it). A
level holds the distinct beginnings of these rows; each node knows its parent in the level above. Only strata that a
plan can meet, or in which something happened, exist.

Experts speak at three depths. On a mode alone they are the prior of its root; on (mode, condition) and (mode,
condition, country) their Beta is a factor beside the data, pseudo-counts of the stated worth. A statement on a mode
and a country but no condition is spread over the conditions by their long-run shares. Where statements of different
precision meet in one node, the most precise ones count, as an equal mixture.

What somebody says of one leg is kept apart (`Voices.legs`): it moves what is believed of that leg in every season, and
nothing else. One person who is wrong, or lies, about a bridge must not move the roads around it (a cut: Plummer,
Statistics and Computing 25, 2015). It ages like an outcome of its mode: a guard post is moved sooner than a border.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from waystation.hazards.experts import Stated, current, keep_after, mixture, stated
from waystation.hazards.grid import LOG_REST, LOG_THETA, THETA, beta_mass, beta_of
from waystation.hazards.outcomes import SILENT, Records, Ways, long_run
from waystation.network.defaults import Defaults, Vague
from waystation.network.network import Floats, Ints, Network
from waystation.network.rows import MODES, Prior

LEVELS = ("mode", "condition", "country", "season", "area", "leg")
MODE, CONDITION, COUNTRY, SEASON, AREA, LEG = range(6)


@dataclass(frozen=True, slots=True)
class Tree:
    """Nodes of each level: the codes they stand for and their parents in the level above."""

    key: tuple[Ints, ...]  # per level: nodes x (level + 1)
    parent: tuple[Ints, ...]  # per level: nodes (level 0: zeros, unused)

    @property
    def depth(self) -> int:
        """Number of levels."""
        return len(self.key)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known at the nodes themselves: per level the nodes (ascending) and their log likelihoods."""

    node: tuple[NDArray[np.intp], ...]
    log: tuple[Floats, ...]  # per level: nodes x 256


@dataclass(frozen=True, slots=True)
class Voices:
    """The experts of one split: the prior of every root, factors of deeper nodes, and who covers what."""

    root: Floats  # roots x 256
    factors: Mapping[tuple[int, int], Floats]  # (level, node) -> 256
    legs: Mapping[int, Floats]  # node of a leg -> 256
    rows: Mapping[tuple[int, int], tuple[int, ...]]  # (level, node) -> indices into book.priors


def tree_of(strata: Ints) -> tuple[Tree, Ints, Ints]:
    """The tree over strata (R x 6), and the level and node at which each stratum ends.

    >>> tree, level, node = tree_of(np.array([[0, 0, 0, 0, 0, -1], [0, 1, 0, 0, 0, -1], [0, 1, 0, 0, 0, 7]]))
    >>> [len(key) for key in tree.key], level.tolist(), node.tolist()
    ([1, 2, 2, 2, 2, 1], [4, 4, 5], [0, 1, 0])
    """
    keys, parents = [], []
    rows, above = np.arange(len(strata)), np.zeros(len(strata), np.int64)
    level, node = np.full(len(strata), AREA, np.int32), np.zeros(len(strata), np.int32)
    for depth in range(len(LEVELS)):
        if depth == LEG:
            own = strata[rows, LEG] >= 0
            rows, above = rows[own], above[own]
            level[rows] = LEG
        code = above * (int(strata[:, depth].max(initial=0)) + 1) + strata[rows, depth]
        _, first, which = np.unique(code, return_index=True, return_inverse=True)
        keys.append(strata[rows[first], : depth + 1].astype(np.int32))
        parents.append(above[first].astype(np.int32))
        above = which
        node[rows] = which
    return Tree(tuple(keys), tuple(parents)), level, node


def evidence_of(
    tree: Tree, level: Ints, node: Ints, found: Records, *, split: str, silent: str
) -> Evidence:
    """Log likelihoods of records that end at these levels and nodes, for the split `lost` or `turned_back`.

    Turned back is given not lost; silent parties enter `lost` only: censored, or all `lost` (the pessimistic end).
    """
    lost = (found.ended > 1) & (found.ended != SILENT)
    if split == "lost":
        yes, all_ = lost, found.resolved
        if silent == "lost":
            yes, all_ = lost | ~found.resolved, np.ones(len(lost), bool)
    else:
        yes, all_ = found.ended == 1, found.resolved & ~lost
    nodes, logs = [], []
    for depth in range(tree.depth):
        at = level == depth
        ids, which = np.unique(node[at & (all_ | (split == "lost"))], return_inverse=True)
        here = at & (all_ | (split == "lost"))
        y = np.bincount(which, (found.weight * yes)[here], len(ids))
        n = np.bincount(which, (found.weight * all_)[here], len(ids))
        log = y[:, None] * LOG_THETA + (n - y)[:, None] * LOG_REST
        hidden = np.flatnonzero(~all_[here])
        a, b, w = (x[here][hidden][:, None] for x in (found.alpha, found.beta, found.weight))
        np.add.at(log, which[hidden], w * np.log(a * THETA + b * (1 - THETA)))
        nodes.append(ids)
        logs.append(log)
    return Evidence(tuple(nodes), tuple(logs))


def with_factors(tree: Tree, data: Evidence, factors: Mapping[tuple[int, int], Floats]) -> Evidence:
    """The same evidence with the experts' factors beside it."""
    nodes, logs = [], []
    for depth in range(tree.depth):
        extra = {n: np.log(np.maximum(f, 1e-300)) for (at, n), f in factors.items() if at == depth}
        ids = np.union1d(data.node[depth], np.array(sorted(extra), np.intp))
        log = np.zeros((len(ids), len(THETA)))
        log[np.searchsorted(ids, data.node[depth])] += data.log[depth]
        for n, one in extra.items():
            log[np.searchsorted(ids, n)] += one
        nodes.append(ids)
        logs.append(log)
    return Evidence(tuple(nodes), tuple(logs))


def nothing(tree: Tree) -> Evidence:
    """No evidence at all."""
    empty = np.zeros((0, len(THETA)))
    return Evidence((np.zeros(0, np.intp),) * tree.depth, (empty,) * tree.depth)


def voices(
    net: Network, tree: Tree, ways: Ways, split: str, *, today: date, defaults: Defaults, scale: float, strength: float
) -> Voices:
    """The experts on one split, placed in the tree; a root nobody spoke on gets the vague default."""
    at: dict[tuple[int, int], list[tuple[int, Stated]]] = defaultdict(list)
    rows = net.book.priors
    for i in current(rows, today):
        row = rows[i]
        if row.split != split:
            continue
        keep = _kept(net, ways, row, today, defaults)
        one = stated(i, row, keep, defaults, scale=scale, strength=strength)
        if one.events <= 0:
            continue
        for level, node, share in _places(net, tree, ways, row):
            precision = 2 * bool(row.mode or row.leg) + bool(row.condition)
            at[level, node].append((precision, replace(one, events=one.events * share)))
    chosen = {place: _most_precise(said) for place, said in at.items()}
    vague: Vague = defaults.vague_lost if split == "lost" else defaults.vague_turned_back
    root = np.repeat(beta_mass(*(x[None] for x in beta_of(np.array(vague.mean), vague.events))), len(tree.key[0]), 0)
    for (level, node), said in chosen.items():
        if level == 0:  # weaker than the vague default it would say "harmless, or anything"
            root[node] = mixture([replace(one, events=max(one.events, vague.events)) for one in said])
    mixed = {place: mixture(said) for place, said in chosen.items() if place[0] > 0}
    factors = {place: mass for place, mass in mixed.items() if place[0] < LEG}
    legs = {node: mass for (level, node), mass in mixed.items() if level == LEG}
    return Voices(root, factors, legs, {place: tuple(one.row for one in said) for place, said in chosen.items()})


def _most_precise(said: Sequence[tuple[int, Stated]]) -> list[Stated]:
    best = max(precision for precision, _ in said)
    return [one for precision, one in said if precision == best]


def _places(net: Network, tree: Tree, ways: Ways, row: Prior) -> list[tuple[int, int, float]]:
    """(level, node, share of the statement) where an expert's row speaks."""
    if row.leg:
        return _places_of_leg(net, tree, ways, row)
    level = COUNTRY if row.country else CONDITION if row.condition else MODE
    wanted = ((row.mode, MODES), (row.condition, net.conditions), (row.country, ways.countries))
    hit = np.ones(len(tree.key[level]), bool)
    for column, (name, names) in enumerate(wanted):
        if name:
            hit &= tree.key[level][:, column] == (names.index(name) if name in names else -1)
    nodes = np.flatnonzero(hit).tolist()
    if level < COUNTRY or row.condition:
        return [(level, n, 1.0) for n in nodes]
    if not nodes:
        return []
    areas = np.flatnonzero(np.array(net.countries) == row.country).tolist()
    shares = np.mean([long_run(net, a, s) for a in areas for s in range(len(net.seasons))], axis=0)
    return [(level, n, float(share)) for n in nodes if (share := shares[tree.key[level][n, CONDITION]]) > 0]


def _places_of_leg(net: Network, tree: Tree, ways: Ways, row: Prior) -> list[tuple[int, int, float]]:
    """The nodes of one leg, in every season; of every condition by its long-run share, where none is named."""
    key = tree.key[LEG]
    hit = key[:, LEG] == (ways.codes.index(row.leg) if row.leg in ways.codes else -2)
    if row.condition:
        hit &= key[:, CONDITION] == net.conditions.index(row.condition)
    found = []
    for n in np.flatnonzero(hit).tolist():
        _, condition, _, season, area, _ = key[n].tolist()
        share = 1.0 if row.condition else float(long_run(net, area, season)[condition])
        if share > 0:
            found.append((LEG, n, share))
    return found


def _kept(net: Network, ways: Ways, row: Prior, today: date, defaults: Defaults) -> float:
    """What breaks of regime, and of a leg its age, leave of a statement."""
    if not row.leg:
        return keep_after(net.book.breaks, row.stated, (row.mode, row.country), today=today)
    if row.leg not in ways.codes:
        return 0.0
    leg = ways.codes.index(row.leg)
    mode, area = MODES[ways.mode[leg]], int(ways.area[leg])
    keep = keep_after(net.book.breaks, row.stated, (mode, net.areas[area], net.countries[area]), today=today)
    return float(keep * 2.0 ** (-(today - row.stated).days / defaults.half_life_d[mode]))
