"""Condition chains: what they tend to, what they forget, and how draws respect what was stated once."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waystation.network.build import network_of
from waystation.network.conditions import (
    draw_chains,
    forecast,
    from_durations,
    half_life_h,
    powers,
    season_index,
    second_eigenvalue,
    stationary,
    stationary_within,
    with_half_life,
)
from waystation.network.rows import ChainRow, Season
from worlds.little import little_book

TWO = np.array([[0.9, 0.1], [0.3, 0.7]])  # tends to (3/4, 1/4); lambda_2 = 0.6


def random_chain(seed: int, C: int) -> np.ndarray:
    rows = np.random.default_rng(seed).gamma(0.7, size=(C, C)) + 1e-3 + 2 * np.eye(C)
    return rows / rows.sum(-1, keepdims=True)


@given(st.integers(0, 10_000), st.integers(1, 6))
def test_the_stationary_distribution_is_left_alone(seed, C):
    P = random_chain(seed, C)
    pi = stationary(P)
    assert abs(pi.sum() - 1) < 1e-14 and (pi >= 0).all()
    assert np.abs(pi @ P - pi).max() < 1e-14


def test_stationary_of_many_chains_at_once_is_that_of_each():
    many = np.stack([[random_chain(10 * i + j, 4) for j in range(3)] for i in range(2)])
    each = [[stationary(P) for P in row] for row in many]
    assert np.array_equal(stationary(many), np.array(each))


def test_a_chain_that_falls_apart_gets_the_weights_reached_from_a_uniform_start():
    apart = np.array([[0.5, 0.5, 0, 0], [0.5, 0.5, 0, 0], [0, 0, 1.0, 0], [0, 0, 1.0, 0]])
    assert np.allclose(stationary(apart), [0.25, 0.25, 0.5, 0], atol=1e-15)
    absorbing = np.array([[0.9, 0.1], [0.0, 1.0]])
    assert np.allclose(stationary(absorbing), [0, 1], atol=1e-15)


def test_conditions_that_do_not_occur_have_no_weight():
    P = np.eye(3)
    P[np.ix_([0, 2], [0, 2])] = TWO
    assert np.allclose(stationary_within(P, np.array([True, False, True])), [0.75, 0, 0.25], atol=1e-15)


def test_powers_are_repeated_products():
    chain = np.stack([[random_chain(1, 3), random_chain(2, 3)]])
    found = powers(chain, 5)
    assert found.shape == (1, 2, 6, 3, 3)
    for d in range(6):
        assert np.allclose(found[0, 1, d], np.linalg.matrix_power(chain[0, 1], d), atol=1e-15)


def test_a_forecast_follows_the_chain_of_each_step_s_season():
    chain = np.stack([[random_chain(1, 3), random_chain(2, 3)], [random_chain(3, 3), random_chain(4, 3)]])  # S x A
    p, seasons = np.array([[1.0, 0, 0], [0.2, 0.3, 0.5]]), np.array([0, 0, 1, 0], np.uint8)
    found = forecast(p, chain, seasons)
    by_hand = p[1] @ chain[0, 1] @ chain[0, 1] @ chain[1, 1] @ chain[0, 1]
    assert found.shape == (5, 2, 3)
    assert np.allclose(found[4, 1], by_hand, atol=1e-15) and np.array_equal(found[0], p)
    assert np.allclose(found.sum(-1), 1, atol=1e-14)


def test_a_forecast_carries_draws_along():
    chains = np.stack([np.stack([[random_chain(i, 2)]]) for i in range(3)])  # k x S x A x C x C
    p = np.tile([[0.5, 0.5]], (3, 1, 1))
    found = forecast(p, chains, np.zeros(4, np.uint8))
    assert found.shape == (3, 5, 1, 2)
    assert np.allclose(found[2], forecast(p[2], chains[2], np.zeros(4, np.uint8)), atol=1e-15)


def test_half_life_and_second_eigenvalue_say_the_same():
    assert second_eigenvalue(TWO) == pytest.approx(0.6, abs=1e-14)
    hours = half_life_h(TWO, 12)
    assert 0.6 ** (hours / 12) == pytest.approx(0.5, abs=1e-14)
    assert half_life_h(np.eye(2), 12) == math.inf
    assert half_life_h(np.full((2, 2), 0.5), 12) == 0.0
    assert half_life_h(np.ones((1, 1)), 12) == 0.0


@given(st.integers(0, 5_000), st.integers(2, 5), st.floats(1, 50))
def test_a_chain_can_be_slowed_to_a_half_life_and_keeps_its_long_run_shares(seed, C, slower):
    P = random_chain(seed, C)
    hours = slower * half_life_h(P, 12)
    slowed = with_half_life(P, hours, step_hours=12)
    assert half_life_h(slowed, 12) == pytest.approx(hours, rel=1e-8)
    assert np.allclose(stationary(slowed), stationary(P), atol=1e-10)
    assert (slowed >= -1e-15).all() and np.allclose(slowed.sum(-1), 1, atol=1e-13)


def test_what_cannot_be_forgotten_so_fast_is_refused():
    three = np.array([[0.98, 0.02, 0], [0.5, 0, 0.5], [0, 0.02, 0.98]])  # the middle already changes at every step
    with pytest.raises(ValueError, match="forgotten so fast"):
        with_half_life(three, 1.0, step_hours=12)


def test_a_chain_from_how_long_conditions_last():
    goes = np.array([[0, 0.8, 0.2], [0.5, 0, 0.5], [0, 1, 0]])
    P = from_durations(np.array([20.0, 4.0, 1.0]), goes)
    assert np.allclose(P, [[0.95, 0.04, 0.01], [0.125, 0.75, 0.125], [0, 1, 0]], atol=1e-15)
    with pytest.raises(ValueError, match="at least one step"):
        from_durations(np.array([0.5, 4.0]), np.array([[0, 1.0], [1.0, 0]]))


def test_seasons_wrap_over_the_new_year():
    seasons = (Season("dry", 11, 4), Season("wet", 5, 10))
    assert [season_index(seasons, month) for month in (12, 1, 4, 5, 10, 11)] == [0, 0, 0, 1, 1, 0]
    with pytest.raises(ValueError, match="every month"):
        season_index(seasons[:1], 6)


def drawn_book(*rows: ChainRow):
    return network_of(little_book(chains=rows))


def row(scope: str, start: str, share: float, strength: float = 4.0) -> tuple[ChainRow, ChainRow]:
    other = "alert" if start == "calm" else "calm"
    return ChainRow(scope, start, start, share, strength), ChainRow(scope, start, other, 1 - share, strength)


def test_drawn_rows_have_the_moments_of_their_dirichlet():
    net = drawn_book(*row("TH", "calm", 0.9, 9.0), *row("TH", "alert", 0.6, 2.0), *row("LA", "calm", 1.0, 4.0),
                     *row("LA", "alert", 0.5, 4.0))
    drawn = draw_chains(net, 40_000, np.random.default_rng(1))
    assert drawn.shape == (40_000, 1, 3, 2, 2)
    assert np.allclose(drawn.sum(-1), 1, atol=1e-12)
    mean, sd = drawn.mean(0), drawn.std(0)
    for c, share, strength in ((0, 0.9, 9.0), (1, 0.4, 2.0)):
        exact = math.sqrt(share * (1 - share) / (strength + 1))
        assert abs(mean[0, 0, c, 0] - share) < 4 * exact / 200
        assert abs(sd[0, 0, c, 0] - exact) < 0.02 * exact
    assert (drawn[:, 0, 1, 0, 1] == 0).all()  # a share of 0 stays 0


def test_one_statement_is_one_draw():
    net = drawn_book(*row("TH", "calm", 0.9), *row("TH", "alert", 0.6), *row("LA", "calm", 0.9), *row("LA", "alert", 0.6),
                     *row("END", "alert", 0.6))
    drawn = draw_chains(net, 50, np.random.default_rng(1))[:, 0]
    near, far, end = drawn[:, 0], drawn[:, 1], drawn[:, 2]
    assert np.array_equal(far[:, 0], end[:, 0])  # both from what was said of LA
    assert not np.allclose(far[:, 1], end[:, 1])  # END has a row of its own for alert
    assert not np.allclose(near[:, 0], far[:, 0])  # two statements, though with the same numbers


def test_seasons_that_share_a_statement_share_the_draw():
    book = little_book()
    book = replace(book, book=replace(book.book, seasons=(Season("dry", 11, 4), Season("wet", 5, 10))),
                   chains=(*row("TH", "calm", 0.9), *row("TH", "alert", 0.6), *row("LA", "calm", 0.9),
                           *row("LA", "alert", 0.6), ChainRow("TH", "calm", "calm", 0.5, 4.0, "wet"),
                           ChainRow("TH", "calm", "alert", 0.5, 4.0, "wet")))
    drawn = draw_chains(network_of(book), 50, np.random.default_rng(1))
    assert np.array_equal(drawn[:, 0, 0, 1], drawn[:, 1, 0, 1])
    assert not np.allclose(drawn[:, 0, 0, 0], drawn[:, 1, 0, 0])


def test_draws_survive_strengths_that_underflow():
    net = drawn_book(*row("TH", "calm", 0.9, 1e-4), *row("TH", "alert", 0.6, 1e-4), *row("LA", "calm", 0.9, 1e-4),
                     *row("LA", "alert", 0.6, 1e-4))
    drawn = draw_chains(net, 5_000, np.random.default_rng(1))
    assert np.isfinite(drawn).all() and np.allclose(drawn.sum(-1), 1)
    assert abs((drawn[:, 0, 0, 0, 0] > 0.5).mean() - 0.9) < 0.02  # nearly always all on one side, in the stated shares


def test_the_same_seed_gives_the_same_chains():
    net = network_of(little_book())
    assert np.array_equal(draw_chains(net, 3, np.random.default_rng(5)), draw_chains(net, 3, np.random.default_rng(5)))
