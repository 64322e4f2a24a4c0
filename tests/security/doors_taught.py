"""Doors of what plans had said beside what came of them, and of what a closed journey taught.

The first is counted over what its reader holds, so the page is everybody's. What was believed before is worked out for
whoever makes plans; every other reader of the journey sees what happened.
"""

from functools import partial

from doors import Thing, anybody, holders, writers
from doors_road import OVER, journey

THINGS = {"journey-taught/journey": Thing("journey", partial(journey, "journey-taught/journey", "learnt", **OVER))}
TABLE = {
    "plan-checks": {"GET": anybody(200)},
    "journey-taught": {"GET": holders("journey", 200), "POST": writers("journey", 200)},
}
ASKS = ("journey-taught",)
