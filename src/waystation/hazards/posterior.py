"""What is believed of every danger a plan can meet, where that belief comes from, and joint draws of it.

Three splits, so that the outcomes of a leg sum to 1: lost or not; turned back, given not lost; the kind of loss. The
first two live in the tree of strata (`model`, `messages`), the third is one Dirichlet for each mode and country.

Where the answer comes from. With E = m (1 - m) / v - 1, the equivalent sample size of a belief,

    own = (E_all - E_cavity) / E_all    pooled = (E_cavity - E_prior) / E_all    prior = E_prior / E_all

clipped to [0, 1] and made to sum to 1: E_all from everything, E_cavity without the stratum's own outcomes, E_prior
without any outcome. All three keep the strengths' weights that the data gave, so that the shares compare what is known
of the danger and not of the strength. For one level, prior = kappa / (kappa + n) exactly.
"""

from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from waystation.hazards.comparable import Comparable, comparable
from waystation.hazards.grid import sample_size
from waystation.hazards.messages import Split, infer, theta
from waystation.hazards.model import (
    COUNTRY,
    LEG,
    Evidence,
    Tree,
    Voices,
    evidence_of,
    nothing,
    tree_of,
    voices,
    with_factors,
)
from waystation.hazards.outcomes import FIRST_LOSS, SILENT, Records, Ways, records, ways
from waystation.hazards.strata import Leaf, leaves_of, strata_of_legs, strata_of_records
from waystation.hazards.waiting import Waits, waits
from waystation.network.defaults import DEFAULTS, Defaults
from waystation.network.network import Floats, Ints, Network
from waystation.network.rows import MODES
from waystation.trust.reports import utc


@dataclass(frozen=True, slots=True)
class Draws:
    """k joint draws of all dangers."""

    lost: Floats  # k x leaves; wait: per step
    back: Floats  # k x leaves: turned back, given not lost; 0 for wait
    kind: Floats  # k x leaves x 3: intercepted, harmed, missing, of those lost; sums to 1


@dataclass(frozen=True, slots=True)
class Posterior:
    """Beliefs over all dangers; leaves of legs first, then of waits."""

    leaves: tuple[Leaf, ...]
    leg_leaf: Ints  # S x L x C: leaf (a condition that the area does not have: that of the first it has)
    wait_leaf: Ints  # S x n x C
    lost: Floats  # leaves: mean; wait: per step
    lost_sd: Floats
    back: Floats  # leaves: mean of turned back, given not lost
    back_sd: Floats
    kind: Floats  # leaves x 3
    ess: Floats  # leaves x 2: equivalent sample size of the beliefs over lost and back
    shares: Floats  # leaves x 3: own, pooled, prior of the belief over lost; sums to 1
    n_raw: Ints  # leaves: ended traversals of the same mode, condition and country in 12 months
    n_eff: Floats  # leaves: their weight, of all ages
    newest_age_d: Floats  # leaves: days; inf if there is none
    named: NDArray[np.bool_]  # leaves: an expert spoke on it or on what it belongs to
    broken: NDArray[np.bool_]  # leaves: a recent break of regime, and nothing known since
    prior_rows: tuple[tuple[int, ...], ...]  # leaves: indices into book.priors (wait: book.waiting_loss)
    strength: Floats  # posterior of the strengths of the tree, for lost
    parent: Floats  # leaves x 2: means of lost and back one level up: what would be said without looking closer
    _sources: "_Sources" = field(repr=False)

    def draws(self, k: int, rng: np.random.Generator) -> Draws:
        """k joint draws: strata that share a parent, and all that rests on one statement, move together."""
        source = self._sources
        wait = source.waits.draw(k, rng)
        lost = np.concatenate([source.at_leaves(source.lost.draw(k, rng)), wait], 1)
        back = np.concatenate([source.at_leaves(source.back.draw(k, rng)), np.zeros_like(wait)], 1)
        gamma = rng.standard_gamma(source.kind_counts, (k, *source.kind_counts.shape))
        kind = (gamma / gamma.sum(-1, keepdims=True))[:, source.kind_of]
        return Draws(lost, back, kind)


