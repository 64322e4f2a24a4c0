"""Doors of what stands beside a journey: who goes along, its calls, custody after it."""

from functools import partial

from doors import Thing, holders, writers
from doors_road import NOW, OVER, RESTING, journey

ALONG = [{"id": "3a" * 8, "by": "00" * 16, "at": NOW, "who": "Wren", "leg": "L2", "start": "MID", "end": "GOAL", "mode": "bus", "risk": "x",
          "said": "", "tell": ""}]
CALL = {"id": "4a" * 8, "by": "00" * 16, "at": NOW, "kind": "booked", "when": NOW, "direction": "arranged", "broker": "Wren", "who": "x", "fee": "",
        "text": ""}
THINGS = {
    "journey-custody/journey": Thing("journey", partial(journey, "journey-custody/journey", "learnt", proof="custody", **OVER)),
    "journey-call-outcome/journey": Thing("journey", partial(journey, "journey-call-outcome/journey", "resting", calls=[CALL], **RESTING)),
    "journey-along-answer/journey": Thing("journey", partial(journey, "journey-along-answer/journey", "resting", escorts=ALONG, **RESTING)),
}
TABLE = {
    "journey-along": {"GET": holders("journey", 200), "POST": writers("journey", 302)},
    "journey-along-answer": {"POST": writers("journey", 302)},
    "journey-custody": {"GET": holders("journey", 200), "POST": writers("journey", 302)},
    "journey-calls": {"GET": holders("journey", 200)},
    **{f"journey-call-{act}": {"POST": writers("journey", 302)} for act in ("book", "outcome", "came")},
}
SENT = {
    "journey-custody": {"kind": "taken", "day": "2026-03-01", "state": "TH", "place": "x", "next_on": "2026-03-20", "how_known": "x"},
    "journey-call-book": {"when": "2026-03-20T08:00", "broker": "Wren", "who": "x"}, "journey-call-outcome": {"item": "4a" * 8, "result": "nobody"},
    "journey-call-came": {"direction": "in", "source": "host", "when": "2026-03-01T08:00", "text": "x"},
    "journey-along": {"leg": "L2", "who": "Wren", "risk": "x"}, "journey-along-answer": {"item": "3a" * 8, "said": "off", "how": "x"},
}
