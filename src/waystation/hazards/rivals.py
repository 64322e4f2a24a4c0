"""Other ways to name a danger from the same records, for the benchmark: raw rates, and strata each by itself.

What is predicted is the danger of being lost, of every leg and condition of a network. Raw rates are those of the ends
that are known; a record whose condition is not known counts in each condition by its share.
"""

import numpy as np

from waystation.hazards.grid import THETA, beta_mass, beta_of
from waystation.hazards.invented import NOW
from waystation.hazards.model import AREA, LEG, evidence_of, tree_of
from waystation.hazards.outcomes import SILENT, records, ways
from waystation.hazards.strata import strata_of_legs, strata_of_records
from waystation.network.defaults import DEFAULTS, Defaults
from waystation.network.network import Floats, Network

RAW, RAW_STRATUM, ALONE = "raw rate", "raw rate of the stratum", "no pooling"
_LEAST = 0.001  # no rate counts as less, or as more than 1 less that


def rivals(net: Network, *, defaults: Defaults = DEFAULTS) -> dict[str, Floats]:
    """What each rival says of the legs of a network in each condition, L x C, by its name."""
    way = ways(net)
    found = records(net, way, now=NOW, defaults=defaults)
    strata, cell = strata_of_legs(net, way)
    kinds = np.concatenate([strata, strata_of_records(found, way)])
    kinds[:, LEG] = -1  # a stratum is an area: no leg has a danger of its own
    tree, level, node = tree_of(kinds)
    own, theirs = node[: len(strata)], node[len(strata):]
    n = len(tree.key[AREA])
    known, lost = found.resolved, (found.ended > 1) & (found.ended != SILENT)
    ended = np.bincount(theirs[known], found.share[known], n)
    gone = np.bincount(theirs[lost], found.share[lost], n)
    raw = np.clip(gone.sum() / max(ended.sum(), 1e-9), _LEAST, 1 - _LEAST)
    of_stratum = np.where(ended > 0, np.clip(gone / np.maximum(ended, 1e-9), _LEAST, 1 - _LEAST), raw)
    data = evidence_of(tree, level[len(strata):], theirs, found, split="lost", silent="censored")
    vague = defaults.vague_lost
    mass = np.repeat(beta_mass(*(x[None] for x in beta_of(np.array(vague.mean), vague.events))), n, 0)
    log = data.log[AREA]
    mass[data.node[AREA]] *= np.exp(log - log.max(1, keepdims=True))
    alone = mass @ THETA / mass.sum(1)
    return {RAW: np.full(cell.shape[1:], raw), RAW_STRATUM: of_stratum[own][cell[0]], ALONE: alone[own][cell[0]]}
