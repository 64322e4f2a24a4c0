"""The grid of dangers and the Betas on it, against answers known exactly."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waystation.hazards.experts import beta_through
from waystation.hazards.grid import (
    LOGIT,
    THETA,
    WIDTH,
    G,
    beta_mass,
    beta_of,
    child,
    kernel,
    moments,
    sample_size,
)

STRENGTHS = (1.0, 2.0, 4.0, 8.0, 16.0)


def exact_cdf(a: int, b: int, x: float) -> float:
    """Beta(a, b) for whole a, b: the chance of at least a successes in a + b - 1 trials."""
    n = a + b - 1
    return 1 - math.fsum(math.comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a))


def test_the_grid_is_even_in_logit_from_1e_5_to_95_percent():
    assert (len(THETA), THETA[0], THETA[-1]) == (256, pytest.approx(1e-5), pytest.approx(0.95))
    assert np.allclose(np.diff(LOGIT), WIDTH)


@pytest.mark.parametrize(("a", "b"), [(1, 1), (1, 99), (2, 38), (4, 6), (8, 3), (16, 784)])
def test_cell_masses_are_those_of_the_beta(a, b):
    mass = beta_mass(np.array([float(a)]), np.array([float(b)]))[0]
    edges = 1 / (1 + np.exp(-(LOGIT + WIDTH / 2)))
    for g in (0, 60, 150, 200, 230, 254):
        assert mass[: g + 1].sum() == pytest.approx(exact_cdf(a, b, float(edges[g])), abs=2e-5)
    assert mass.sum() == pytest.approx(1, abs=1e-14)


@pytest.mark.parametrize(("a", "b", "close"), [(0.5, 9.5, 1e-3), (1, 99, 1e-3), (2, 38, 1e-3), (4, 6, 1e-3), (40, 60, 1e-3),
                                               (2, 398, 3e-3), (10, 990, 1e-3)])
def test_mean_and_spread_on_the_grid_are_the_conjugate_ones(a, b, close):
    mean, second = moments(beta_mass(np.array([float(a)]), np.array([float(b)])))
    exact = a / (a + b)
    assert mean[0] == pytest.approx(exact, rel=close)
    sd = math.sqrt(exact * (1 - exact) / (a + b + 1))
    assert math.sqrt(second[0] - mean[0] ** 2) == pytest.approx(sd, rel=4e-3)


@pytest.mark.parametrize(("s", "low", "high"), [(1, 0.05, 3.0), (2, 0.18, 2.4), (4, 0.34, 2.0), (8, 0.50, 1.6)])
def test_a_child_lies_within_these_multiples_of_its_parent_in_9_of_10_cases(s, low, high):
    g = int(np.abs(THETA - 0.02).argmin())
    row = np.cumsum(kernel((float(s),))[g])
    inside = THETA[np.searchsorted(row, [0.05, 0.95])] / THETA[g]
    assert inside == pytest.approx([low, high], rel=0.08)


def test_children_have_their_parent_s_mean():
    K = np.stack([kernel((s,)) for s in STRENGTHS] + [kernel(STRENGTHS)])
    away_from_the_ends = slice(120, 188)  # 0.9 % to 30 %: above, the last cell absorbs what lies beyond 95 %
    assert np.abs((K @ THETA)[:, away_from_the_ends] / THETA[away_from_the_ends] - 1).max() < 1e-3


def test_kernels_are_computed_once_and_cannot_be_changed():
    assert kernel(STRENGTHS) is kernel(STRENGTHS) and kernel(STRENGTHS).shape == (G, G)
    with pytest.raises(ValueError, match="read-only"):
        kernel(STRENGTHS)[0, 0] = 1.0


def test_a_child_of_several_strengths_is_each_of_them_equally_often():
    """So that far from its parent it is not rare: one strength of the same spread says it hardly ever is."""
    assert np.allclose(kernel(STRENGTHS), np.mean([kernel((s,)) for s in STRENGTHS], axis=0), atol=1e-15)
    g = int(np.abs(THETA - 0.02).argmin())
    second = np.array([moments(kernel(one)[g])[1] for one in (STRENGTHS, (3.0,), (2.0,))])
    assert second[1] < second[0] < second[2]
    far = 5 * THETA[g] < THETA
    assert kernel(STRENGTHS)[g, far].sum() > 3 * kernel((3.0,))[g, far].sum()


def test_children_are_drawn_by_the_inverse_of_their_parent_s_row():
    generator = np.random.default_rng(1)
    above, u = generator.integers(0, G, (400, 30)).astype(np.int32), generator.random((400, 30))
    u.flat[:4] = [0.0, 1 - 2**-53, 0.5, 1e-300]
    found = child((4.0,), above, u)
    rows = np.cumsum(kernel((4.0,)), -1)
    plain = [[np.searchsorted(rows[a] / rows[a, -1], x, side="right") for a, x in zip(*pair, strict=True)]
             for pair in zip(above, u, strict=True)]
    assert np.array_equal(found, plain) and found.max() < G


def test_events_count_the_rarer_kind():
    assert [float(x) for x in beta_of(np.array(0.02), 4)] == pytest.approx([4, 196])
    assert [float(x) for x in beta_of(np.array(0.9), 4)] == pytest.approx([36, 4])
    assert [float(x) for x in beta_of(np.array(0.5), 4)] == [4, 4]


def test_sample_size_of_a_beta_is_a_plus_b():
    a, b = 3.0, 57.0
    mean, variance = a / (a + b), a * b / ((a + b) ** 2 * (a + b + 1))
    assert float(sample_size(np.array(mean), np.array(variance))) == pytest.approx(60)


@given(st.integers(1, 12), st.integers(1, 300))
def test_a_beta_is_found_from_its_median_and_95_percent_point(a, b):
    def quantile(q: float) -> float:
        low, high = 0.0, 1.0
        for _ in range(50):
            middle = (low + high) / 2
            low, high = (middle, high) if exact_cdf(a, b, middle) < q else (low, middle)
        return low

    assert beta_through(quantile(0.5), quantile(0.95)) == pytest.approx((a, b), rel=1e-6)


@pytest.mark.parametrize(("median", "upper"), [(0.0, 0.1), (0.2, 0.1), (0.1, 1.0), (0.1, 0.1)])
def test_numbers_out_of_order_are_an_error(median, upper):
    with pytest.raises(ValueError, match="95 % point"):
        beta_through(median, upper)


def test_numbers_that_no_beta_has_are_an_error():
    with pytest.raises(ValueError, match="no Beta"):
        beta_through(1e-12, 0.999)
