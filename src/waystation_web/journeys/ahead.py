"""What of its plan a journey must have at hand: its days, the next leg from each place, whose clock counts there.

    body["ahead"] = {"plan": id, "terms": {"start", "depart_from", "deadline"}, "legs": {place: leg},
                     "countries": {place: country}, "said": {"arrive", "lost"}}

`said` is what the plan stated of arriving and of being lost, of 1; null where it gave no number.

A plan never changes once it is made, and it is long: a board that opened one for each of a hundred parties would keep
everybody waiting. What was written for another plan than the journey's does not count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from waystation_web.cases import values

DAYS = ("start", "depart_from", "deadline")
LOST = ("intercepted", "harmed", "missing")


@dataclass(frozen=True, slots=True)
class Ahead:
    """Of one plan."""

    start: str
    begins: date | None
    last: date | None
    legs: Mapping[str, str] = field(repr=False)
    countries: Mapping[str, str] = field(repr=False)
    said: Mapping[str, Any] | None = field(default=None, repr=False)   # None: it was not written down yet


def written(plan: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """As it lies in a journey, for a plan by its key."""
    terms, legs = values.part(values.part(body, "facts"), "terms"), dict[str, str]()
    for one in values.items(body, "lines"):
        if values.text(one, "kind") == "first":
            legs.setdefault(values.text(one, "start"), values.text(one, "leg"))
    countries = {values.text(one, "code"): values.text(one, "country") for one in values.items(body, "places")}
    return {"plan": plan, "terms": {name: values.text(terms, name) for name in DAYS}, "legs": legs,
            "countries": countries, "said": _said(values.part(body, "facts"))}


def _said(facts: Mapping[str, Any]) -> dict[str, float | None]:
    """Both or neither: a plan that withholds one withholds the other."""
    arrive, ends = values.part(facts, "p_safe").get("mean"), values.part(facts, "ends")
    lost = [ends.get(name) for name in LOST]
    if not isinstance(arrive, float | int) or not all(isinstance(one, float | int) for one in lost):
        return {"arrive": None, "lost": None}
    return {"arrive": float(arrive), "lost": float(sum(lost))}


def of_journey(body: Mapping[str, Any]) -> Ahead | None:
    """Of a journey's record; None if it was begun before this was written down, or for another plan."""
    said = values.part(body, "ahead")
    return read(said) if said and said.get("plan") == body.get("plan") else None


def read(said: Mapping[str, Any]) -> Ahead:
    """What was written."""
    terms = values.part(said, "terms")
    return Ahead(values.text(terms, "start"), values.day(terms, "depart_from"), values.day(terms, "deadline"),
                 values.part(said, "legs"), values.part(said, "countries"), values.part(said, "said") or None)
