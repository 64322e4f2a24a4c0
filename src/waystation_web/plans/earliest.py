"""Where on the way of a plan protection may begin earliest: looked up in what is written down of law and practice.

A possibility with its source and day, never a promise; where nobody can say, that is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from waystation.rights.library import library
from waystation.rights.steps import begins

AGES = {
    "checked": _("seen in the original"), "unchecked": _("nobody checked it in the original"),
    "amber": _("look it up again"), "red": _("too old to rely on"),
}
LOOKS = {"checked": "", "unchecked": "unknown", "amber": "late", "red": "bad"}  # what is known is never drawn green


@dataclass(frozen=True, slots=True)
class Earliest:
    """The first place of the way at which a way to a status begins, and the first step of that which protects.

    `place` is empty where none is written down, or where a State on the way before it is not known.
    """

    place: str = field(default="", repr=False)
    country: str = field(default="", repr=False)
    title: str = ""
    by: str = ""
    says: str = ""
    said_of: str = ""              # the years of which it was reported
    sources: tuple[tuple[str, str], ...] = ()
    as_of: date | None = None
    age: str = ""
    look: str = ""


def earliest(body: Mapping[str, Any], today: date) -> Earliest:
    """Of a plan's sealed body. Raises `KeyError`, `TypeError` for a payload that is none."""
    way = list(_way(body))
    found = begins(country for _place, country in way)
    if found is None or not all(country for _place, country in way[:found.place]):
        return Earliest()
    step, addresses = found.step, library().sources
    age = step.age(today).value
    return Earliest(way[found.place][0], found.country, step.title, step.by, step.words, step.said_of,
                    tuple((code, addresses[code]) for code in step.sources), step.as_of, str(AGES[age]), LOOKS[age])


def _way(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The places of the first choice in their order, each with its State; empty where the book names none."""
    states = {str(one["code"]): str(one["country"]) for one in body.get("places", ())}
    facts = body.get("facts") or {}
    steps = facts.get("steps", ())
    if steps:
        start = str(steps[0]["place"])
        yield start, states.get(start, "")
    yield from ((str(one["to"]), states.get(str(one["to"]), "")) for one in steps if one["leg"])
