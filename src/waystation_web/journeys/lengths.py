"""How far they have come and how far it is still, in straight lines between places known to a tenth of a degree.

The book holds hours and no lengths: a road is never shorter than its straight line, and how much longer nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from waystation.journeys.outcomes import ENDS
from waystation.network.distance import great_circle_km
from waystation.network.rows import Ended

from .journey import Journey

FINEST_KM = 10  # a tenth of a degree is 11 km at most


@dataclass(frozen=True, slots=True)
class Lengths:
    """In km, to the nearest ten; None where the place of an end is not known."""

    done: int | None
    to_go: int | None
    legs_to_go: int


def lengths(journey: Journey, plan: Mapping[str, Any]) -> Lengths:
    """Of the legs that were come through, and of those that the plan still draws first."""
    places = {str(one["code"]): (float(one["lat"]), float(one["lon"])) for one in plan.get("places", ())
              if one.get("lat") is not None and one.get("lon") is not None}
    begun = {one.leg for one in journey.legs}
    ahead = [(str(one["start"]), str(one["end"])) for one in plan.get("lines", ())
             if one["kind"] == "first" and one["leg"] not in begun]
    through = dict.fromkeys((one.leg, one.start, one.end) for one in journey.legs
                            if ENDS.get(one.code) is Ended.ARRIVED)  # parts that went the same leg came as far as one
    return Lengths(_km([(start, end) for _leg, start, end in through], places), _km(ahead, places), len(ahead))


def _km(legs: Iterable[tuple[str, str]], places: Mapping[str, tuple[float, float]]) -> int | None:
    far = 0.0
    for start, end in legs:
        if start not in places or end not in places:
            return None
        far += great_circle_km(places[start], places[end])
    return round(far / FINEST_KM) * FINEST_KM
