"""The strata that the legs and waits of a network can meet, and the leaves that a posterior speaks of.

Only what can happen has a stratum: a leg in a condition that its area has. A condition that it does not have points to
the stratum of the first one that it has, so that every index is good; no plan gives it any weight.
"""

from dataclasses import dataclass

import numpy as np

from waystation.hazards.outcomes import Records, Ways
from waystation.hazards.waiting import Waits
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
    leg: str  # its code; for wait: the place's code, if stated of the place


def strata_of_legs(net: Network, way: Ways) -> tuple[Ints, Ints]:
    """Strata (R x 6) that the legs of the network can meet, and which one stands at S x L x C."""
    index = {code: i for i, code in enumerate(way.codes)}
    leg = np.array([index[code] for code in net.legs], np.int32)
    S, (_, C) = len(net.seasons), net.occurs.shape
    occurs = net.occurs[way.area[leg]]
    at = np.zeros((S, len(leg), C), np.int32)
    s, k, c = np.nonzero(np.broadcast_to(occurs, at.shape))
    at[s, k, c] = np.arange(len(s))
    first = np.take_along_axis(at, np.broadcast_to(occurs.argmax(1)[None, :, None], (S, len(leg), 1)), 2)
    at = np.where(occurs, at, first)
    return _strata(way, leg[k], c.astype(np.int32), s.astype(np.int32)), at


def strata_of_records(found: Records, way: Ways) -> Ints:
    """The stratum (6) of each record, whether or not a leg of the network can meet it."""
    return _strata(way, found.leg, found.condition, found.season)


def _strata(way: Ways, leg: Ints, condition: Ints, season: Ints) -> Ints:
    return np.stack([way.mode[leg], condition, way.country[leg], season, way.area[leg], leg], 1).astype(np.int32)


def leaves_of(net: Network, way: Ways, strata: Ints, wait: Waits) -> tuple[Leaf, ...]:
    """The leaves in words: of the strata of legs (R x 6), then of the waits."""
    legs = [
        Leaf("leg", MODES[m], net.conditions[c], way.countries[k], net.seasons[s].name, net.areas[a],
             way.codes[leg])
        for m, c, k, s, a, leg in strata.tolist()
    ]
    waiting = [
        Leaf("wait", "", net.conditions[c], net.countries[a], "", net.areas[a], net.places[i] if i >= 0 else "")
        for c, a, i in wait.leaf
    ]
    return tuple(legs + waiting)