@dataclass(frozen=True, slots=True)
class _Sources:
    """What the draws are made from."""

    lost: Split
    back: Split
    level: Ints  # leaves of legs: level and node in the tree
    node: Ints
    waits: Waits
    kind_counts: Floats  # groups x 3: Dirichlet
    kind_of: Ints  # leaves: group

    def at_leaves(self, point: tuple[NDArray[np.int16], ...]) -> Floats:
        """The dangers (k x leaves of legs) that grid points of all nodes stand for."""
        return theta(point[LEG][:, self.node])


def fit(
    net: Network,
    *,
    now: datetime,
    defaults: Defaults = DEFAULTS,
    prior_scale: float = 1.0,
    strength_scale: float = 1.0,
    silent: str = "censored",
    grounds: bool = True,
) -> Posterior:
    """Learn all dangers from the outcomes, experts, breaks, silences and waiting losses of a network's book.

    `prior_scale` multiplies every danger that an expert stated, `strength_scale` what such statements are worth in
    events. `silent` = "lost" counts every silent party as lost: the pessimistic end. `grounds` = False leaves `shares`
    unknown (NaN), for a refit of which only the dangers are wanted. Nothing dated after `now` is read.

    Raises `ValueError` for an outcome of a leg that the book does not have.
    """
    if silent not in ("censored", "lost"):
        raise ValueError("silent parties are `censored` or `lost`")
    today, way = utc(now).date(), ways(net)
    found = records(net, way, now=now, defaults=defaults)
    strata, cell = strata_of_legs(net, way)
    tree, level, node = tree_of(np.concatenate([strata, strata_of_records(found, way)]))
    R = len(strata)
    splits, said = [], []
    for name in ("lost", "turned_back"):
        said.append(voices(net, tree, way, name, today=today, defaults=defaults, scale=prior_scale,
                           strength=strength_scale))
        data = evidence_of(tree, level[R:], node[R:], found, split=name, silent=silent)
        splits.append(_inferred(tree, data, said[-1], defaults))
    prior = _inferred(tree, nothing(tree), said[0], defaults, strength=splits[0].strength) if grounds else None
    wait = waits(net, today=today, defaults=defaults, scale=prior_scale, strength=strength_scale)
    counts, kind_of = _kinds(found, way, strata, len(wait.leaf), defaults)
    source = _Sources(splits[0], splits[1], level[:R], node[:R], wait, counts, kind_of)
    known = comparable(net, way, found, strata, wait, today=today, defaults=defaults)
    return _posterior(net, way, strata, cell, source=source, prior=prior, said=said[0], known=known)


def _inferred(
    tree: Tree, data: Evidence, said: Voices, defaults: Defaults, *, strength: Floats | None = None
) -> Split:
    return infer(tree, with_factors(tree, data, said.factors), said.root, defaults.alike, legs=said.legs,
                 strength=strength)


def _kinds(found: Records, way: Ways, strata: Ints, waits: int, defaults: Defaults) -> tuple[Floats, Ints]:
    """Dirichlet counts of each mode and country, and of waiting (prior alone); the group of every leaf."""
    K = len(way.countries)
    lost = (found.ended >= FIRST_LOSS) & (found.ended != SILENT)
    group = way.mode[found.leg][lost] * K + way.country[found.leg][lost]
    counts = np.tile(np.array(defaults.kinds, float), (len(MODES) * K + 1, 1))
    np.add.at(counts, (group, found.ended[lost] - FIRST_LOSS), found.weight[lost])
    used, which = np.unique(strata[:, 0] * K + strata[:, 2], return_inverse=True)
    return counts[np.append(used, -1)], np.append(which, np.full(waits, len(used))).astype(np.int32)


