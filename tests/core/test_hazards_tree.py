"""Inference in the tree: against a plain twin, conjugate answers, a million weighted draws, and its own draws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.hazards.grid import LOG_REST, LOG_THETA, THETA, beta_mass, beta_of, kernel, sample_size
from waystation.hazards.messages import Split, infer, theta
from waystation.hazards.model import Evidence, Tree, nothing, tree_of, with_factors
from waystation.network.defaults import Alike

ALIKE = Alike((1.0, 4.0, 16.0), 2.0, (1.0, 8.0))
FOUR = Alike.everywhere(4.0)
STRATA = np.array([[0, 0, 0, 0, 0, -1], [0, 0, 0, 0, 1, -1], [0, 0, 0, 0, 1, 7], [0, 1, 0, 0, 0, -1], [0, 1, 1, 0, 2, -1],
                   [3, 0, 0, 1, 0, -1]])


def counts(tree: Tree, seen: dict[tuple[int, int], tuple[float, float]], silent=()) -> Evidence:
    """Evidence from {(level, node): (y, n)} and silent (level, node, alpha, beta)."""
    nodes, logs = [], []
    for level in range(tree.depth):
        ids = sorted({n for d, n in seen if d == level} | {n for d, n, _, _ in silent if d == level})
        log = np.zeros((len(ids), len(THETA)))
        for i, n in enumerate(ids):
            y, trials = seen.get((level, n), (0, 0))
            log[i] = y * LOG_THETA + (trials - y) * LOG_REST
            for d, m, alpha, beta in silent:
                if (d, m) == (level, n):
                    log[i] += np.log(alpha * THETA + beta * (1 - THETA))
        nodes.append(np.array(ids, np.intp))
        logs.append(log)
    return Evidence(tuple(nodes), tuple(logs))


def prior(tree: Tree, mean: float = 0.05, events: float = 2.0) -> np.ndarray:
    a, b = beta_of(np.full(len(tree.key[0]), mean), events)
    return beta_mass(a, b)


def plain(tree: Tree, known: Evidence, root: np.ndarray, alike: Alike):
    """The slow twin: every node's belief by a recursion that starts anew for each node. Means and variances by level."""
    K = {(d, s): kernel((alike.condition,) if d == 1 else alike.legs if d == 5 else (strength,))
         for d in range(1, 6) for s, strength in enumerate(alike.strengths)}
    strengths = alike.strengths
    own = {(d, int(n)): known.log[d][i] for d in range(tree.depth) for i, n in enumerate(known.node[d])}
    children = {(d, n): [(d + 1, int(c)) for c in np.flatnonzero(tree.parent[d + 1] == n)] if d + 1 < tree.depth else []
                for d in range(tree.depth) for n in range(len(tree.key[d]))}

    def under(v, s, but=None):
        like = np.exp(own.get(v, 0.0 * THETA))
        for c in children[v]:
            if c != but:
                like = like * (K[c[0], s] @ under(c, s))
        return like

    def above(v, s):
        d, n = v
        if d == 0:
            return root[n]
        p = (d - 1, int(tree.parent[d][n]))
        return (above(p, s) * under(p, s, but=v)) @ K[d, s]

    evidence = np.array([np.prod([root[n] @ under((0, n), s) for n in range(len(root))]) for s in range(len(strengths))])
    weight = evidence / evidence.sum()
    mean, variance = [], []
    for d in range(tree.depth):
        beliefs = np.array([[above((d, n), s) * under((d, n), s) for n in range(len(tree.key[d]))] for s in range(len(strengths))])
        beliefs = np.einsum("s,snG->nG", weight, beliefs / beliefs.sum(-1, keepdims=True))
        mean.append(beliefs @ THETA)
        variance.append(beliefs @ THETA**2 - mean[-1] ** 2)
    return weight, mean, variance


