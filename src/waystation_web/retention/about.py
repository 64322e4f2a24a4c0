"""Everything that is about a case, as far as it is known to whoever asks: by the case itself, and by what they hold.

The case names its records of names, and its timeline every plan, decision and journey, also those that whoever asks
cannot open. Notes of colleagues and rows of the route book are about no case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from waystation.access import Kind
from waystation.journeys.status import OVER
from waystation_web.cases import values
from waystation_web.records.look import look
from waystation_web.records.record import Record
from waystation_web.vault import retention as rows
from waystation_web.vault.actor import Actor

PEOPLE = ("money", "incident", "application", "followup")
ROAD = ("plan", "decision", "journey")
AFTER = ("application", "followup")
DONE = frozenset({"closed", "false alarm"})   # an incident in which nothing waits


@dataclass(frozen=True, slots=True)
class About:
    """Records about a case by id and type, those of them that are open here, and what is still going on."""

    types: dict[bytes, str]
    held: dict[bytes, Record] = field(repr=False)
    live: bool                   # somebody of it is on the way, or may leave yet
    searched: bool               # an incident is open
    broken: tuple[bytes, ...] = ()


def about_case(actor: Actor, case: Record) -> About:
    """What is about a case. Opens what this person holds, before the caller's `writing()`."""
    people, road = look(actor, Kind.PEOPLE, PEOPLE), look(actor, Kind.NETWORK, ROAD)
    mine = [*(one for type_ in PEOPLE for one in people.of(type_)), *(one for type_ in ROAD for one in road.of(type_))]
    held = {one.id: one for one in mine if case.key in (one.body.get("case"), one.body.get("case_id"))}
    types = {case.id: "case", **dict(named(case)), **{id_: one.type for id_, one in held.items()}}
    there = {id_: type_ for id_, type_ in sorted(types.items()) if rows.is_there(id_)}
    return About(there, held | {case.id: case}, _live(case, held, there),
                 any(one.type == "incident" and one.body.get("status") not in DONE for one in held.values()),
                 (*people.broken, *road.broken))


def named(case: Record) -> Iterator[tuple[bytes, str]]:
    """Records that the case itself names, whoever can open them."""
    for key in values.texts(case.body, "household_records"):
        yield bytes.fromhex(key), "person"
    for line in values.items(case.body, "timeline"):
        yield from ((values.account(line, type_), type_) for type_ in (*ROAD, *AFTER) if values.account(line, type_))


def _live(case: Record, held: dict[bytes, Record], there: dict[bytes, str]) -> bool:
    """Whether a journey is not over: as its record says, or as the case was told last for whoever cannot open it."""
    said = {values.account(line, "journey"): values.text(line, "text") for line in values.items(case.body, "timeline")
            if values.account(line, "journey")}
    said |= {id_: values.text(one.body, "status") for id_, one in held.items() if one.type == "journey"}
    return any(status not in OVER for id_, status in said.items() if id_ in there)
