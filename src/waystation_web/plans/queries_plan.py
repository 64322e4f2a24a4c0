"""Reading one plan for its page and its map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.cases.case import Case, case_of
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.records.record import Record, moment
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Refused

from .decided import Decision, decision_of
from .drawing import geometry, twin
from .earliest import Earliest, earliest
from .queries_list import Row, row
from .saying import Line, headline, lines
from .sheets import Drawn, unpacked
from .wanted import Wanted, wanted
from .world import plan_of


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan, whole: what stands on its page."""

    id: bytes
    case: bytes | None
    case_ref: str
    made: datetime
    headline: str = field(repr=False)
    state: str
    facts: Mapping[str, Any] = field(repr=False)
    lines: tuple[Line, ...] = field(repr=False)
    reasons: tuple[str, ...]       # why so much and no more is known, in English
    sheets: Drawn = field(repr=False)
    twin: Drawn = field(repr=False)
    fictional: bool
    exposed: tuple[Mapping[str, Any], ...] = field(repr=False)
    beyond: tuple[str, ...]
    reports: tuple[Mapping[str, Any], ...]     # by area: how old its newest report was when this was computed
    floor: int | None              # the organisation's floor of safety, of 100
    below_floor: bool
    two: Case | None = field(repr=False)       # need and safety stand in the case; None for whoever does not hold it
    limit: int | None
    digest: str
    decisions: tuple[Row, ...]
    broken: int                    # decisions that do not open: one of them may be about this plan
    may_decide: bool
    wanted: tuple[Wanted, ...] = field(repr=False)
    earliest: Earliest             # protection on the way of the first choice
    may_give: bool                 # one of them as a task: who holds the case and writes in it

    @property
    def asks_of_leg(self) -> bool:
        """Whether one of them is what somebody says who knows a leg."""
        return any(one.of_leg for one in self.wanted)


def plan(actor: Actor, plan_id: bytes) -> Plan:
    """One plan. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    broken: list[bytes] = []
    held = plan_of(actor, plan_id, looked=False)
    decided = [one for one in kept.read(actor, "decision", refused=broken) if one.body.get("plan") == held.key]
    with writing():  # it begins when all is read: the decisions lie among a thousand rows of the route book
        record(actor, Event.PLAN_READ, vault=held.id, version=held.opened.version)
        kept.tell_refused(actor, broken)
        case = kept.maybe(actor, bytes.fromhex(str(held.body["case"])), "case") if "case" in held.body else None
    return _whole(actor, held, case and case_of(case), [decision_of(one) for one in decided], len(broken))


def map_of(actor: Actor, plan_id: bytes) -> dict[str, Any]:
    """A plan for the map that moves, as GeoJSON. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        held = plan_of(actor, plan_id)
    body = held.body
    return geometry(body.get("places", ()), body.get("lines", ()), fictional=body.get("fictional") is True)


def _whole(actor: Actor, held: Record, case: Case | None, decided: list[Decision], broken: int) -> Plan:
    body = held.body
    try:
        before = dict(body.get("before", {}))
        floor = body.get("facts", {}).get("terms", {}).get("floor")
        drawn = twin(body.get("places", ()), body.get("lines", ()), fictional=body["fictional"] is True)
        return Plan(
            held.id, bytes.fromhex(body["case"]) if "case" in body else None, str(body.get("case_ref", "")),
            moment(body.get("made_at") or body["made"]), headline(body) if "case" in body else "",
            str(body["state"]),
            dict(body.get("facts", {})), lines(body) if "facts" in body else (),
            tuple(body.get("facts", {}).get("reasons", ())), unpacked(body["sheets"]), drawn, body["fictional"] is True,
            tuple(body.get("exposed", ())), tuple(body.get("exposed_beyond_limit", ())),
            tuple(before.get("reports", ())),
            None if floor is None else round(100 * floor), before.get("below_floor") is True, case, body.get("limit"),
            str(body.get("digest", "")), tuple(row(held, one) for one in decided), broken,
            "case" in body and kept.may_make(actor, "decision"), wanted(body, held.id, case),
            earliest(body, clock.today()),
            case is not None and kept.may_write(actor, "case"))
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


