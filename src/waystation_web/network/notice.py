"""What the office knows beside the book: dated, with its source, and never changed afterwards.

A notice is an event between states, how two states stand to each other, a river's level, a count that somebody made,
when police are about, who checks at a hub, what is known of a house. The planner does not read it: a person does, and
writes a report, a judgement or a day that changed the world into the book if it matters.

    body = {"notice": {"kind", "date", "source", "grade", "fields": {...}}, "withdrawn": ""}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from waystation_web.records.record import OfRecord, Record
from waystation_web.vault.errors import Refused

TYPE = "report"
WHOLE = 100          # a count that somebody made today counts in full
LEVELS = ("hostile", "tense", "cold", "talking", "open")
ANSWERS = ("unknown", "yes", "no")


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a notice. `of`: a word of `choices`, a whole number, a day, a code of the book, or text."""

    name: str
    of: str = "text"
    required: bool = True
    choices: tuple[str, ...] = ()


def _about(sheet: str) -> Part:
    return Part(f"about_{sheet}", sheet)


def _one(name: str, *choices: str) -> Part:
    return Part(name, "choice", choices=choices)


NOTE = Part("note", required=False)
KINDS: dict[str, tuple[Part, ...]] = {
    "event": (_one("event", "meeting", "law", "border", "crackdown", "holiday", "epidemic", "war", "other"),
              Part("countries", "countries"), NOTE),
    "relation": (Part("one", "country"), Part("other", "country"), _one("level", *LEVELS), NOTE),
    "river": (_about("areas"), Part("level_cm", "number"), Part("threshold_cm", "number"), NOTE),
    "ice": (_about("areas"), Part("degrees", "number", required=False),
            _one("ice", "none", "thin", "carries", "unknown"), NOTE),
    "count": (_about("areas"), _one("counted", "police", "soldiers", "checkpoints", "boats", "other"),
              Part("low", "number"), Part("high", "number"), Part("half_life_d", "number"), NOTE),
    "police": (_about("areas"), _one("place_kind", "crossing", "town", "hub", "mission", "un_office", "other"),
               _one("part", "any", "day", "night"), Part("weekdays", "weekdays", required=False),
               _one("activity", "none_seen", "some", "much"), NOTE),
    "hub": (_about("places"), _one("id_checks", *ANSWERS), _one("cameras", *ANSWERS), NOTE),
    "house": (_about("places"), Part("capacity", "number"), Part("host", "code", required=False),
              Part("rests_until", "day", required=False), _one("compromised", "no", "suspected", "yes"), NOTE),
    "ground": (_about("legs"), Part("km", "number"),
               _one("terrain", "road", "field", "forest", "jungle", "mountain", "river", "town"), NOTE),
    "armed": (_about("legs"), _one("who", "smugglers", "soldiers", "police", "others", "nobody_now"), NOTE),
}


@dataclass(frozen=True, slots=True)
class Notice(OfRecord):
    """One notice, opened."""

    kind: str
    day: date
    source: str
    grade: str
    fields: dict[str, Any] = field(repr=False)
    withdrawn: str

    @property
    def about(self) -> str:
        """The code of the book that it speaks of; empty for states."""
        return next((str(value) for name, value in self.fields.items() if name.startswith("about_")), "")

    @property
    def over(self) -> bool:
        """Of a river: whether it stands at or above the level at which nobody should cross."""
        return self.kind == "river" and int(self.fields["level_cm"]) >= int(self.fields["threshold_cm"])

    def counts(self, today: date) -> int:
        """Of a count: how much of it still counts, of 100. It halves with each half-life.

        A count of two half-lives ago counts 25 of 100.
        """
        age = max(0, (today - self.day).days)
        return round(WHOLE * 2 ** (-age / int(self.fields.get("half_life_d", 1))))


def notice_of(held: Record) -> Notice | None:
    """The notice in a record; None if the record is something else. Raises `Refused("payload")`."""
    said = held.body.get("notice")
    if said is None:
        return None
    try:
        if said["kind"] not in KINDS:
            raise Refused("payload")
        return Notice(held, said["kind"], date.fromisoformat(said["date"]), str(said["source"]), str(said["grade"]),
                      dict(said["fields"]), str(held.body.get("withdrawn", "")))
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def notices_in(records: Iterable[Record]) -> list[Notice]:
    """The notices among some records, the newest first."""
    found = [notice for one in records if (notice := notice_of(one)) is not None]
    return sorted(found, key=lambda one: (one.day, one.id), reverse=True)


def about(notices: Iterable[Notice]) -> Mapping[tuple[str, str], Notice]:
    """The newest notice that stands of each kind about each code of the book."""
    newest: dict[tuple[str, str], Notice] = {}
    for one in notices:
        if one.about and not one.withdrawn:
            newest.setdefault((one.kind, one.about), one)
    return newest