@given(st.integers(0, 1000))
@settings(max_examples=12)
def test_messages_are_the_plain_recursion(seed):
    rng = np.random.default_rng(seed)
    tree, _, _ = tree_of(STRATA)
    every = [(d, n) for d in range(tree.depth) for n in range(len(tree.key[d]))]
    some = [every[i] for i in rng.choice(len(every), 6, replace=False)]
    seen = {v: (float(rng.integers(0, 3)), float(rng.integers(3, 40))) for v in some[:4]}
    silent = [(*v, 0.6, 0.1) for v in some[3:]]
    known = counts(tree, seen, silent)
    found = infer(tree, known, prior(tree), ALIKE)
    weight, mean, variance = plain(tree, known, prior(tree), ALIKE)
    assert found.strength == pytest.approx(weight, abs=1e-12)
    for d in range(tree.depth):
        assert found.mean[d] == pytest.approx(mean[d], rel=1e-11)
        assert found.variance[d] == pytest.approx(variance[d], rel=1e-8)


def test_without_evidence_everything_is_the_prior():
    tree, _, _ = tree_of(STRATA)
    found = infer(tree, nothing(tree), prior(tree), ALIKE)
    assert found.strength == pytest.approx([1 / 3] * 3)
    assert [m.min() for m in found.mean] == pytest.approx([0.05] * 6, rel=2e-3)
    assert [m.max() for m in found.mean] == pytest.approx([0.05] * 6, rel=2e-3)
    spread = [float(v.mean()) for v in found.variance]
    assert spread == sorted(spread)  # each level down is less certain
    assert all(np.array_equal(a, b) for a, b in zip(found.mean, found.cavity_mean, strict=True))


ONE = Tree((np.array([[0]], np.int32),), (np.zeros(1, np.int32),))


@pytest.mark.parametrize(("mean", "events", "y", "n", "close"), [
    (0.05, 2.0, 3, 60, 1e-3), (0.05, 2.0, 0, 20, 1e-3), (0.02, 4.0, 2.5, 110.25, 1e-3), (0.3, 1.0, 10, 20, 1e-3),
    (0.02, 1.0, 0, 300, 3e-3), (0.005, 2.0, 1, 150, 3e-3), (0.5, 1.0, 30, 40, 1e-3)])
def test_one_level_is_the_conjugate_answer(mean, events, y, n, close):
    a, b = (float(x) for x in beta_of(np.array(mean), events))
    found = infer(ONE, counts(ONE, {(0, 0): (y, n)}), prior(ONE, mean, events), FOUR)
    exact = (a + y) / (a + b + n)
    assert found.mean[0][0] == pytest.approx(exact, rel=close)
    assert np.sqrt(found.variance[0][0]) == pytest.approx(np.sqrt(exact * (1 - exact) / (a + b + n + 1)), rel=5e-3)


@pytest.mark.parametrize(("events", "n"), [(2.0, 40), (1.0, 10), (4.0, 200)])
def test_the_prior_s_share_of_one_level_is_kappa_over_kappa_plus_n(events, n):
    found = infer(ONE, counts(ONE, {(0, 0): (0.05 * n, n)}), prior(ONE, 0.05, events), FOUR)
    before = infer(ONE, nothing(ONE), prior(ONE, 0.05, events), FOUR)
    everything = sample_size(found.mean[0], found.variance[0])[0]
    kappa = 20 * events
    assert sample_size(before.mean[0], before.variance[0])[0] / everything == pytest.approx(kappa / (kappa + n), abs=2e-3)
    cavity = sample_size(found.cavity_mean[0], found.cavity_variance[0])[0]
    assert cavity == pytest.approx(kappa, rel=2e-3)  # its own data removed, the prior is left


