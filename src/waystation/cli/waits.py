"""How long silence may last on each leg that a plan draws: what a desk must know to raise an alarm, and no more.

The danger of a leg decides when silence becomes an alarm, and may not be said where too little is known. So the hours
are computed here, beside the plan, and only the hours leave.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from waystation.hazards.posterior import Posterior
from waystation.journeys.arrivals import Seen, learnt
from waystation.journeys.silence import deadlines
from waystation.network.network import Network
from waystation.trust.truth import Belief

Heard = Mapping[str, Sequence[tuple[float, bool]]]  # leg -> earlier parties: hours until word, or of silence so far


def waits(net: Network, legs: Sequence[str], posterior: Posterior, believed: Sequence[Belief],
          heard: Heard) -> dict[str, dict[str, Any]]:
    """Of each of these legs: hours until it is late, overdue, silent, presumed lost, and on how much that rests."""
    rows, profiles = {leg.code: leg for leg in net.book.legs}, {one.code: one for one in net.book.profiles}
    area_of = {place.code: net.areas.index(place.area) for place in net.book.places}
    found = {}
    for code in sorted(set(legs)):
        belief = np.asarray(believed[area_of[rows[code].start]].p)
        danger = danger_of(posterior, net.legs.index(code), belief)
        seen = [Seen(hours, arrived, danger) for hours, arrived in heard.get(code, ()) if hours > 0]
        told = deadlines(learnt(profiles[rows[code].profile], seen), danger)
        hours = (told.late_h, told.overdue_h, told.silent_h, told.presumed_h)
        found[code] = {"hours": [round(one, 2) for one in hours], "arrived": told.arrived,
                       "itself": told.speaks_for_itself}
    return found


def danger_of(posterior: Posterior, leg: int, belief: Any) -> float:
    """The chance that a party on this leg is lost, in the season in which it is greatest: an alarm is never later."""
    leaves = posterior.leg_leaf[:, leg]
    return float((posterior.lost[leaves] @ belief).max())
