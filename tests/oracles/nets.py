"""Invented networks by seed: tiny ones with everything in them, for the tests of the solvers."""

from dataclasses import replace
from typing import Any

import numpy as np

from waystation.planning.mdp import Model


def rows(draw: np.random.Generator, *shape: int) -> np.ndarray:
    """Random probability rows along the last axis."""
    drawn = draw.gamma(0.7, 1.0, shape) + 1e-3
    return drawn / drawn.sum(-1, keepdims=True)


def draw_profiles(draw: np.random.Generator, count: int, longest: int) -> tuple[np.ndarray, np.ndarray]:
    """Ascending durations, count x 3, and weights, some of them zero."""
    durations = np.sort(draw.integers(1, longest + 1, (count, 3)), axis=1)
    weights = rows(draw, count, 3)
    for q in range(count):
        if draw.random() < 0.3:
            weights[q] = [1, 0, 0]
    return durations.astype(np.int8), weights


def draw_waits(draw: np.random.Generator, area: np.ndarray) -> np.ndarray:
    """Where a wait ends: mostly the same place, at times another of the area (a copy), at times nowhere."""
    n = len(area)
    wait_to = np.arange(n, dtype=np.int32)
    for i in range(n):
        kind = draw.random()
        if kind < 0.2:
            wait_to[i] = -1
        elif kind < 0.4:
            wait_to[i] = draw.choice(np.flatnonzero(area == area[i]))
    return wait_to


def random_model(seed: int, *, places: int = 8, steps: int = 20, conditions: int = 3, longest: int = 6,
                 budget: int = 5, penalties: bool = True, plain: bool = False, degree: int = 4) -> Model:
    """A tiny network of at most the given sizes; `plain`: one season, no windows, stationary forecast, no stay values.

    About one leg in ten loses everybody for certain, so that legs worse than stopping occur.
    """
    draw = np.random.default_rng(seed)
    n, horizon = int(draw.integers(2, places + 1)), int(draw.integers(1, steps + 1))
    areas, c = int(draw.integers(1, min(3, n) + 1)), int(draw.integers(1, conditions + 1))
    seasons = 1 if plain else int(draw.integers(1, 3))
    area = draw.integers(0, areas, n).astype(np.int32)
    goal = np.zeros(n, bool)
    goal[draw.integers(1, n, int(draw.integers(1, 3)))] = True
    counts = np.where(goal, 0, draw.integers(0, degree + 1, n))
    counts[0] = max(1, counts[0])
    ptr = np.r_[0, np.cumsum(counts)].astype(np.int32)
    legs, kinds = int(ptr[-1]), int(draw.integers(1, 4))
    prof_dur, prof_q = draw_profiles(draw, kinds, longest)
    ends = rows(draw, seasons, legs, c, 5) * [3, 1, 1, 1, 1]
    ends[:, draw.random(legs) < 0.1, :, :2] = 0
    ends /= ends.sum(-1, keepdims=True)
    stay = np.where(draw.random(n) < 0.3, draw.uniform(0, 0.4, n), 0)
    chain = rows(draw, seasons, areas, c, c)
    forecast = rows(draw, horizon + 1, areas, c)
    return Model(
        area=area, goal=goal, stay_value=np.zeros(n) if plain else stay, ptr=ptr,
        dst=draw.integers(0, n, legs).astype(np.int32),
        cost=draw.choice([0, 0, 1, 2, 3], legs).astype(np.int16),
        profile=draw.integers(0, kinds, legs).astype(np.int32), prof_dur=prof_dur, prof_q=prof_q,
        arrive=ends[..., 0], back=ends[..., 1], lost=ends[..., 2:],
        wait_to=np.arange(n, dtype=np.int32) if plain else draw_waits(draw, area),
        wait_cost=draw.choice([0, 0, 1], n).astype(np.int16), wait_loss=0.05 * draw.random((seasons, n, c, 3)),
        leg_open=np.ones((horizon, legs), bool) if plain else draw.random((horizon, legs)) < 0.8,
        chain=chain, season_of=draw.integers(0, seasons, horizon).astype(np.uint8),
        forecast=np.broadcast_to(forecast[:1], forecast.shape) if plain else forecast,
        penalty=draw.choice([0, 0.25, 1, 2], 3) if penalties else np.zeros(3),
        budget=int(draw.integers(0, budget + 1)))


def changed(model: Model, **fields: Any) -> Model:
    """A copy of `model` with some arrays replaced."""
    return replace(model, **fields)