def test_a_million_weighted_draws_agree_with_censoring():
    """Importance sampling from the model's own prior, continuous, with fractional counts and silent parties."""
    strata = np.array([[0, 0, 0, 0, 0, -1], [0, 1, 0, 0, 0, -1]])
    tree, _, _ = tree_of(strata)
    rng, k, s = np.random.default_rng(1), 1_000_000, 4.0
    known = counts(tree, {(1, 0): (1.5, 30.0), (0, 0): (1.0, 12.0)}, [(1, 0, 0.7, 0.2), (1, 1, 0.55, 0.05), (1, 1, 0.9, 0.6)])
    found = infer(tree, known, prior(tree), Alike.everywhere(s))
    root = rng.beta(2, 38, k)
    left, right = (rng.beta(*beta_of(root, s)) for _ in range(2))
    weight = root * (1 - root) ** 11 * left**1.5 * (1 - left) ** 28.5 * (0.7 * left + 0.2 * (1 - left))
    weight *= (0.55 * right + 0.05 * (1 - right)) * (0.9 * right + 0.6 * (1 - right))
    weight /= weight.sum()
    for mean, drawn in ((found.mean[0][0], root), (found.mean[1][0], left), (found.mean[1][1], right)):
        estimate = weight @ drawn
        se = np.sqrt(weight**2 @ (drawn - estimate) ** 2)
        assert abs(mean - estimate) < 4 * se + 3e-4 * estimate


def test_the_strength_is_learnt_from_how_alike_the_children_are():
    """Of countries; how different conditions or legs are says nothing of it: theirs are stated."""
    tree, _, _ = tree_of(np.array([[0, 0, c, 0, 0, -1] for c in range(6)]))
    learnt = [infer(tree, counts(tree, {(2, c): seen for c, seen in enumerate(six)}), prior(tree), ALIKE).strength
              for six in ([(5, 100)] * 6, [(0, 100), (30, 100)] * 3)]
    assert learnt[0][2] > 0.6 and learnt[1][0] > 0.9
    tree, _, _ = tree_of(np.array([[0, c, 0, 0, 0, -1] for c in range(6)]))
    found = infer(tree, counts(tree, {(1, c): (30 * (c % 2), 100) for c in range(6)}), prior(tree), ALIKE)
    assert found.strength == pytest.approx([1 / 3] * 3)


def test_a_leg_that_is_unlike_its_area_is_believed_sooner_than_an_area_that_is_unlike_its_country():
    """Three of ten lost, where relatives lose one in fifty: on one leg in many that is not rare."""
    strata = np.array([[0, 0, 0, 0, 0, leg] for leg in range(6)])
    tree, _, _ = tree_of(strata)
    known = counts(tree, {(5, 0): (3, 10), **{(5, leg): (2, 100) for leg in range(1, 6)}})
    mixed, same = (infer(tree, known, prior(tree), Alike((8.0,), 1.0, legs)).mean[5][0] for legs in ((1.0, 2.0, 4.0, 8.0, 16.0), (8.0,)))
    assert mixed > 1.5 * same


def test_a_node_without_data_drifts_to_its_parent_and_never_to_zero():
    tree, _, _ = tree_of(np.array([[0, 0, 0, 0, 0, -1], [0, 1, 0, 0, 0, -1]]))
    found = infer(tree, counts(tree, {(1, 0): (20, 100)}), prior(tree), Alike.everywhere(8.0))
    assert found.mean[1][1] == pytest.approx(found.mean[0][0], rel=2e-3)
    assert found.variance[1][1] > found.variance[0][0]


@given(st.integers(0, 500))
@settings(max_examples=10)
def test_more_losses_raise_every_danger_and_arrivals_lower_it(seed):
    rng = np.random.default_rng(seed)
    tree, _, _ = tree_of(STRATA[:5])
    n, y = float(rng.integers(5, 60)), float(rng.integers(0, 3))
    base, more, safe = (infer(tree, counts(tree, {(4, 0): c}), prior(tree), FOUR) for c in ((y, n), (y + 1, n), (y, n + 5)))
    for d in range(tree.depth):
        assert (more.mean[d] > base.mean[d]).all() and (safe.mean[d] < base.mean[d]).all()


