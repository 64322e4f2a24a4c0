"""A reading pack as its sealed record says it.

    body = {"sort": "pack", "story": key, "partner": key, "organisation", "reader", "key", "purpose", "recipient",
            "why", "until", "people": [{"case", "person", "byline"}], "heard": [{"by", "at", "how"}], "looked",
            "clearing", "copy": {"mark", "digest", "sha256", "apart", "at", "by"}, "told": {what its reader was given},
            "log": [{"word", "day", "text"}], "stopped": {"at", "by", "reason"}}

The words are those of its story until the copy is made; then the pack keeps them, as its reader has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from waystation.stories.clearance import Audience
from waystation.stories.reading import Line, Reading
from waystation_web.cases import values
from waystation_web.records.record import OfRecord, Record
from waystation_web.vault.errors import Refused

TYPE, SORT = "digest", "pack"
EARS = 2   # people who have each heard the digits of the key from its reader


@dataclass(frozen=True, slots=True)
class Pack(OfRecord):
    """One pack, opened for one request."""

    @property
    def body(self) -> Mapping[str, Any]:
        """What the record says."""
        return self.record.body

    @property
    def story(self) -> bytes:
        """Of which story its words are."""
        return values.account(self.body, "story")

    @property
    def partner(self) -> bytes:
        """For whom its reader works, in the directory."""
        return values.account(self.body, "partner")

    @property
    def reader(self) -> str:
        """Who may read it, by name, and for whom they work."""
        return f"{values.text(self.body, 'reader')}, {values.text(self.body, 'organisation')}"

    @property
    def age_key(self) -> str:
        """To what it is sealed."""
        return values.text(self.body, "key")

    @property
    def to(self) -> Audience:
        """As consents are asked for."""
        return Audience(values.text(self.body, "purpose"), values.text(self.body, "recipient"))

    @property
    def until(self) -> date:
        """The last day on which it may be read. Raises `Refused("payload")`."""
        found = values.day(self.body, "until")
        if found is None:
            raise Refused("payload")
        return found

    @property
    def heard_by(self) -> frozenset[bytes]:
        """Who heard the digits of this key from its reader."""
        return frozenset(values.account(one, "by") for one in values.items(self.body, "heard"))

    @property
    def copy(self) -> Mapping[str, Any]:
        """What was made of it, once."""
        return values.part(self.body, "copy")

    @property
    def reading(self) -> Reading:
        """What decides how it stands."""
        log = tuple(Line(values.text(one, "word"), values.day(one, "day") or date.max)
                    for one in values.items(self.body, "log"))
        stopped = values.at(values.part(self.body, "stopped"), "at")
        return Reading(until=self.until, log=log, stopped=stopped.date() if stopped else None)


def pack_of(held: Record) -> Pack | None:
    """The pack in a record; None if the record is something else of the type."""
    return Pack(held) if held.body.get("sort") == SORT else None
