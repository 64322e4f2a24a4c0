"""Reading custody: how it stands, every step with who wrote it, and which parties somebody must still look after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from waystation.journeys.held import RETURNED, Followed, Step
from waystation_web.cases import values
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor

from . import words
from .custody import FIELD, FROM, followed, in_custody, step_of, unwritten
from .journey import Journey, journey_of


@dataclass(frozen=True, slots=True)
class Line:
    """A step, in words."""

    step: Step
    name: str
    how_known: str = field(repr=False)
    by: str


@dataclass(frozen=True, slots=True)
class Page:
    """Custody of one party. `now` None: nobody wrote that they were taken."""

    journey: Journey
    now: Followed | None
    ended: str
    returned: bool
    unwritten: bool
    lines: tuple[Line, ...] = field(repr=False)
    may_write: bool


@dataclass(frozen=True, slots=True)
class Watched:
    """A party in a list of those who are held."""

    journey: Journey
    now: Followed | None

    @property
    def late(self) -> bool:
        """Whether somebody should have looked."""
        return self.now is None or self.now.late


def page(actor: Actor, journey_id: bytes) -> Page:
    """Of one journey. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        journey = journey_of(kept.one(actor, journey_id, "journey"))
    names = {one.id: one.handle for one in kept.colleagues().values()}
    kinds, now = dict(words.CUSTODY), followed(journey)
    lines = tuple(Line(step_of(one), str(kinds.get(values.text(one, "kind"), "")), values.text(one, "how_known"),
                       names.get(values.account(one, "by"), ""))
                  for one in reversed(values.items(journey.record.body, FIELD)))
    return Page(journey, now, str(kinds.get(now.end, "")) if now else "", now is not None and now.end == RETURNED,
                unwritten(journey), lines, journey.status in FROM and kept.may_write(actor, "journey"))


def held(journeys: Iterable[Journey]) -> list[Watched]:
    """Those who are in custody, whoever should have been looked after first."""
    found = [Watched(one, followed(one)) for one in journeys if in_custody(one)]
    return sorted(found, key=lambda one: (not one.late, str(one.now.next_on) if one.now else "", one.journey.name))
