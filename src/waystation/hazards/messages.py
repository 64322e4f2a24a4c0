"""Exact inference in the tree of strata by passing messages on the grid, and joint draws from the result.

With L_v(g) the likelihood of everything at and under node v, K_s the kernel and s a strength in events:

    log L_v(g) = what is known at v itself + sum over children c of log m_c(g)
    m_v(g_p)   = sum_g K_s[g_p, g] L_v(g)                                  upward, one matrix product a level
    d_v(g)     = sum_{g_p} K_s[g_p, g] p_parent(g_p) / m_v(g_p)            downward: all but v and what is under it
    p_v(g)     proportional to  d_v(g) L_v(g)                              belief

One strength holds for all countries, seasons and areas; its posterior on the grid of strengths is the marginal
likelihood at the roots times a flat prior, and beliefs are averaged over it. Conditions differ from their mode by more
than areas from their country, and a single leg by more still: for these two levels K is the same whatever s is, of the
condition's own strength, and for legs the mean over the strengths that a leg may have (so that one leg in many may be
five times as dangerous). Fractional counts, censoring and mixtures cost nothing extra.
Nodes under which nothing is known send no message, and all such children of one parent share one belief. (Pearl,
Probabilistic Reasoning in Intelligent Systems, 1988, ch. 4.)

What is said of single legs (`legs`) multiplies L_v of the leg in p_v, and is left out of every m_v: it goes down and
never up. Of the cavity it is a part: that is everything but outcomes. In a draw such a leg reads its area as somebody
would who had heard what was said: the drawn point of the area, moved to the same place among those beliefs.

A joint draw takes a strength, the roots from their beliefs, then each child from `K_s[g_p, :] L_v`: exact, so that
strata that share a parent are correlated as they must be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.hazards.grid import THETA, G, child, kernel, moments
from waystation.hazards.model import CONDITION, LEG, Evidence, Tree
from waystation.network.defaults import Alike
from waystation.network.network import Floats, Ints

_TINY = 1e-300
_ROWS = 16384  # rows of conditional distributions built at once while drawing: 32 MB


@dataclass(frozen=True, slots=True)
class Split:
    """One split of all strata after learning. Per level d, nodes N_d; of them `node[d]` have something under them."""

    tree: Tree
    alike: Alike
    strength: Floats  # posterior of each of its strengths
    node: tuple[NDArray[np.intp], ...]
    like: tuple[Floats, ...]  # strengths x informed x 256: L_v, highest value 1
    root: Floats  # strengths x N_0 x 256: beliefs of the roots
    mean: tuple[Floats, ...]  # N_d
    variance: tuple[Floats, ...]
    cavity_mean: tuple[Floats, ...]  # N_d: without what is known at and under the node
    cavity_variance: tuple[Floats, ...]
    said: tuple["_Said", ...] = ()

    def draw(self, k: int, rng: np.random.Generator) -> tuple[NDArray[np.int16], ...]:
        """k joint draws: per level the grid points k x N_d."""
        which = rng.choice(len(self.strength), k, p=self.strength)
        out: list[NDArray[np.int16]] = []
        for depth, parent in enumerate(self.tree.parent):
            u = rng.random((k, len(parent)))
            point = np.zeros(u.shape, np.int16)
            for s in np.unique(which):
                drawn = np.flatnonzero(which == s)
                if depth == 0:
                    point[drawn] = _pick_roots(self.root[s], u[drawn])
                else:
                    above = out[-1][drawn][:, parent].astype(np.int32)
                    if depth == self.tree.depth - 1:
                        for one in self.said:
                            above[:, one.node] = one.heard(int(s), above[:, one.node], rng.random(len(drawn)))
                    point[drawn] = self._children(depth, int(s), above, u[drawn])
            out.append(point)
        return tuple(out)

    def _children(self, depth: int, s: int, above: Ints, u: Floats) -> Ints:
        """Grid points of all nodes of a level (k x N), given those of their parents and uniform numbers."""
        mixed = _mixed(self.alike, depth)[s]
        point = child(mixed, above, u)
        informed = self.node[depth]
        pieces = max(1, -(-len(informed) * min(G, len(above)) // _ROWS))
        for part in np.array_split(np.arange(len(informed)), pieces):
            if len(part):
                columns = informed[part]
                point[:, columns] = _pick(kernel(mixed), self.like[depth][s, part], above[:, columns], u[:, columns])
        return point.clip(max=G - 1)


@dataclass(frozen=True, slots=True)
class _Said:
    """A leg of which somebody spoke: how its area is believed, and how by whoever heard it; strengths x 256, summed."""

    node: int
    before: Floats
    after: Floats

    def heard(self, s: int, above: Ints, u: Floats) -> Ints:
        """Points of the area, moved to the same place among the beliefs of whoever heard; u is where in its cell."""
        high = self.before[s][above]
        low = np.where(above > 0, self.before[s][above - 1], 0.0)
        point = np.searchsorted(self.after[s], low + u * (high - low), side="right")
        return np.asarray(point.clip(max=G - 1), np.int32)


def _said_of(node: int, belief: Floats, like: Floats, factor: Floats, K: Floats) -> _Said:
    """From the belief of its area and what is known of the leg, strengths x 256 each, and what is said of it."""
    known = _through(like[:, None], K.transpose(0, 2, 1))[:, 0]
    told = _through((like * factor)[:, None], K.transpose(0, 2, 1))[:, 0]
    after = belief * told / np.maximum(known, _TINY)
    before, after = belief.cumsum(-1), after.cumsum(-1)
    return _Said(node, before / before[:, -1:], after / after[:, -1:])


def infer(
    tree: Tree, known: Evidence, root_prior: Floats, alike: Alike, *, legs: Mapping[int, Floats] | None = None,
    strength: Floats | None = None,
) -> Split:
    """Beliefs of all nodes from what is known at them and the priors of the roots (N_0 x 256).

    `legs` (node of the last level -> 256) is said of single legs and moves nothing else. With `strength` given, the
    strengths keep these weights instead of those that the evidence gives them.
    """
    K = _kernels(alike, tree.depth)
    said = legs or {}
    known = _with_room(known, said)
    node, like, message, log_marginal = _upward(tree, known, root_prior, K)
    if strength is None:
        strength = np.exp(log_marginal - log_marginal.max())
        strength /= strength.sum()
    mean, variance, cavity_mean, cavity_variance = [], [], [], []
    row = np.arange(len(root_prior))
    spoken: tuple[_Said, ...] = ()
    cavity = root_prior[node[0]][None]
    belief = np.repeat(root_prior[None], len(alike.strengths), 0)
    belief[:, node[0]] = _normal(cavity * like[0])
    root = belief
    for depth in range(tree.depth):
        if depth:
            here = said if depth == tree.depth - 1 else {}
            factor = _factors(node[depth], here)
            at = zip(sorted(here), np.searchsorted(node[depth], sorted(here)).tolist(), strict=True)
            spoken = tuple(_said_of(n, belief[:, row[tree.parent[depth][n]]], like[depth][:, i], factor[i], K[depth])
                           for n, i in at)
            like[depth] = like[depth] * factor
            row, belief, cavity = _down(tree.parent[depth], node[depth], like[depth], message[depth], row, belief,
                                        K[depth])
            cavity = _normal(cavity * factor)
        m, v = _averaged(belief, strength)
        mean.append(m[row])
        variance.append(v[row])
        m_cavity, v_cavity = mean[-1].copy(), variance[-1].copy()
        m_cavity[node[depth]], v_cavity[node[depth]] = _averaged(np.broadcast_to(cavity, like[depth].shape), strength)
        cavity_mean.append(m_cavity)
        cavity_variance.append(v_cavity)
    return Split(tree, alike, strength, tuple(node), tuple(like), root, tuple(mean), tuple(variance),
                 tuple(cavity_mean), tuple(cavity_variance), spoken)


def _with_room(known: Evidence, said: Mapping[int, Floats]) -> Evidence:
    """The same evidence, in which every leg that somebody spoke of has a row, if only an empty one."""
    last = len(known.node) - 1
    ids = np.union1d(known.node[last], np.array(sorted(said), np.intp))
    log = np.zeros((len(ids), G))
    log[np.searchsorted(ids, known.node[last])] = known.log[last]
    return Evidence((*known.node[:last], ids), (*known.log[:last], log))


def _factors(informed: NDArray[np.intp], said: Mapping[int, Floats]) -> Floats:
    """What is said of each informed node, highest value 1: n x 256, ones where nothing is."""
    factor = np.ones((len(informed), G))
    for node, mass in said.items():
        factor[np.searchsorted(informed, node)] = mass / mass.max()
    return factor


def _upward(
    tree: Tree, known: Evidence, root_prior: Floats, K: Sequence[Floats]
) -> tuple[list[NDArray[np.intp]], list[Floats], list[Floats], Floats]:
    """Per level: informed nodes, their L_v (strengths x n x 256, highest 1), log m_v; and log p(data | s)."""
    node: list[NDArray[np.intp]] = [np.zeros(0, np.intp)] * tree.depth
    like: list[Floats] = [np.zeros(0)] * tree.depth
    message: list[Floats] = [np.zeros(0)] * tree.depth
    strengths = len(K[0])
    below, parents = np.zeros((strengths, 0, G)), np.zeros(0, np.intp)
    for depth in range(tree.depth - 1, -1, -1):
        ids = np.union1d(known.node[depth], parents)
        log = np.zeros((strengths, len(ids), G))
        log[:, np.searchsorted(ids, known.node[depth])] += known.log[depth]
        if len(parents):  # nodes are numbered in the order of their parents
            shared, first = np.unique(parents, return_index=True)
            log[:, np.searchsorted(ids, shared)] += np.add.reduceat(below, first, axis=1)
        peak = log.max(-1, keepdims=True) if len(ids) else np.zeros((strengths, 0, 1))
        node[depth], like[depth] = ids, np.exp(log - peak)
        message[depth] = np.log(np.maximum(_through(like[depth], K[depth].transpose(0, 2, 1)), _TINY)) + peak
        below, parents = message[depth], tree.parent[depth][ids].astype(np.intp)
        if depth == 0:
            marginal = np.log(np.maximum((like[0] * root_prior[ids]).sum(-1), _TINY)) + peak[..., 0]
    return node, like, message, marginal.sum(-1)


def _down(
    parent: Ints, informed: NDArray[np.intp], like: Floats, message: Floats, row: NDArray[np.intp], belief: Floats,
    K: Floats,
) -> tuple[NDArray[np.intp], Floats, Floats]:
    """Beliefs one level down: row of each node, the distinct rows, and the cavities d_v of the informed nodes."""
    above = row[parent]
    with np.errstate(divide="ignore"):
        log = np.log(belief[:, above[informed]]) - message
    without = np.exp(log - log.max(-1, keepdims=True)) if len(informed) else log
    cavity = _through(_normal(without), K)
    blank = np.ones(len(parent), bool)
    blank[informed] = False
    shared, which = np.unique(above[blank], return_inverse=True)
    rows = np.concatenate([_through(belief[:, shared], K), _normal(cavity * like)], 1)
    at = np.empty(len(parent), np.intp)
    at[blank], at[informed] = which, len(shared) + np.arange(len(informed))
    return at, rows, cavity


def _mixed(alike: Alike, depth: int) -> tuple[tuple[float, ...], ...]:
    """For each strength that may hold: the strengths that the kernel of a level mixes."""
    same = {CONDITION: (alike.condition,), LEG: alike.legs}.get(depth)
    return tuple(same or (s,) for s in alike.strengths)


def _kernels(alike: Alike, depth: int) -> list[Floats]:
    """Of each level its kernels, strengths x 256 x 256."""
    return [np.stack([kernel(mixed) for mixed in _mixed(alike, d)]) for d in range(depth)]


def _through(mass: Floats, K: Floats) -> Floats:
    """mass (strengths x R x 256) times each strength's matrix, row by row.

    One product of whole matrices would wake the threads of the linear algebra library, which costs far more than the
    product itself where a machine is shared, and lets the last digits depend on how many there are.
    """
    return np.asarray((mass[:, :, None, :] @ K[:, None])[:, :, 0])


def _averaged(mass: Floats, strength: Floats) -> tuple[Floats, Floats]:
    """Mean and variance of theta over the grid and over the strengths, for masses strengths x R x 256."""
    first, second = moments(mass)
    mean = strength @ first
    return mean, strength @ second - mean**2


def _normal(mass: Floats) -> Floats:
    return np.asarray(mass / np.maximum(mass.sum(-1, keepdims=True), _TINY))


def _pick_roots(belief: Floats, u: Floats) -> Ints:
    """Grid points of the roots (k x N_0) from their beliefs (N_0 x 256)."""
    rows = np.cumsum(belief, -1)
    return np.stack([np.searchsorted(r / r[-1], u[:, n], side="right") for n, r in enumerate(rows)], 1).clip(max=G - 1)


def _pick(kernel: Floats, like: Floats, above: Ints, u: Floats) -> Ints:
    """Grid points (k x n) from `kernel[above] * like`, building each distinct row once."""
    key = above + G * np.arange(len(like))
    used = np.zeros(G * len(like), bool)
    used[key] = True
    distinct = np.flatnonzero(used)
    place = np.cumsum(used) - 1
    rows = np.cumsum(kernel[distinct % G] * like[distinct // G], -1)
    rows = rows / rows[:, -1:] + np.arange(len(rows))[:, None]
    at = place[key]
    return np.asarray(np.searchsorted(rows.ravel(), at + u, side="right") - G * at, np.int32)


def theta(point: NDArray[np.int16]) -> Floats:
    """The dangers that grid points stand for."""
    return np.asarray(THETA[point])
