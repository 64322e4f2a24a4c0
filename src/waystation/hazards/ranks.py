"""Does the inference mean what it says? Simulation-based calibration (Talts et al., arXiv 1804.06788).

Draw a strength and all dangers from the model, let parties travel and fall silent as the model says, learn from what
is reported, and count how many of 99 draws from the belief lie below the true danger. If the inference is right, that
rank is uniform on 0..99 for every stratum, whatever the data. Dangers live on a grid, so ties are broken by chance.
"""

import numpy as np

from waystation.hazards.grid import LOG_REST, LOG_THETA, LOGIT, THETA, WIDTH, G, beta_mass, beta_of
from waystation.hazards.messages import infer
from waystation.hazards.model import CONDITION, LEG, Evidence, Tree
from waystation.hazards.outcomes import reported_by
from waystation.network.defaults import DEFAULTS, Alike, Defaults, Vague
from waystation.network.network import Floats, Ints

_LONGEST_H = 3000.0  # a party was last heard of up to so long ago


def ranks(
    tree: Tree, trials: tuple[Ints, ...], *, runs: int, rng: np.random.Generator, root: Vague, draws: int = 99,
    believed: Vague | None = None, defaults: Defaults = DEFAULTS,
) -> Ints:
    """Ranks 0..draws of every node's true danger, runs x nodes (level by level), with `trials[d][v]` parties at node
    v. With `believed`, who learns holds another prior of the root than the one that dangers are drawn from.

    >>> from waystation.hazards.model import tree_of
    >>> tree, _, _ = tree_of(np.array([[0, 0, 0, 0, 0, -1]]))
    >>> trials = tuple(np.full(len(key), 5) for key in tree.key)
    >>> found = ranks(tree, trials, runs=2, rng=np.random.default_rng(1), root=Vague(0.05, 2.0))
    >>> found.shape, bool((found >= 0).all() and (found <= 99).all())
    ((2, 5), True)
    """
    held = believed or root
    a, b = beta_of(np.array([held.mean]), held.events)
    prior = np.repeat(beta_mass(a, b), len(tree.key[0]), 0)
    out = np.empty((runs, sum(len(key) for key in tree.key)), np.int32)
    for run in range(runs):
        true = _dangers(tree, root, defaults.alike, rng)
        known = Evidence(tuple(np.arange(len(t)) for t in trials),
                         tuple(_reported(t, n, rng, defaults) for t, n in zip(true, trials, strict=True)))
        drawn = infer(tree, known, prior, defaults.alike).draw(draws, rng)
        cell = _cell(np.concatenate(true))
        points = np.concatenate(drawn, 1)
        below, ties = (points < cell).sum(0), (points == cell).sum(0)
        out[run] = below + rng.integers(0, ties + 1)
    return out


def _dangers(tree: Tree, root: Vague, alike: Alike, rng: np.random.Generator) -> list[Floats]:
    """True dangers of all levels, drawn from continuous Betas and not from the grid; parents stay within its ends."""
    strength = float(rng.choice(alike.strengths))
    true = [rng.beta(*beta_of(np.full(len(tree.key[0]), root.mean), root.events))]
    for depth, parent in enumerate(tree.parent[1:], 1):
        each = rng.choice(alike.legs, len(parent)) if depth == LEG else strength
        each = alike.condition if depth == CONDITION else each
        true.append(rng.beta(*beta_of(true[-1][parent].clip(THETA[0], THETA[-1]), each)))
    return true


def _reported(true: Floats, trials: Ints, rng: np.random.Generator, defaults: Defaults) -> Floats:
    """Log likelihoods (nodes x 256) of what is heard of `trials` parties at each node."""
    log = np.zeros((len(true), G))
    for v, n in enumerate(trials.tolist()):
        lost = rng.random(n) < true[v]
        hours = rng.uniform(0, _LONGEST_H, n)
        alpha, beta = (np.array([1 - row.ever_reported * reported_by(row, u) for u in hours])
                       for row in (defaults.silence_lost, defaults.silence_ok))
        silent = rng.random(n) < np.where(lost, alpha, beta)
        log[v] = (lost & ~silent).sum() * LOG_THETA + (~lost & ~silent).sum() * LOG_REST
        log[v] += np.log(alpha[silent, None] * THETA + beta[silent, None] * (1 - THETA)).sum(0)
    return log


def _cell(true: Floats) -> Ints:
    """The grid point in whose cell a danger lies; the end cells reach to 0 and to 1."""
    x = np.log(true.clip(1e-300, 1 - 1e-16)) - np.log1p(-true.clip(1e-300, 1 - 1e-16))
    return np.asarray(np.rint((x - LOGIT[0]) / WIDTH).clip(0, G - 1), np.int32)
