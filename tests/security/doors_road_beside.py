"""Doors of what stands beside a journey: who goes along."""

from functools import partial

from doors import Thing, holders, writers
from doors_road import NOW, RESTING, journey

ALONG = [{"id": "3a" * 8, "by": "00" * 16, "at": NOW, "who": "Wren", "leg": "L2", "start": "MID", "end": "GOAL", "mode": "bus", "risk": "x",
          "said": "", "tell": ""}]
THINGS = {
    "journey-along-answer/journey": Thing("journey", partial(journey, "journey-along-answer/journey", "resting", escorts=ALONG, **RESTING)),
}
TABLE = {
    "journey-along": {"GET": holders("journey", 200), "POST": writers("journey", 302, "plan")},
    "journey-along-answer": {"POST": writers("journey", 302)},
}
SENT = {"journey-along": {"leg": "L2", "who": "Wren", "risk": "x"}, "journey-along-answer": {"item": "3a" * 8, "said": "off", "how": "x"}}
