"""Reading the calls of a journey: with who took each down, and what the ledger says of a fee."""

from __future__ import annotations

from dataclasses import dataclass, field

from waystation_web.contacts import queries as people
from waystation_web.gateways.database import writing
from waystation_web.ledger.words import STATES
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor

from . import words
from .actions_call import fees
from .calls import Call, calls
from .escorts import stopped
from .journey import Journey, journey_of


@dataclass(frozen=True, slots=True)
class Fee:
    """A line of the ledger, as it stands there now. Empty words: this person does not hold it."""

    id: str
    words: str
    state: str
    look: str


@dataclass(frozen=True, slots=True)
class Line:
    """One call, in words."""

    one: Call
    direction: str
    source: str
    result: str
    word: str
    by: str
    fee: Fee | None


@dataclass(frozen=True, slots=True)
class Page:
    """All calls of a journey, and what may be chosen for another one."""

    journey: Journey
    lines: tuple[Line, ...] = field(repr=False)
    people: tuple[str, ...] = field(repr=False)
    fees: tuple[tuple[str, str], ...] = field(repr=False)
    may_write: bool


def page(actor: Actor, journey_id: bytes) -> Page:
    """Of one journey. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        journey = journey_of(kept.one(actor, journey_id, "journey"))
        known = people.contacts(actor)
        usable = tuple(one.code_name for one in known if one.code_name not in stopped(actor, known))
        costs = {one.key: one for one in fees(actor, journey)}
    names = {one.id: one.handle for one in kept.colleagues().values()}
    named = {key: f"{one.entry.day:%Y-%m-%d} · {one.amount} · {one.entry.contact or '–'}"
             for key, one in costs.items()}

    def fee(key: str) -> Fee | None:
        if not key:
            return None
        state, look = STATES[costs[key].state] if key in costs else ("", "")
        return Fee(key, named.get(key, ""), str(state), look)

    lines = tuple(Line(one, _in(words.DIRECTIONS, one.direction), _in(words.SOURCES, one.source),
                       _in(words.RESULTS, one.result), str(words.WORDS.get(one.word, "")), names.get(one.by, ""),
                       fee(one.fee)) for one in calls(journey))
    return Page(journey, lines, usable, tuple(named.items()), kept.may_write(actor, "journey"))


def _in(pairs: tuple[tuple[str, object], ...], code: str) -> str:
    return str(dict(pairs).get(code, ""))