def test_two_experts_are_a_mixture_and_not_a_product():
    tree, _, _ = tree_of(np.array([[0, 0, 0, 0, 0, -1]]))
    low, high = (beta_mass(*beta_of(np.array([m]), 4.0))[0] for m in (0.01, 0.2))
    wide = infer(tree, with_factors(tree, nothing(tree), {(1, 0): (low + high) / 2}), prior(tree), Alike.everywhere(16.0))
    both = infer(tree, with_factors(tree, with_factors(tree, nothing(tree), {(1, 0): low}), {(1, 0): high}), prior(tree), Alike.everywhere(16.0))
    assert wide.variance[1][0] > 2 * both.variance[1][0]


# -------------------------------------------------------------------------------------------------------------- draws


def drawn(found: Split, k: int, seed: int = 1) -> list[np.ndarray]:
    return [theta(points) for points in found.draw(k, np.random.default_rng(seed))]


def test_joint_draws_have_the_beliefs_means_and_spreads():
    tree, _, _ = tree_of(STRATA)
    known = counts(tree, {(4, 0): (2, 30), (5, 0): (0, 25), (1, 1): (3, 40)}, [(4, 2, 0.6, 0.1)])
    found, k = infer(tree, known, prior(tree), ALIKE), 40_000
    for d, values in enumerate(drawn(found, k)):
        sd = np.sqrt(found.variance[d])
        assert (np.abs(values.mean(0) - found.mean[d]) < 4.5 * sd / np.sqrt(k)).all()
        assert values.std(0) == pytest.approx(sd, rel=0.06)


def test_strata_that_share_a_parent_are_correlated_as_they_must_be():
    """Two children of which nothing is known: their covariance is the variance of their parent, by total covariance."""
    tree, _, _ = tree_of(np.array([[0, 0, 0, 0, 0, -1], [0, 1, 0, 0, 0, -1], [3, 0, 0, 0, 0, -1]]))
    found = infer(tree, counts(tree, {(0, 0): (3, 60), (0, 1): (3, 60)}), prior(tree), FOUR)
    children = drawn(found, 100_000)[1]
    covariance = np.cov(children.T)
    assert covariance[0, 1] == pytest.approx(found.variance[0][0], rel=0.05)
    assert abs(covariance[0, 2]) < 0.05 * covariance[0, 1]  # another mode is another tree


def test_siblings_with_data_are_jointly_exact():
    """E[left * right] of the draws against the sum over the grid."""
    tree, _, _ = tree_of(np.array([[0, 0, 0, 0, 0, -1], [0, 1, 0, 0, 0, -1]]))
    known = counts(tree, {(1, 0): (2, 20), (1, 1): (0, 30)})
    found, k, K = infer(tree, known, prior(tree), Alike.everywhere(2.0)), 100_000, kernel((2.0,))
    left, right = (np.exp(known.log[1][i]) for i in (0, 1))
    joint = prior(tree)[0] * (K @ left) * (K @ right)
    product = joint * (K @ (left * THETA)) / (K @ left) * (K @ (right * THETA)) / (K @ right)
    values = drawn(found, k)[1].prod(-1)
    assert abs(values.mean() - product.sum() / joint.sum()) < 4.5 * values.std() / np.sqrt(k)


def test_draws_are_fixed_by_the_seed_alone(monkeypatch):
    tree, _, _ = tree_of(STRATA)
    found = infer(tree, counts(tree, {(4, n): (1, 20) for n in range(4)}), prior(tree), ALIKE)
    first = drawn(found, 300, 5)
    assert all(np.array_equal(a, b) for a, b in zip(first, drawn(found, 300, 5), strict=True))
    monkeypatch.setattr("waystation.hazards.messages._ROWS", 256)  # in small pieces
    assert all(np.array_equal(a, b) for a, b in zip(first, drawn(found, 300, 5), strict=True))
