"""Reading the tracing list of an incident for its page."""

from __future__ import annotations

from dataclasses import dataclass, field

from waystation.casework.consent import ORIGIN, RETURNING
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor

from . import words
from .attending import for_whoever_is_on_duty
from .embargo import may_leave
from .incidents import Incident, incident_of
from .looked_for import looked_for
from .queries import incidents
from .tracing import Fate, Trace, fates, handed_over, to_do, traces


@dataclass(frozen=True, slots=True)
class Line:
    """A step with its words."""

    trace: Trace
    who: str                            # by code; empty: all of them
    body: str
    asked_by: str


@dataclass(frozen=True, slots=True)
class Found:
    """What became of somebody, with its words; `fate` empty: nobody knows yet."""

    who: str
    fate: str
    told: Fate | None = field(repr=False)
    by: str


@dataclass(frozen=True, slots=True)
class Tracing:
    """The list, whole: what is to be done first, then everything that was written."""

    incident: Incident
    lines: tuple[Line, ...]
    to_do: tuple[Line, ...]
    found: tuple[Found, ...]
    people: list[tuple[str, str]]
    colleagues: list[tuple[str, str]]
    never: tuple[str, ...]
    hand_over: tuple[str, ...]
    embargo: bool
    stalled: bool                       # somebody is not found, and no next step has a day
    may_write: bool


def tracing(actor: Actor, incident_id: bytes) -> Tracing:
    """The tracing list. Raises `NoSuchVault`, `NotPermitted` (`step_up` for a silent incident), `Refused`."""
    with writing():
        incident = incident_of(kept.one(actor, incident_id, "incident"))
        if incident.open_silently:
            for_whoever_is_on_duty(actor)
        case = looked_for(actor, incident)
        back = handed_over((incident, *incidents(actor)))
        embargo = not may_leave(actor, incident)
    people = [(one.id, one.code) for one in case.people] if case else []
    names = {one.id: one.handle for one in kept.colleagues().values()}
    codes, said = dict(people), fates(incident)
    found = tuple(_found(codes.get(who, ""), said.get(who) or said.get(""), names) for who in (codes or {"": ""}))
    next_ = to_do(incident)
    return Tracing(
        incident, tuple(_line(one, codes, names) for one in reversed(traces(incident))),
        tuple(_line(one, codes, names) for one in next_), found, people,
        sorted(((id_.hex(), one.handle) for id_, one in kept.colleagues().items() if one.active),
               key=lambda one: one[1]),
        tuple(sorted(ORIGIN)), tuple(sorted(RETURNING | back)), embargo,
        not incident.over and not next_ and any(one.told is None for one in found), kept.may_write(actor, "incident"))


def _line(one: Trace, codes: dict[str, str], names: dict[bytes, str]) -> Line:
    return Line(one, codes.get(one.who, "?") if one.who else "", str(dict(words.BODIES).get(one.body, one.body)),
                names.get(one.asked_by, ""))


def _found(who: str, told: Fate | None, names: dict[bytes, str]) -> Found:
    return Found(who, str(dict(words.FATES)[told.fate]) if told else "", told, names.get(told.by, "") if told else "")
