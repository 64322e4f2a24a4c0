"""The strata that the legs and waits of a network can meet, and the leaves that a posterior speaks of.

Only what can happen has a stratum: a leg in a condition that its area has. A condition that it does not have points to
the stratum of the first one that it has, so that every index is good; no plan gives it any weight.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.hazards.outcomes import Records, Ways
from waystation.hazards.waiting import Waits
from waystation.network.defaults import Defaults
from waystation.network.network import Ints, Network
from waystation.network.rows import MODES


@dataclass(frozen=True, slots=True)
class Leaf:
    """One stratum whose danger a plan can meet."""

    kind: str  # leg | wait
    mode: str  # empty for wait
    condition: str
    country: str
    season: str  # empty for wait
    area: str
    leg: str  # its code, if the leg has a danger of its own; for wait: the place's code, if stated of the place


def own_legs(found: Records, way: Ways, defaults: Defaults) -> NDArray[np.bool_]:
    """Which legs of the book have enough ended traversals for a danger of their own."""
    ended = np.bincount(found.leg, found.share * found.resolved, len(way.codes))
    return np.asarray(ended >= defaults.leg_traversals - 1e-9)


def strata_of_legs(net: Network, way: Ways, own: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Strata (R x 6) that the legs of the network can meet, and which one stands at S x L x C."""
    index = {code: i for i, code in enumerate(way.codes)}
    leg = np.array([index[code] for code in net.legs], np.int32)
    kinds = np.stack([way.mode[leg], way.country[leg], way.area[leg], np.where(own[leg], leg, -1)], 1)
    kind, which = np.unique(kinds, axis=0, return_inverse=True)
    S, (_, C) = len(net.seasons), net.occurs.shape
    occurs = net.occurs[kind[:, 2]]
    at = np.zeros((S, len(kind), C), np.int32)
    s, k, c = np.nonzero(np.broadcast_to(occurs, at.shape))
    at[s, k, c] = np.arange(len(s))
    first = np.take_along_axis(at, np.broadcast_to(occurs.argmax(1)[None, :, None], (S, len(kind), 1)), 2)
    at = np.where(occurs, at, first)
    strata = np.stack([kind[k, 0], c, kind[k, 1], s, kind[k, 2], kind[k, 3]], 1).astype(np.int32)
    return strata, at[:, which.reshape(-1)]


def strata_of_records(found: Records, way: Ways, own: NDArray[np.bool_]) -> Ints:
    """The stratum (6) of each record, whether or not a leg of the network can meet it."""
    leg = found.leg
    return np.stack([way.mode[leg], found.condition, way.country[leg], found.season, way.area[leg],
                     np.where(own[leg], leg, -1)], 1).astype(np.int32)


def leaves_of(net: Network, way: Ways, strata: Ints, wait: Waits) -> tuple[Leaf, ...]:
    """The leaves in words: of the strata of legs (R x 6), then of the waits."""
    legs = [
        Leaf("leg", MODES[m], net.conditions[c], way.countries[k], net.seasons[s].name, net.areas[a],
             way.codes[leg] if leg >= 0 else "")
        for m, c, k, s, a, leg in strata.tolist()
    ]
    waiting = [
        Leaf("wait", "", net.conditions[c], net.countries[a], "", net.areas[a], net.places[i] if i >= 0 else "")
        for c, a, i in wait.leaf
    ]
    return tuple(legs + waiting)
