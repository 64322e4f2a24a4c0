"""The route book as frozen arrays: what a planner can use, before any party or hazard.

Legs are sorted inside a place by (cost, shortest duration, destination code, leg code); this order is the tie rule of
every plan. n places, A areas, C conditions, L legs, Q duration profiles, S seasons.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from waystation.network.rows import RouteBook, Season
from waystation.units import MoneyUnit

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Network:
    """Arrays of a checked route book. All are read-only."""

    book: RouteBook
    places: tuple[str, ...]  # n
    areas: tuple[str, ...]  # A
    countries: tuple[str, ...]  # A, ISO 3166-1
    conditions: tuple[str, ...]  # C
    seasons: tuple[Season, ...]  # S
    legs: tuple[str, ...]  # L, sorted by start place, then by the tie rule
    modes: tuple[str, ...]  # L
    step_hours: int
    unit: MoneyUnit
    area: Ints  # n: area of a place
    goal: NDArray[np.bool_]  # n
    stay_value: Floats  # n
    ptr: Ints  # n+1
    dst: Ints  # L
    source: Ints  # L: start place of a leg
    cost: tuple[Fraction, ...]  # L: per person, in the unit's currency, exact
    wait_cost: tuple[Fraction, ...]  # n: per person and step
    profile: Ints  # L: row of the two tables below
    prof_hours: Floats  # Q x 3, ascending
    prof_q: Floats  # Q x 3, rows sum to 1
    chain: Floats  # S x A x C x C: mean one-step condition chain; rows sum to 1
    chain_strength: Floats  # S x A x C: Dirichlet strength of a row
    occurs: NDArray[np.bool_]  # A x C: whether the condition exists in the area

    def fingerprint(self) -> str:
        """BLAKE2b-128 over the arrays in declared order, as hex."""
        from hashlib import blake2b

        digest = blake2b(digest_size=16)
        for text in (self.places, self.areas, self.countries, self.conditions, self.legs, self.modes):
            digest.update("\x1f".join(text).encode() + b"\x1e")
        digest.update(repr((self.step_hours, self.unit, self.cost, self.wait_cost)).encode())
        for array in (self.area, self.goal, self.stay_value, self.ptr, self.dst, self.profile, self.prof_hours,
                      self.prof_q, self.chain, self.chain_strength, self.occurs):
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()
