"""Many what-ifs at once: every change, for every party, in many possible worlds, in pieces that stand by themselves.

A piece is a change, a party and some of the worlds. Its worlds are drawn from a seed of its own, which depends on the
ensemble's seed and on which worlds they are, and on nothing else: not on who computes it, nor on what was computed
before. So the pieces can be made in any order, by any number of workers, and are the same.
"""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from waystation.network.changing import Change, both_of, times_of
from waystation.network.rows import RouteBook
from waystation.party import Party, Terms
from waystation.planning.plan import Plan, solved
from waystation.planning.results import Knowledge, Refused
from waystation.planning.uncertainty import worlds
from waystation.planning.what_if import MEASURES, SPEAKS, Lived, Times, both_settings, known_of, live, nobody

PIECE = 50        # worlds of a piece
ASSESSED = 400    # worlds over which the state of knowledge is judged, once for a change and a party
NUMBERS = tuple(f"{measure}_{side}" for side in ("before", "after") for measure in MEASURES)


@dataclass(frozen=True, slots=True)
class Ensemble:
    """What is asked. `parties` with their terms."""

    book: RouteBook
    changes: tuple[Change, ...]
    parties: tuple[tuple[Party, Terms], ...]
    now: datetime
    worlds: int
    seed: int


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the work: which change, which party, which worlds."""

    number: int
    change: int
    party: int
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class Both:
    """A change and a party, solved on both sides; `known` says whether any number may leave."""

    made: tuple[Plan | Refused, Plan | Refused]
    times: Times
    known: Knowledge


def pieces(asked: Ensemble) -> tuple[Piece, ...]:
    """The work, in the order of the result."""
    found = [(change, party, first, count) for change in range(len(asked.changes))
             for party in range(len(asked.parties)) for first, count in cut(asked.worlds)]
    return tuple(Piece(number, *one) for number, one in enumerate(found))


def cut(worlds_: int) -> list[tuple[int, int]]:
    """First world and count of each piece of so many.

    >>> cut(120)
    [(0, 50), (50, 50), (100, 20)]
    """
    return [(first, min(PIECE, worlds_ - first)) for first in range(0, worlds_, PIECE)]


def both(asked: Ensemble, change: int, party: int) -> Both:
    """Solve one change for one party: the same for each of its pieces. Raises `InvalidTerms`, `InvalidChange`."""
    who, terms = asked.parties[party]
    told = asked.changes[change]
    sides = both_settings(asked.book, told, who, terms, now=asked.now)
    before, after = (one if isinstance(one, Refused) else solved(*one) for one in sides)
    plans = [one for one in (before, after) if isinstance(one, Plan)]
    known = Knowledge.UNKNOWN
    if plans:
        known, _ = known_of(plans, worlds(plans[-1].setting, plans[-1].posterior, draws=ASSESSED, seed=asked.seed))
    return Both((before, after), times_of(both_of(asked.book, told)[1], told), known)


def lived(asked: Ensemble, piece: Piece, of: Both) -> NDArray[np.float64]:
    """The worlds of a piece (count x 8, as `NUMBERS`); no number where too little is known of one of the sides."""
    plans = [one for one in of.made if isinstance(one, Plan)]
    if of.known not in SPEAKS or not plans:
        return np.full((piece.count, len(NUMBERS)), np.nan)
    drawn = worlds(plans[-1].setting, plans[-1].posterior, draws=piece.count, seed=_seed(asked.seed, piece.first))
    sides: list[Lived] = [live(one, drawn, times) if isinstance(one, Plan) else nobody(piece.count)
                          for one, times in zip(of.made, (None, of.times), strict=True)]
    return np.column_stack([getattr(side, measure) for side in sides for measure in MEASURES])


def _seed(seed: int, first: int) -> int:
    """Of the worlds that begin with this one, whatever change and party they are lived through for: common numbers."""
    high, low = np.random.SeedSequence(seed, spawn_key=(first,)).generate_state(2, np.uint64)
    return int(high) << 64 | int(low)