def _posterior(
    net: Network, way: Ways, strata: Ints, cell: Ints, *, source: _Sources, prior: Split | None, said: Voices,
    known: Comparable,
) -> Posterior:
    wait, level, node = source.waits, source.level, source.node
    zeros = np.zeros(len(wait.leaf))
    up = _parents(source.lost.tree, level, node)
    lost, lost_v = (_gather(x, level, node) for x in (source.lost.mean, source.lost.variance))
    back, back_v = (_gather(x, level, node) for x in (source.back.mean, source.back.variance))
    wait_mean, wait_v = wait.moments()
    shares = np.full((len(level), 3), np.nan) if prior is None else _shares(source.lost, prior, level, node)
    rows = _prior_rows(source.lost.tree, said, level, node) + wait.rows
    mean, variance = np.concatenate([lost, wait_mean]), np.concatenate([lost_v, wait_v])
    ess = np.stack([sample_size(mean, variance), np.append(sample_size(back, back_v), zeros)], 1)
    parent = np.stack([np.append(_gather(source.lost.mean, level - 1, up), wait_mean),
                       np.append(_gather(source.back.mean, level - 1, up), zeros)], 1)
    of_kind = source.kind_counts / source.kind_counts.sum(-1, keepdims=True)
    only_prior = np.tile([0.0, 0.0, 1.0], (len(zeros), 1))
    found = Posterior(
        leaves=leaves_of(net, way, strata, wait),
        leg_leaf=cell,
        wait_leaf=np.tile(wait.at + len(strata), (len(net.seasons), 1, 1)).astype(np.int32),
        lost=mean, lost_sd=np.sqrt(variance),
        back=np.append(back, zeros), back_sd=np.append(np.sqrt(back_v), zeros),
        kind=of_kind[source.kind_of], ess=ess, shares=np.concatenate([shares, only_prior]),
        n_raw=known.n_raw, n_eff=known.n_eff, newest_age_d=known.newest_age_d,
        named=np.array([len(r) > 0 for r in rows], bool), broken=known.broken, prior_rows=rows,
        strength=source.lost.strength, parent=parent, _sources=source,
    )
    for name in ("leg_leaf", "wait_leaf", "lost", "lost_sd", "back", "back_sd", "kind", "ess", "shares", "n_raw",
    "n_eff",
                 "newest_age_d", "named", "broken", "strength", "parent"):
        getattr(found, name).flags.writeable = False
    return found


def _gather(values: tuple[Floats, ...], level: Ints, node: Ints) -> Floats:
    """Values of nodes given by level and node."""
    out = np.empty(len(level))
    for depth in np.unique(level).tolist():
        here = level == depth
        out[here] = values[depth][node[here]]
    return out


def _parents(tree: Tree, level: Ints, node: Ints) -> Ints:
    out = np.empty(len(level), np.int32)
    for depth in np.unique(level).tolist():
        here = level == depth
        out[here] = tree.parent[depth][node[here]]
    return out


def _shares(lost: Split, prior: Split, level: Ints, node: Ints) -> Floats:
    """Own, pooled and prior share of the belief over lost, of each leaf."""
    everything, cavity, before = (
        sample_size(_gather(mean, level, node), _gather(variance, level, node))
        for mean, variance in ((lost.mean, lost.variance), (lost.cavity_mean, lost.cavity_variance),
                               (prior.mean, prior.variance))
    )
    parts = np.stack([everything - cavity, cavity - before, before], 1) / everything[:, None]
    parts = parts.clip(0, 1)
    shares: Floats = parts / parts.sum(-1, keepdims=True)
    return shares


def _prior_rows(tree: Tree, said: Voices, level: Ints, node: Ints) -> tuple[tuple[int, ...], ...]:
    """The experts' rows that stand at or above each leaf."""
    rows = [list(said.rows.get((int(depth), int(n)), ())) for depth, n in zip(level, node, strict=True)]
    at = level.copy()
    here = node.copy()
    while at.max(initial=0) > 0:
        climb = at > 0
        here[climb] = _parents(tree, at[climb], here[climb])
        at[climb] -= 1
        for leaf in np.flatnonzero(climb & (at <= COUNTRY)).tolist():  # deeper than a country they speak of legs alone
            rows[leaf] += said.rows.get((int(at[leaf]), int(here[leaf])), ())
    return tuple(tuple(sorted(set(r))) for r in rows)
