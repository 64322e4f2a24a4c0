"""The month that the benchmark measures: invented, larger than any real one, the same everywhere.

200 missions in five ways each over twelve weeks, twelve areas in three countries. Budget and bad case bind in all of
them; a real month has 5 to 30 missions.
"""

from datetime import date

import numpy as np

from waystation.portfolio.missions import CLASSES, Area, Caps, Mission, Month, Variant

MISSIONS, WAYS, WEEKS, AREAS, GUIDES, HOUSES = 200, 5, 12, 12, 12, 8
SCENARIOS = 200


def stress(seed: int) -> tuple[Month, Caps]:
    """The month of a seed, and what there is for it."""
    rng = np.random.default_rng(seed)
    areas = tuple(Area(f"A{k:02}", f"X{k % 3}", int(rng.integers(20, 120))) for k in range(AREAS))
    missions = tuple(_mission(f"M{k:03}", rng) for k in range(MISSIONS))
    month = Month("Benchmark (fictional)", True, date(2030, 5, 6), WEEKS, "USD", missions, areas,
                  {f"X{k}": 30 for k in range(3)})
    caps = Caps(
        budget=250_000, guides={f"G{k:02}": (2,) * WEEKS for k in range(GUIDES)},
        houses={f"H{k}": (12,) * WEEKS for k in range(HOUSES)}, purses={}, exposure={area.code: 60 for area in areas},
        floors=dict.fromkeys(CLASSES, 30), moving=(40,) * WEEKS, sharing=20, bad_case=45_000, safety_floor=600)
    return month, caps


def _mission(code: str, rng: np.random.Generator) -> Mission:
    size = int(rng.integers(1, 7))
    ways = tuple(_variant(f"V{k}", rng) for k in range(WAYS))
    people = {name: int(rng.integers(0, size + 1)) for name in CLASSES if rng.random() < 0.25}
    return Mission(code, size, int(rng.integers(1, 6)), ways, people)


def _variant(code: str, rng: np.random.Generator) -> Variant:
    weeks = int(rng.integers(1, 5))
    leaves = int(rng.integers(1, WEEKS - weeks + 2))
    during = tuple(range(leaves, leaves + weeks))
    arrives = int(rng.integers(650, 960))
    passed = [f"A{k:02}" for k in sorted(rng.choice(AREAS, 3, replace=False).tolist())]
    return Variant(
        code=code, leaves=leaves, weeks=weeks, cost=100 * int(rng.integers(5, 60)), arrives=arrives,
        low=arrives - int(rng.integers(30, 200)), lost=int(rng.integers(10, (1000 - arrives) // 2)),
        lost_if={area: int(rng.integers(20, 250)) for area in passed},
        guides={f"G{int(rng.integers(GUIDES)):02}": during}, houses={f"H{int(rng.integers(HOUSES))}": during[:2]},
        areas=dict.fromkeys(passed, during))
